import assert from 'node:assert/strict';
import test from 'node:test';
import { signal } from '@preact/signals';
import type { Poster, ResponseSummary } from '../../app/index.ts';
import { posterHere } from './poster-here.ts';

const CAFE = posterAt('K7PX3M', 'Café');
const LIBRARY = posterAt('WFED1C', 'Library');
/** The library was met last. */
const visits = { posters: signal([LIBRARY, CAFE]) };
const app = { responses: signal([responseAt('in-the-café', 'K7PX3M'), responseAt('elsewhere', 'ZZZZZZ')]) };

test('who asks is the one of the poster that was answered at, also after another one was met', () => {
  for (const screen of ['stop', 'finished', 'response'] as const)
    assert.equal(posterHere(app, visits, { screen, responseId: 'in-the-café' }), CAFE);
  assert.equal(posterHere(app, visits, { screen: 'visit', code: 'K7PX3M' }), CAFE);
});

test('of a poster that this phone does not know, nobody else is named', () => {
  assert.equal(posterHere(app, visits, { screen: 'finished', responseId: 'elsewhere' }), undefined);
});

test('where no response is shown, it is the poster that was met last', () => {
  assert.equal(posterHere(app, visits, { screen: 'home' }), LIBRARY);
});

function posterAt(code: string, venue: string): Poster {
  const neighbourhood = { id: 'old-ford', name: 'Old Ford' };
  return {
    code,
    venue,
    poster: code,
    programme: '',
    contact: '',
    privacyContact: '',
    neighbourhood,
    formId: 'aab',
    languages: [],
  };
}

function responseAt(id: string, code: string): ResponseSummary {
  const form = { formId: 'aab', formTitle: 'Assets', formTitleLang: 'en', language: 'en' };
  const files = { photosHere: 0, filesHere: 0, filesDamaged: 0 };
  return { id, ...form, ...files, state: 'draft', when: '', shortTitle: '', visit: { code, reference: 'r' } };
}
