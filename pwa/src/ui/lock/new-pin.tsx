/** A new PIN: typed twice, then its recovery code, shown once; it takes effect when the person says that they have written it down. */

import { type Signal, useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { NewPin as PinToConfirm } from '../../app/index.ts';
import { pinTrouble, shownCode } from '../../app/lock-words.ts';
import { useTools } from '../tools.ts';
import { PinField } from './pin-field.tsx';
import type { Proof } from './proof.tsx';
import { SlowButton, SlowLine, useSlow } from './slow.tsx';
import { type Failure, failureSentence, pinTroubleSentence, type Saying } from './tried.ts';

interface NewPinProps {
  /** What is to be done with it: a PIN to confirm, done at once, or a failure. */
  readonly make: (pin: string) => Promise<PinToConfirm | 'done' | Failure>;
  /** Where a failure is said that comes of what was typed there. */
  readonly proof?: Proof;
  readonly onDone: () => void;
}

export function NewPin(props: NewPinProps) {
  const made = useSignal<PinToConfirm | undefined>(undefined);
  if (made.value !== undefined) return <Code made={made.value} onDone={props.onDone} />;
  return <Typing {...props} made={made} />;
}

function Typing({ make, proof, onDone, made }: NewPinProps & { readonly made: Signal<PinToConfirm | undefined> }) {
  const { words } = useTools().app;
  const { t } = words;
  const [pin, again] = [useSignal(''), useSignal('')];
  const trouble = useSignal<Trouble>({});
  const slow = useSlow();
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (slow.busy) return;
    // What was said before is about what was typed before.
    proof?.judge(undefined);
    trouble.value = troubleWith(pin.value, again.value);
    if (trouble.value.first !== undefined || trouble.value.second !== undefined) return;
    await slow.run(async () => {
      const outcome = await make(pin.value);
      if (outcome === 'done') onDone();
      else if ('confirm' in outcome) made.value = outcome;
      else if (proof?.judge(outcome) !== true) trouble.value = { first: (now) => failureSentence(now, outcome) };
    });
  };
  return (
    <form class="stack" onSubmit={submit}>
      <PinField
        id="new-pin"
        label={t('New PIN')}
        hint={t('At least 6 numbers. A phrase of some words is safer.')}
        value={pin.value}
        wrong={trouble.value.first?.(words)}
        onInput={(typed) => {
          pin.value = typed;
        }}
      />
      <PinField
        id="new-pin-again"
        label={t('The new PIN again')}
        value={again.value}
        wrong={trouble.value.second?.(words)}
        onInput={(typed) => {
          again.value = typed;
        }}
      />
      <SlowButton slow={slow}>{t('Continue')}</SlowButton>
      <SlowLine slow={slow} />
    </form>
  );
}

interface Trouble {
  readonly first?: Saying;
  readonly second?: Saying;
}

function troubleWith(pin: string, again: string): Trouble {
  const found = pinTrouble(pin);
  if (found !== undefined) return { first: (now) => pinTroubleSentence(now, found) };
  return pin === again ? {} : { second: (now) => now.t('This is not the same PIN. Type it again.') };
}

function Code({ made, onDone }: { readonly made: PinToConfirm; readonly onDone: () => void }) {
  const { words } = useTools().app;
  const { t } = words;
  const wrong = useSignal('');
  const slow = useSlow();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const confirm = async (): Promise<void> => {
    wrong.value = '';
    const outcome = await made.confirm();
    if (outcome === 'on') onDone();
    else if (outcome === 'not-kept') wrong.value = t('This browser does not keep keys, so it cannot have a PIN.');
    else wrong.value = failureSentence(words, { kind: 'storage-failed' });
  };
  return (
    <div class="stack">
      <h3 ref={heading} tabIndex={-1}>
        {t('Your recovery code')}
      </h3>
      <p class="lead" dir="ltr">
        <bdi>{shownCode(made.code)}</bdi>
      </p>
      <p>{t('Write it on paper now, and keep it away from this phone. It is shown only once.')}</p>
      <p>
        {t(
          'If you forget your PIN, only this code opens your unfinished interviews. Nobody else can, not even your team. Finished interviews are still sent.',
        )}
      </p>
      <p class="wrong" role="alert" hidden={wrong.value === ''}>
        {wrong.value}
      </p>
      <SlowButton slow={slow} onClick={() => void slow.run(confirm)}>
        {t('I have written it down')}
      </SlowButton>
      <SlowLine slow={slow} />
    </div>
  );
}
