/** A forgotten PIN: the recovery code makes a new one. What happens without it is said here, too. */

import type { People, Person } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { NewPin } from './new-pin.tsx';
import { useProof } from './proof.tsx';

interface ForgottenProps {
  readonly people: People;
  readonly person: Person;
  readonly onDone: () => void;
}

export function Forgotten({ people, person, onDone }: ForgottenProps) {
  const { t } = useTools().app.words;
  const proof = useProof('recovery-code', t('Recovery code'));
  return (
    <details class="fold">
      <summary>{t('I forgot my PIN')}</summary>
      <div class="stack">
        <p>{t('With your recovery code you can set a new PIN.')}</p>
        {proof.field}
        <NewPin make={(pin) => people.recover(person.id, proof.typed, pin)} proof={proof} onDone={onDone} />
        <p>
          {t(
            'Without the code, your unfinished interviews stay locked on this phone. Finished ones are still sent. To go on working, choose “I am somebody else” and add yourself again.',
          )}
        </p>
      </div>
    </details>
  );
}
