import assert from 'node:assert/strict';
import test from 'node:test';
import { pathOf, type Route, routeOf } from './routes.ts';

const ROUTES: readonly Route[] = [
  { screen: 'home' },
  { screen: 'enrol' },
  { screen: 'settings' },
  { screen: 'help' },
  { screen: 'word' },
  { screen: 'responses' },
  { screen: 'response', responseId: '0192-a' },
  { screen: 'finished', responseId: '0192-a' },
  { screen: 'fill', responseId: '0192-a', page: '' },
  { screen: 'fill', responseId: '0192-a', page: '4.2.7' },
  { screen: 'check', responseId: '0192-a', part: 'main' },
  { screen: 'check', responseId: '0192-a', part: 'equality' },
  { screen: 'stop', responseId: '0192-a' },
  { screen: 'visit', code: 'K7PX3M' },
];

for (const route of ROUTES) {
  test(`the address ${pathOf(route)} leads back to its screen`, () => {
    assert.deepEqual(routeOf(pathOf(route)), route);
  });
}

for (const path of ['/elsewhere', '/interview', '/responses/a/b', '/settings/a/b/c/d', '/v', '/v/a/b']) {
  test(`${path} is a page that is not there`, () => {
    assert.equal(routeOf(path).screen, 'unknown');
  });
}

test('a half-written escape in an address does not break the app', () => {
  assert.deepEqual(routeOf('/interview/%E0%A4'), { screen: 'fill', responseId: '%E0%A4', page: '' });
});
