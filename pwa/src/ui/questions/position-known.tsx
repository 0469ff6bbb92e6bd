/** The position as it stands, how exact it is, and a way to take it out again. */

import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { answerTexts } from './answer-texts.ts';
import { accuracyOf } from './geopoint.ts';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

interface PositionKnownProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly stop: () => void;
}

export function PositionKnown({ interview, node, stop }: PositionKnownProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  liveForm(interview);
  if (node.value === '') return null;
  const remove = (): void => {
    const before = node.value;
    stop();
    interview.answer(node, '');
    document.getElementById(questionId(node))?.focus();
    announcer.say({ text: t('The position was removed.'), undo: () => interview.answer(node, before) });
  };
  return (
    <div class="card line">
      <div>
        <p class="line-name">
          <bdi dir="ltr">{answerTexts(interview, node)[0]?.text}</bdi>
        </p>
        <Exactness metres={accuracyOf(node.value)} />
      </div>
      <button type="button" class="button button-quiet" onClick={remove}>
        {t('Remove')}
      </button>
    </div>
  );
}

/** A typed position says nothing about how exact it is: its accuracy is 0. */
function Exactness({ metres }: { readonly metres: number }) {
  const { plural } = useTools().app.words;
  if (!(metres > 0)) return null;
  const rounded = Math.max(1, Math.round(metres));
  return (
    <p class="quiet" role="status">
      {plural('Within {count} metre', 'Within {count} metres', rounded)}
    </p>
  );
}
