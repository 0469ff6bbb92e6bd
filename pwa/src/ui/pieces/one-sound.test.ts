/** One sound, whatever is pressed in whatever order. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Audible, OneSound } from './one-sound.ts';

interface Heard extends Audible {
  readonly log: string[];
  /** How the browser answers to the last `play`. */
  answer: (error?: DOMException) => void;
}

function audible(): Heard {
  const log: string[] = [];
  const made: Heard = {
    log,
    answer: () => undefined,
    play() {
      log.push('play');
      return new Promise((resolve, reject) => {
        made.answer = (error) => (error === undefined ? resolve() : reject(error));
      });
    },
    pause: () => void log.push('pause'),
    letGo: () => void log.push('let go'),
  };
  return made;
}

/** A sound whose bytes come when the test says so, a new one at each opening. */
function slowSound(): { sound: OneSound; coming: ((made: Audible | undefined) => void)[] } {
  const coming: ((made: Audible | undefined) => void)[] = [];
  return { sound: new OneSound(() => new Promise((resolve) => coming.push(resolve))), coming };
}

test('what comes after its page was left, or after a stop, is let go unheard', async () => {
  for (const leave of ['letGo', 'stop'] as const) {
    const { sound, coming } = slowSound();
    const begun = sound.begin();
    sound[leave]();
    const late = audible();
    coming[0]?.(late);
    await begun;
    assert.deepEqual(late.log, ['let go']);
    assert.equal(sound.state.value, 'still');
  }
});

test('of two that were fetched because of a stop between, one plays, and that one stops', async () => {
  const { sound, coming } = slowSound();
  const first = sound.begin();
  sound.stop();
  const second = sound.begin();
  const [one, other] = [audible(), audible()];
  coming[0]?.(one);
  await first;
  coming[1]?.(other);
  await turn();
  other.answer();
  await second;
  assert.deepEqual([one.log, other.log, sound.state.value], [['let go'], ['play'], 'playing']);
  sound.stop();
  assert.deepEqual(other.log, ['play', 'pause']);
});

test('a sound that was stopped before it began to play is not called one that cannot be played', async () => {
  const { sound, coming } = slowSound();
  const begun = sound.begin();
  const made = audible();
  coming[0]?.(made);
  await turn();
  sound.stop();
  made.answer(new DOMException('', 'AbortError'));
  await begun;
  assert.equal(sound.state.value, 'still');
});

test('why it cannot be heard is told apart', async () => {
  for (const [name, state] of [
    ['NotAllowedError', 'press-again'],
    ['NotSupportedError', 'unplayable'],
    ['AbortError', 'still'],
  ] as const) {
    const { sound, coming } = slowSound();
    const begun = sound.begin();
    const made = audible();
    coming[0]?.(made);
    await turn();
    made.answer(new DOMException('', name));
    await begun;
    assert.equal(sound.state.value, state);
  }
  const { sound, coming } = slowSound();
  const begun = sound.begin();
  coming[0]?.(undefined);
  await begun;
  assert.equal(sound.state.value, 'missing');
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
