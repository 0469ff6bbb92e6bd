/** Choices that take little room until they are wanted: the phone's own menu; for several, or for very many, a list that unfolds. */

import { useRef } from 'preact/hooks';
import { direction } from '../../i18n/languages.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { answerTexts } from './answer-texts.ts';
import { controlKind } from './appearance.ts';
import { ManyChoices } from './choices.tsx';
import { LongList } from './long-list.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

/** A phone's own menu can't be searched. */
const MOST_IN_MENU = 200;

export function Menu(control: ControlProps) {
  const { interview, node } = control;
  const choices = liveForm(interview).choices(node, interview.pack.value);
  const isMenu = node.definition.control === 'select1' && choices.length <= MOST_IN_MENU;
  return isMenu ? <NativeMenu {...control} /> : <Unfolding {...control} count={choices.length} />;
}

function NativeMenu({ interview, node, wrong, describedBy }: ControlProps) {
  const { t } = useTools().app.words;
  const choices = liveForm(interview).choices(node, interview.pack.value);
  const id = questionId(node);
  return (
    <select
      id={id}
      class="field"
      value={node.value}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      aria-invalid={wrong}
      aria-required={node.required}
      onChange={(event) => interview.answer(node, event.currentTarget.value)}
    >
      <option value="">{t('Choose')}</option>
      {choices.map(({ value, label }) => (
        <option key={value} value={value} lang={label.lang} dir={direction(label.lang ?? '')}>
          {label.text}
        </option>
      ))}
    </select>
  );
}

/** Open while something is wrong, so that the way from the list of problems leads somewhere. */
function Unfolding({ count, ...control }: ControlProps & { readonly count: number }) {
  const { interview, node, wrong } = control;
  const { t } = useTools().app.words;
  const fold = useRef<HTMLDetailsElement>(null);
  const chosen = answerTexts(interview, node);
  const close = (): void => {
    fold.current?.removeAttribute('open');
    fold.current?.querySelector('summary')?.focus();
  };
  const isSeveral = node.definition.control === 'select';
  const isLong = controlKind({ ...node.definition, appearance: '' }, count) === 'long-list';
  return (
    <details class="menu" ref={fold} open={wrong}>
      <summary class="field">
        <span>
          {chosen.length === 0 && t('Choose')}
          {chosen.map((answer, index) => (
            <bdi key={answer.text}>
              {index > 0 && ' · '}
              <Shown words={answer} />
            </bdi>
          ))}
        </span>
      </summary>
      {isLong || !isSeveral ? (
        <LongList {...control} {...(isSeveral ? {} : { after: close })} />
      ) : (
        <ManyChoices {...control} />
      )}
    </details>
  );
}
