/** Somebody was asked and it came to no interview: one tap, which can be taken back, a second for a language, and how many today. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Noted, Outcome, WishedLanguage } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';

/** The form that counts it; where a programme does not offer it, there is no row. */
export const NO_INTERVIEW = 'no_interview';

const OUTCOMES = ['nobody_in', 'refused', 'later', 'language_barrier'] as const;

/** A language is asked for: before it is noted, or of what is noted already and can still be taken back. */
interface Asking {
  readonly outcome: Outcome;
  readonly languages: readonly WishedLanguage[];
  readonly noted?: Noted;
}

/** A card for what is noted already never takes the place of one for what is not: that would not be noted at all. */
export function mayAsk(open: Pick<Asking, 'noted'> | undefined, noted: Noted | undefined): boolean {
  return open === undefined || open.noted !== undefined || noted === undefined;
}

export function NoInterviewRow() {
  const { app } = useTools();
  const { t } = app.words;
  const asking = useSignal<Asking | undefined>(undefined);
  const note = useNote();
  const day = app.day.value;
  if (day === undefined || !app.forms.value.some(({ id, readiness }) => id === NO_INTERVIEW && readiness === 'here'))
    return null;
  const ask = async (outcome: Outcome, noted?: Noted): Promise<void> => {
    const languages = await day.noInterview.wishedLanguages();
    if (!mayAsk(asking.peek(), noted)) return;
    asking.value = languages.length === 0 ? undefined : { outcome, languages, ...(noted && { noted }) };
  };
  const tap = async (outcome: Outcome): Promise<void> => {
    asking.value = undefined;
    if (outcome === 'language_barrier') await ask(outcome);
    if (asking.peek() !== undefined) return;
    const noted = await note(outcome);
    if (noted && (outcome === 'refused' || outcome === 'later')) await ask(outcome, noted);
  };
  return (
    <section class="stack-close" aria-labelledby="no-interview">
      <h2 id="no-interview" tabIndex={-1}>
        {t('No interview?')}
      </h2>
      <div class="buttons">
        {OUTCOMES.map((outcome) => (
          <button key={outcome} type="button" class="button button-second" onClick={() => tap(outcome)}>
            {outcomeName(app.words, outcome)}
          </button>
        ))}
      </div>
      {asking.value && <Wished asking={asking} {...asking.value} />}
      <CountToday />
    </section>
  );
}

/** Undefined: it could not be noted, and that was said. */
function useNote(): (outcome: Outcome, language?: WishedLanguage) => Promise<Noted | undefined> {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const say = useSaying();
  return async (outcome, language) => {
    const noted = await app.day.peek()?.noInterview.note(outcome, language?.value);
    if (noted?.kind === 'noted') {
      say(noted, outcome, language);
      return noted;
    }
    if (noted?.kind === 'storage-failed')
      announcer.say({ text: t('This phone could not save a new interview. Close other apps, then try again.') });
    else announcer.say({ text: t('Connect to the internet once to get these questions.') });
    return undefined;
  };
}

function useSaying(): (noted: Noted, outcome: Outcome, language?: WishedLanguage) => void {
  const { app, announcer } = useTools();
  const { t } = app.words;
  return ({ undo }, outcome, language) => {
    const what = outcomeName(app.words, outcome);
    const text =
      language === undefined
        ? t('Noted: {what}', { what })
        : t('Noted: {what} – {language}', { what, language: language.text });
    announcer.say({ text, undo: () => void undo() });
  };
}

interface WishedProps extends Asking {
  readonly asking: Signal<Asking | undefined>;
}

/** Of what is noted it is offered without getting in the way, as long as that can be taken back. */
function Wished({ asking, outcome, languages, noted }: WishedProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const heading = useRef<HTMLHeadingElement>(null);
  const [note, say] = [useNote(), useSaying()];
  useEffect(() => {
    if (noted === undefined) heading.current?.focus();
  }, [noted]);
  if (noted && !app.responses.value.some(({ id, state }) => id === noted.id && state === 'draft')) return null;
  const choose = async (language?: WishedLanguage): Promise<void> => {
    asking.value = undefined;
    // The button is gone with its card.
    document.getElementById('no-interview')?.focus();
    if (noted === undefined) await note(outcome, language);
    else if (language === undefined) return;
    else await wish(noted, language);
  };
  const wish = async (before: Noted, language: WishedLanguage): Promise<void> => {
    const wished = await before.wish(language.value);
    if (wished === 'noted') say(before, outcome, language);
    // Of what was taken back, or is on its way, there is nothing to say.
    else if (wished === 'not-saved')
      announcer.say({ text: t('This phone could not save that. Close other apps, then try again.') });
  };
  return (
    <section class="card" aria-labelledby="wished">
      <h3 id="wished" tabIndex={-1} ref={heading}>
        {t('Which language would help?')}
      </h3>
      <div class="buttons">
        {languages.map((language) => (
          <button key={language.value} type="button" class="button button-second" onClick={() => choose(language)}>
            <Shown words={language} />
          </button>
        ))}
        <button type="button" class="button button-quiet" onClick={() => choose()}>
          {t('I don’t know')}
        </button>
      </div>
    </section>
  );
}

function CountToday() {
  const { app } = useTools();
  const count = app.day.value?.count.value;
  if (count === undefined || count.interviews + count.withoutInterview === 0) return null;
  const { interviews, withoutInterview } = count;
  return (
    <p class="quiet" role="status">
      {app.words.t('Today: {interviews} with an interview, {others} without', { interviews, others: withoutInterview })}
    </p>
  );
}

function outcomeName({ t }: Words, outcome: Outcome): string {
  switch (outcome) {
    case 'nobody_in':
      return t('Nobody answered');
    case 'refused':
      return t('They said no');
    case 'later':
      return t('Come back later');
    case 'language_barrier':
      return t('Another language');
  }
}
