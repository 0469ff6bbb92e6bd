import { browserDoor, type KeptLetters, makeKeptLetters } from './kept-letters.ts';
import { LETTERS } from './letters.ts';

/** The letters of this phone; those that it keeps come into force at once. */
export function lettersHere(): KeptLetters {
  const letters = makeKeptLetters(browserDoor(), LETTERS);
  void letters.load();
  return letters;
}
