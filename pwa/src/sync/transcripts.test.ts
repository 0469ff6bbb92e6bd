/** The session in TypeScript does what the shared transcripts say; tests/sync/test_transcripts.py plays the same in Python. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newSession, step } from './session.ts';
import type { Event } from './session-types.ts';

interface Transcript {
  readonly name: string;
  readonly fault: string;
  readonly steps: readonly Told[];
}

interface Told {
  readonly restart?: boolean;
  readonly event?: Event;
  readonly effects?: unknown;
  readonly phase?: string;
  /** Members of the session that this step changed. */
  readonly session?: Readonly<Record<string, unknown>>;
}

const FOLDER = new URL('../../../tests/vectors/transcripts/', import.meta.url);

function transcriptsOf(file: string): readonly Transcript[] {
  const suite: { readonly transcripts: readonly Transcript[] } = JSON.parse(
    readFileSync(new URL(file, FOLDER), 'utf8'),
  );
  return suite.transcripts;
}

/** As another program sees it: what is undefined is absent. */
function seen(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const transcripts = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .flatMap(transcriptsOf);

test('there are transcripts', () => {
  assert.ok(transcripts.length > 40);
});

for (const { name, fault, steps } of transcripts) {
  test(`${fault}: ${name}`, () => {
    let session = newSession();
    for (const [index, told] of steps.entries()) {
      if (told.event === undefined) {
        session = newSession();
        continue;
      }
      const next = step(session, told.event);
      session = next.session;
      assert.deepEqual(seen(next.effects), told.effects, `step ${index + 1}`);
      assert.equal(session.phase.kind, told.phase, `step ${index + 1}`);
      for (const [member, value] of Object.entries(told.session ?? {})) {
        assert.deepEqual(Object.entries(session).find(([key]) => key === member)?.[1], value, member);
      }
    }
  });
}
