/** In the settings: a PIN for whoever is signed in; changing it, turning it off. */

import { useSignal } from '@preact/signals';
import type { People, Person } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { NewPin } from './new-pin.tsx';
import { useProof } from './proof.tsx';
import { SlowButton, SlowLine, useSlow } from './slow.tsx';
import { type Failure, failureSentence } from './tried.ts';

interface PinCardProps {
  readonly people: People;
  /** Absent as long as one person works with this phone, without a PIN. */
  readonly me: Person | undefined;
}

export function PinCard({ people, me }: PinCardProps) {
  const { t } = useTools().app.words;
  if (!people.mayHavePin)
    return <p class="quiet">{t('A PIN needs a secure address (https) and a browser that is up to date.')}</p>;
  return me?.hasPin ? <WithPin people={people} me={me} /> : <SetPin people={people} />;
}

function SetPin({ people }: { readonly people: People }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  return (
    <details class="fold">
      <summary>{t('Set a PIN')}</summary>
      <div class="stack">
        <p>
          {t(
            'With a PIN, other people who hold this phone cannot read your interviews. The phone locks when nobody uses it.',
          )}
        </p>
        <NewPin make={(pin) => people.setPin(pin)} onDone={() => announcer.say({ text: t('The PIN is on.') })} />
      </div>
    </details>
  );
}

function WithPin({ people, me }: { readonly people: People; readonly me: Person }) {
  return (
    <>
      <ChangePin people={people} me={me} />
      <TurnOff people={people} />
    </>
  );
}

function ChangePin({ people, me }: { readonly people: People; readonly me: Person }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const proof = useProof('pin-to-change', t('Your PIN now'));
  return (
    <details class="fold">
      <summary>{t('Change the PIN')}</summary>
      <div class="stack">
        {proof.field}
        <NewPin
          make={async (next) => {
            const outcome = await people.changePin(me.id, proof.typed, next);
            return outcome.kind === 'open' ? 'done' : outcome;
          }}
          proof={proof}
          onDone={() => {
            proof.clear();
            announcer.say({ text: t('The PIN was changed. Your recovery code stays the same.') });
          }}
        />
      </div>
    </details>
  );
}

function TurnOff({ people }: { readonly people: People }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const proof = useProof('pin-to-remove', t('Your PIN now'));
  const other = useSignal<Failure | undefined>(undefined);
  const slow = useSlow();
  const turnOff = async (): Promise<void> => {
    other.value = undefined;
    proof.judge(undefined);
    const outcome = await people.removePin(proof.typed);
    if (outcome.kind === 'open') announcer.say({ text: t('The PIN is off.') });
    else if (!proof.judge(outcome)) other.value = outcome;
  };
  return (
    <details class="fold">
      <summary>{t('Turn the PIN off')}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void slow.run(turnOff);
        }}
      >
        {proof.field}
        <p class="wrong" role="alert" hidden={other.value === undefined}>
          {other.value && failureSentence(app.words, other.value)}
        </p>
        <SlowButton slow={slow} look="button button-danger">
          {t('Turn the PIN off')}
        </SlowButton>
        <SlowLine slow={slow} />
      </form>
    </details>
  );
}
