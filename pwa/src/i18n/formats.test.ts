import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatsOf, writtenMoment } from './formats.ts';

const EVENING = new Date(Date.UTC(2026, 10, 20, 21, 30));
const SHORT = { timeZone: 'UTC', timeStyle: 'short' } as const;

test('a browser is asked by the language itself, else by the one that it is written like, else in plain English', () => {
  assert.equal(formatsOf({ lang: 'bn' }), 'bn');
  assert.equal(formatsOf({ lang: 'en' }), 'en-GB');
  assert.equal(formatsOf({ lang: 'qfw', formatsLike: 'so' }), 'so');
  assert.equal(formatsOf({ lang: 'qfw' }), 'en-GB');
  assert.equal(formatsOf({ lang: '', formatsLike: 'not a tag' }), 'en-GB');
});

test('no time shows Latin letters in the midst of another script', () => {
  for (const lang of ['bn', 'hi', 'ur', 'ta', 'ar', 'zh-Hans'])
    assert.doesNotMatch(writtenMoment(EVENING, lang, SHORT), /[a-z]/i, lang);
  assert.equal(writtenMoment(EVENING, 'bn', SHORT), '২১:৩০');
});

test('halves of the day stay where a language has words for them, or writes Latin letters', () => {
  assert.match(writtenMoment(EVENING, 'ar', SHORT), /م/);
  assert.match(writtenMoment(EVENING, 'en-US', SHORT), /PM/);
  assert.equal(writtenMoment(EVENING, 'en-GB', SHORT), '21:30');
});
