import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Looks as the sheet writes them: which rules are in force, in their order. A rule is told by its condition and its selector. */
const SHEET = readFileSync(new URL('tokens.css', import.meta.url), 'utf8').replace(/\/\*.*?\*\//gs, '');
const LIGHT = ':root';
const DARK_BY_SYSTEM = '(prefers-color-scheme: dark) :root:not([data-look="light"])';
const DARK_BY_CHOICE = ':root[data-look="dark"]';
const CONTRAST_BY_SYSTEM = '(prefers-contrast: more) :root:root';
const CONTRAST_BY_CHOICE = ':root[data-look="contrast"]';
const LOOKS = {
  light: [LIGHT],
  dark: [LIGHT, DARK_BY_SYSTEM],
  'light, high contrast': [LIGHT, CONTRAST_BY_SYSTEM],
  'dark, high contrast': [LIGHT, DARK_BY_SYSTEM, CONTRAST_BY_SYSTEM],
} as const;
const SOFT_GROUNDS = ['--accent-soft', '--bad-soft', '--good-soft', '--wait-soft'];
const GROUNDS = ['--paper', '--surface', '--sunken', ...SOFT_GROUNDS];
const PLAIN_GROUNDS = ['--paper', '--surface', '--sunken'];

type Tokens = ReadonlyMap<string, string>;

const RULES = rulesOf(SHEET);

for (const [look, rules] of Object.entries(LOOKS)) {
  const tokens = inForce(rules);
  const contrast = look.includes('contrast');

  test(`body ink is 7:1 or better on every ground, ${look}`, () => {
    for (const ground of GROUNDS) atLeast(7, tokens, '--ink', ground);
  });

  test(`every other ink is 4.5:1 or better on the grounds it stands on, ${look}`, () => {
    const least = contrast ? 7 : 4.5;
    for (const ground of GROUNDS) atLeast(least, tokens, '--ink-soft', ground);
    for (const ground of [...PLAIN_GROUNDS, '--accent-soft']) {
      atLeast(least, tokens, '--accent', ground);
      atLeast(least, tokens, '--accent-strong', ground);
    }
    for (const meaning of ['--bad', '--good', '--wait'])
      for (const ground of [...PLAIN_GROUNDS, `${meaning}-soft`]) atLeast(least, tokens, meaning, ground);
    for (const ground of ['--accent', '--accent-strong']) atLeast(least, tokens, '--on-accent', ground);
    atLeast(least, tokens, '--paper', '--bad');
    atLeast(least, tokens, '--paper', '--ink');
  });

  test(`edges of controls and the ring of focus are 3:1 or better, ${look}`, () => {
    for (const ground of [...PLAIN_GROUNDS, '--accent-soft']) {
      atLeast(3, tokens, '--line', ground);
      atLeast(3, tokens, '--focus-ring', ground);
    }
  });
}

test('where the system chooses the colours, whatever fills a button or its words is one of them', () => {
  const chosen = inForce(['(forced-colors: active) :root:root']);
  for (const token of [
    '--accent',
    '--accent-strong',
    '--accent-soft',
    '--on-accent',
    '--surface',
    '--ink-soft',
    '--paper',
  ])
    assert.match(chosen.get(token) ?? '', /^(Canvas|CanvasText|LinkText)$/, token);
  assert.notEqual(chosen.get('--accent'), chosen.get('--on-accent'));
  const controls = readFileSync(new URL('controls.css', import.meta.url), 'utf8');
  assert.match(
    controls,
    /forced-colors: active\) \{\s*\.button,\s*\.tongue\[aria-current\] \{\s*forced-color-adjust: none;/,
  );
});

test('a chosen look is the one that the system would give', () => {
  assert.deepEqual(inForce([LIGHT, DARK_BY_CHOICE]), inForce([LIGHT, DARK_BY_SYSTEM]));
  for (const below of [[LIGHT], [LIGHT, DARK_BY_SYSTEM]])
    assert.deepEqual(inForce([...below, CONTRAST_BY_CHOICE]), inForce([...below, CONTRAST_BY_SYSTEM]));
});

test('what is touched is 44 px high, and 56 px with large buttons', () => {
  const plain = inForce([LIGHT]);
  const large = inForce([LIGHT, ':root[data-size="large"]']);
  assert.equal(plain.get('--touch'), '2.75rem');
  assert.equal(large.get('--touch'), '3.5rem');
  for (const size of ['--size-small', '--size-body', '--size-lead', '--size-title', '--edge', '--control'])
    assert.ok(Number.parseFloat(large.get(size) ?? '') > Number.parseFloat(plain.get(size) ?? ''), size);
});

test('nothing moves for who wants no motion', () => {
  const still = inForce(['(prefers-reduced-motion: reduce) :root']);
  assert.deepEqual([...still.values()], ['0s', '0s']);
});

function rulesOf(sheet: string): ReadonlyMap<string, Tokens> {
  const rules = new Map<string, Tokens>();
  const plain = sheet.replace(
    /@media ([^{]+)\{((?:[^{}]*\{[^{}]*\})*)\s*\}/g,
    (_, condition: string, inside: string) => {
      for (const [selector, tokens] of plainRules(inside)) rules.set(`${condition.trim()} ${selector}`, tokens);
      return '';
    },
  );
  for (const [selector, tokens] of plainRules(plain)) rules.set(selector, tokens);
  return rules;
}

function plainRules(sheet: string): (readonly [string, Tokens])[] {
  return [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => {
    const declared = [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)];
    return [selector.trim(), new Map(declared.map(([, name = '', value = '']) => [name, value]))] as const;
  });
}

function inForce(rules: readonly string[]): Tokens {
  const tokens = rules.flatMap((rule) => {
    const found = RULES.get(rule);
    assert.ok(found !== undefined, `tokens.css has no rule ${rule}`);
    return [...found];
  });
  return new Map(tokens);
}

function atLeast(least: number, tokens: Tokens, ink: string, ground: string): void {
  const [one, other] = [luminance(colour(tokens, ink)), luminance(colour(tokens, ground))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  assert.ok(ratio >= least, `${ink} on ${ground} is ${ratio.toFixed(2)}:1; it is to be ${least}:1`);
}

function colour(tokens: Tokens, name: string): string {
  const value = tokens.get(name) ?? '';
  const reference = /^var\((--[\w-]+)\)$/.exec(value);
  return reference === null ? value : colour(tokens, reference[1] ?? '');
}

/** Relative luminance as WCAG 2.2 defines it, of `#rgb` or `#rrggbb`. */
function luminance(hex: string): number {
  assert.match(hex, /^#([0-9a-f]{3}|[0-9a-f]{6})$/);
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : hex.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
