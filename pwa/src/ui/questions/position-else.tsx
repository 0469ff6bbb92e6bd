/** Where nobody can point to it: in words, where the form has a question for that on the same page; or not at all. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';
import { wordsBeside } from './words-beside.ts';

interface PositionElseProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly stop: () => void;
}

export function PositionElse({ interview, node, stop }: PositionElseProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  liveForm(interview);
  const words = useWordsBeside(interview, node);
  const leaveOut = (): void => {
    const before = node.value;
    stop();
    interview.answer(node, '');
    announcer.say({
      text: t('It is left empty. You can go on.'),
      ...(before === '' ? {} : { undo: () => interview.answer(node, before) }),
    });
  };
  const sayInWords = (): void => {
    stop();
    if (words !== undefined) document.getElementById(questionId(words))?.focus();
  };
  return (
    <div class="buttons">
      {words !== undefined && (
        <button type="button" class="button button-quiet" onClick={sayInWords}>
          {t('Say in words where it is')}
        </button>
      )}
      {!node.required && (
        <button type="button" class="button button-quiet" onClick={leaveOut}>
          {t('I cannot say where it is')}
        </button>
      )}
    </div>
  );
}

function useWordsBeside(interview: Interview, node: InstanceNode): InstanceNode | undefined {
  const places = useTools().app.places.value;
  const saved = useSignal<ReadonlyMap<number, string>>(new Map());
  useEffect(
    () =>
      void places?.savedAs(interview.draft.form.logic).then((properties) => {
        saved.value = properties;
      }),
    [interview, places === undefined],
  );
  return wordsBeside(node, saved.value);
}
