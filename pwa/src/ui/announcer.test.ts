import assert from 'node:assert/strict';
import test from 'node:test';
import { makeAnnouncer, PAUSE_MILLISECONDS } from './announcer.ts';

/** A page whose time stands still until it is told to go on. */
function stillPage() {
  const waiting = new Map<number, { readonly go: TimerHandler; readonly after: number }>();
  let last = 0;
  return {
    setTimeout(go: TimerHandler, after = 0): number {
      last += 1;
      waiting.set(last, { go, after });
      return last;
    },
    clearTimeout: (id?: number) => void waiting.delete(id ?? 0),
    rest(): void {
      for (const [id, { go, after }] of [...waiting]) {
        if (after > PAUSE_MILLISECONDS || typeof go !== 'function') continue;
        waiting.delete(id);
        go();
      }
    },
  };
}

test('while things change nothing is read out; at rest, the last of each topic, once', () => {
  const page = stillPage();
  const announcer = makeAnnouncer(page);
  announcer.tell('saved', 'Saving…');
  announcer.tell('saved', 'Saved on this phone');
  announcer.tell('connection', 'The connection is back.');
  assert.equal(announcer.news.value, '');
  page.rest();
  assert.equal(announcer.news.value, 'Saved on this phone The connection is back.');
});

test('the same news is read out again when it is told again', () => {
  const page = stillPage();
  const announcer = makeAnnouncer(page);
  announcer.tell('saved', 'Saved on this phone');
  page.rest();
  announcer.tell('saved', 'Saved on this phone');
  assert.equal(announcer.news.value, '', 'the region empties first, or a reader hears no change');
  page.rest();
  assert.equal(announcer.news.value, 'Saved on this phone');
});

test('what is true no more is not read out', () => {
  const page = stillPage();
  const announcer = makeAnnouncer(page);
  announcer.tell('saved', 'Saving…');
  announcer.tell('connection', 'The connection is back.');
  announcer.tell('saved', '');
  page.rest();
  assert.equal(announcer.news.value, 'The connection is back.');
});

test('what is only read out leaves what is seen alone, with its Undo', () => {
  const page = stillPage();
  const announcer = makeAnnouncer(page);
  const undo = (): void => undefined;
  announcer.say({ text: 'Barrier 2 was removed.', undo });
  announcer.tell('saved', 'Saved on this phone');
  page.rest();
  assert.deepEqual(announcer.announcement.value, { text: 'Barrier 2 was removed.', undo });
});
