import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Choice } from './questions.ts';
import { prepareSearch, searchChoices } from './search.ts';

function choicesOf(...labels: string[]): Choice[] {
  return labels.map((text) => ({
    value: text,
    sound: '',
    label: { text, lang: 'und', parts: [{ text, given: false }] },
  }));
}

function found(query: string, ...labels: string[]): string[] {
  return searchChoices(prepareSearch(choicesOf(...labels)), query).map(({ value }) => value);
}

test('case and marks make no difference, in any script', () => {
  const pairs: [string, string][] = [
    ['cafe', 'CAFÉ Noir'],
    ['CAFÉ', 'cafe noir'],
    ['cafe\u0301', 'Caf\u00e9'],
    ['strasse', 'Große Straße'],
    ['οδος', 'ΟΔΌΣ'],
    ['istanbul', 'İstanbul'],
    ['ёлка', 'ЕЛКА'],
    ['مسجد', 'مَسْجِد'],
    ['احمد', 'أحـــمد'],
    ['पाक', 'पार्क'.replace('र्', '')],
    ['গ্রাম', 'উত্তর গ্রাম'],
    ['کتاب', 'کتا\u200cب'],
    ['서', '서울'],
    ['ab', 'ａｂ'],
  ];
  for (const [query, label] of pairs) assert.deepEqual(found(query, label, 'zzz'), [label], query);
});

test('all words must be there, in any order, and a blank query finds all', () => {
  const labels = ['Old Ford Road', 'Ford', 'Old Street'];
  assert.deepEqual(found(' ford  OLD ', ...labels), ['Old Ford Road']);
  assert.deepEqual(found('  ', ...labels), labels);
  assert.deepEqual(found('river', ...labels), []);
});

test('what begins with the query comes first, then what has its marks, then the rest, each in its own order', () => {
  assert.deepEqual(found('bow', 'Rainbow', 'Bow', 'Elbow', 'Bow Road'), ['Bow', 'Bow Road', 'Rainbow', 'Elbow']);
  assert.deepEqual(found('কি', 'লোকা', 'লোকি', 'কিনা'), ['কিনা', 'লোকি', 'লোকা']);
});

test('a query that is all marks or signs of expressions is taken as it is', () => {
  assert.deepEqual(found('.*(', 'a.*(b', 'abc'), ['a.*(b']);
  assert.deepEqual(found('\u0301', 'é', 'e'), ['é', 'e']);
});

test('a number is found in the digits of any script', () => {
  assert.deepEqual(found('3', 'সড়ক ৩', 'সড়ক ৪'), ['সড়ক ৩']);
  assert.deepEqual(found('৪২', 'Road 42', 'Road 24'), ['Road 42']);
  assert.deepEqual(found('٠٩', 'شارع ۰۹', 'شارع ٩٠'), ['شارع ۰۹']);
});
