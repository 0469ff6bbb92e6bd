import assert from 'node:assert/strict';
import test from 'node:test';
import { leaveCameraMark, takeCameraMark } from './camera-mark.ts';

/** As much of a window as is asked; `load` tells one page from the next of the same tab. */
function windowOf(kept: Map<string, string>, load: number) {
  const listeners: (() => void)[] = [];
  const target = {
    addEventListener: (_: string, run: () => void) => listeners.push(run),
    removeEventListener: () => undefined,
  };
  const sessionStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const document = { ...target, visibilityState: 'visible' };
  return {
    page: { ...target, document, sessionStorage, performance: { timeOrigin: load } },
    comeBack: () => listeners[0]?.(),
  };
}

test('a page that the camera has ended is told so by the next one, once, at that question', () => {
  const kept = new Map<string, string>();
  leaveCameraMark('r /data/photo', windowOf(kept, 1).page);
  const next = windowOf(kept, 2).page;
  assert.equal(takeCameraMark('r /data/other', next), false);
  assert.equal(takeCameraMark('r /data/photo', next), true);
  assert.equal(takeCameraMark('r /data/photo', next), false);
});

test('a page that is looked at again has outlived the camera', () => {
  const kept = new Map<string, string>();
  const { page, comeBack } = windowOf(kept, 1);
  leaveCameraMark('r /data/photo', page);
  comeBack();
  assert.equal(takeCameraMark('r /data/photo', windowOf(kept, 2).page), false);
});
