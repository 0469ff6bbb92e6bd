import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voiceFor } from './voices.ts';

function voice(lang: string, localService = true) {
  return { lang, localService };
}

test('a voice of the exact language comes first, then one of another country', () => {
  const voices = [voice('en-US'), voice('en_GB'), voice('bn-BD')];
  assert.equal(voiceFor('en-GB', voices)?.lang, 'en_GB');
  assert.equal(voiceFor('bn', voices)?.lang, 'bn-BD');
  assert.equal(voiceFor('en', voices)?.lang, 'en-US');
});

test('a voice that sends the words over the network is never used, also when it is the only one', () => {
  assert.equal(voiceFor('bn', [voice('bn-IN', false)]), undefined);
});

test('a language without a voice is not read in that of another', () => {
  assert.equal(voiceFor('so', [voice('sow'), voice('en-GB')]), undefined);
});
