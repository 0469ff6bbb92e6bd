/** Something to be read and agreed to: one large box to tick. */

import { useTools } from '../tools.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

/** What ODK stores for it. */
const DONE = 'OK';

export function Trigger({ interview, node, wrong }: ControlProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const id = questionId(node);
  return (
    <div class={wrong ? 'choices choices-wrong' : 'choices'}>
      <div class="choice">
        <input
          class="choice-mark"
          type="checkbox"
          id={id}
          checked={node.value !== ''}
          aria-describedby={`${id}-label`}
          onChange={(event) => interview.answer(node, event.currentTarget.checked ? DONE : '')}
        />
        <label class="choice-card" for={id}>
          {t('OK')}
        </label>
      </div>
    </div>
  );
}
