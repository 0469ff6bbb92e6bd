/**
 * Short names for English sentences, so that a catalogue need not carry each of them beside its translation: the app has them already.
 */

const START = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, 32 bits: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv. The build refuses two sentences of one name. */
export function sentenceName(sentence: string): string {
  let hash = START;
  for (let index = 0; index < sentence.length; index += 1)
    hash = Math.imul(hash ^ sentence.charCodeAt(index), PRIME) >>> 0;
  return hash.toString(36);
}

/** For the build and for tests: a catalogue by sentences becomes one by their names. */
export function packedCatalogue(bySentence: object): object {
  const entries = Object.entries(bySentence);
  const packed = new Map(entries.map(([sentence, said]) => [sentenceName(sentence), said]));
  if (packed.size < entries.length) throw new RangeError('Two sentences have one short name: change the words of one.');
  return Object.fromEntries(packed);
}
