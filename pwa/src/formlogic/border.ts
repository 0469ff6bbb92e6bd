/** Small readers of unknown JSON: each gives a typed value, or raises DefinitionError naming the place. */
import { DefinitionError } from './errors.ts';

/** A JSON object as a Map: its keys may be any text, `__proto__` included. */
export type Fields = ReadonlyMap<string, unknown>;

export function recordOf(value: unknown, place: string): Fields {
  return new Map(entriesOf(value, place));
}

/** Own entries only; JSON.parse makes even `__proto__` an own property. */
export function entriesOf(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DefinitionError(place, 'an object was expected');
  }
  return Object.entries(value);
}

export function listOf(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new DefinitionError(place, 'a list was expected');
  return value;
}

export function textOf(value: unknown, place: string): string {
  if (typeof value !== 'string') throw new DefinitionError(place, 'a text was expected');
  return value;
}

/** 0 or more. */
export function wholeNumberOf(value: unknown, place: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new DefinitionError(place, 'a whole number was expected');
  }
  return value;
}

export function oneOf<Known extends string>(known: readonly Known[], value: unknown, place: string): Known {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new DefinitionError(place, `${String(value)} is none of ${known.join(', ')}`);
  return found;
}

export function optional<Read>(value: unknown, read: (given: unknown) => Read): Read | undefined {
  return value === undefined ? undefined : read(value);
}
