/** Which words are wrong: one of the sentences of the page before, or what is typed. */

import { type Signal, useSignal } from '@preact/signals';
import { direction } from '../../i18n/languages.ts';
import { type Sentence, useTools } from '../tools.ts';

/** Of the words above the form that say what is wrong with it. */
export const OUTCOME_ID = 'outcome';
const MOST_CHARACTERS = 500;

interface ChosenSentenceProps {
  readonly sentences: readonly Sentence[];
  readonly sentence: Signal<string>;
  readonly wrong: boolean;
}

export function ChosenSentence({ sentences, sentence, wrong }: ChosenSentenceProps) {
  const { t } = useTools().app.words;
  const types = useSignal(sentences.length === 0);
  const typed = <TypedSentence sentence={sentence} wrong={wrong} />;
  if (sentences.length === 0) return typed;
  const choose = (said: string): void => {
    types.value = false;
    sentence.value = said;
  };
  return (
    <fieldset class="question" aria-describedby={wrong ? OUTCOME_ID : undefined}>
      <legend class="question-label question-label-small">{t('The words that are wrong')}</legend>
      <div class="choices">
        {sentences.map(({ words, lang }, index) => (
          <SentenceChoice
            key={words}
            id={`said-${index}`}
            words={words}
            lang={lang}
            checked={!types.value && sentence.value === words}
            choose={() => choose(words)}
          />
        ))}
        <SentenceChoice
          id="said-other"
          words={t('Other words')}
          checked={types.value}
          choose={() => {
            types.value = true;
            sentence.value = '';
          }}
        />
      </div>
      {types.value && typed}
    </fieldset>
  );
}

interface SentenceChoiceProps {
  readonly id: string;
  readonly words: string;
  /** Absent: the language of this page. */
  readonly lang?: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

function SentenceChoice({ id, words, lang, checked, choose }: SentenceChoiceProps) {
  return (
    <div class="choice">
      <input class="choice-mark" type="radio" id={id} name="said" checked={checked} onChange={choose} />
      <label class="choice-card" for={id} lang={lang} dir={lang === undefined ? undefined : direction(lang)}>
        {words}
      </label>
    </div>
  );
}

function TypedSentence({ sentence, wrong }: Omit<ChosenSentenceProps, 'sentences'>) {
  const { t } = useTools().app.words;
  return (
    <div class="question">
      <label class="question-label question-label-small" for="shown">
        {t('Type the words that are wrong')}
      </label>
      <input
        id="shown"
        class="field"
        type="text"
        dir="auto"
        autoComplete="off"
        maxLength={MOST_CHARACTERS}
        aria-invalid={wrong}
        aria-describedby={wrong ? OUTCOME_ID : undefined}
        value={sentence.value}
        onInput={(event) => {
          sentence.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}
