/** Which recording says a text, while packs are still on their way. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SoundPack, SpokenLanguage } from '../../app/index.ts';
import { knownRecording, recordingIn } from './sound-source.ts';

const KEY = '/data/who:label';

function tongue(lang: string, beside = lang): SpokenLanguage {
  return { lang, beside, name: lang, sounds: lang, count: 1, bytes: 1 };
}

function packOf(sha256: string): SoundPack {
  return new Map([[KEY, { sha256, bytes: 1 }]]);
}

test('a recording that is here is given without a wait, while the pack of a language before it is asked for', async () => {
  const packs = new Map([['bn', packOf('b')]]);
  const sounds = {
    known: ({ sounds: name }: SpokenLanguage) => packs.get(name),
    read: async ({ sounds: name }: SpokenLanguage) => packs.set(name, packs.get(name) ?? packOf('s')).get(name),
  };
  const tongues = [tongue('syl', 'bn'), tongue('bn')];
  assert.deepEqual(knownRecording(sounds, tongues, KEY), { sha256: 'b', bytes: 1 });
  assert.equal((await recordingIn(sounds, tongues, KEY))?.sha256, 's');
  assert.equal(knownRecording(sounds, tongues, 'another'), undefined);
});
