/**
 * ODK's regex(): what Java, Python and JavaScript read alike, matched without going back (Thompson's automaton).
 *
 * Twin of `server/formlogic/patterns.py`, which says what a pattern is; publication refuses all others that it can see.
 * The browser's own RegExp reads other things than the server, and may take years for a text of 40 letters.
 */
interface State {
  readonly next: State[];
  /** First and last letter of each range that leads on. */
  readonly takes?: readonly number[] | undefined;
  /** Any letter but those. */
  readonly but?: boolean | undefined;
  /** Waits for `^`, `$` or `\b`. */
  readonly place?: string | undefined;
}

/** From what comes after to what comes first. */
type Build = (after: State) => State;
type Letters = readonly number[];

export const LONGEST_PATTERN_CHARACTERS = 2000;
export const MOST_STATES = 2000;
const MOST_BRACKETS = 50;
const LAST = 0x10ffff;
const CLASSES: ReadonlyMap<string, Letters> = new Map([
  ['d', [48, 57]],
  ['w', [48, 57, 65, 90, 95, 95, 97, 122]],
  ['s', [9, 13, 32, 32]],
]);
const TIMES = /(?:([*+?])|\{([0-9]{1,4})(,([0-9]{0,4}))?\})\??/uy;
const ESCAPE = /\\(?:u(?![dD][89a-fA-F])([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([tnrf])|([dwsDWS])|([^A-Za-z0-9]))/uy;
const WORD = /^\w$/;

class Unreadable extends Error {}

/** False also when the pattern can't be read. */
export function matchesWhole(pattern: string, text: string): boolean {
  const end: State = { next: [] };
  try {
    return leadsTo(end, new Reader(pattern).whole(end), [...text]);
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

function leadsTo(end: State, start: State, letters: readonly string[]): boolean {
  let front = [start];
  for (let at = 0; ; at += 1) {
    const reached = new Set(front);
    // What is added on the way is visited too.
    for (const { takes, place, next } of reached) {
      if (takes === undefined && holds(place, letters, at)) for (const state of next) reached.add(state);
    }
    const letter = letters[at]?.codePointAt(0);
    if (letter === undefined) return reached.has(end);
    front = [...reached].flatMap((state) => (accepts(state, letter) ? state.next : []));
    if (front.length === 0) return false;
  }
}

function accepts({ takes, but = false }: State, letter: number): boolean {
  return (
    takes?.some((first, index) => index % 2 === 0 && first <= letter && letter <= (takes[index + 1] ?? 0)) === !but
  );
}

function holds(place: string | undefined, letters: readonly string[], at: number): boolean {
  if (place === '^') return at === 0;
  if (place === '$') return at === letters.length;
  return place === undefined || WORD.test(letters[at - 1] ?? '') !== WORD.test(letters[at] ?? '');
}

/** One method for each level of the grammar. */
class Reader {
  readonly #pattern: string;
  #at = 0;
  #depth = 0;
  #states = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#must([...pattern].length <= LONGEST_PATTERN_CHARACTERS);
  }

  whole(end: State): State {
    const build = this.#either();
    this.#must(this.#next === '');
    return build(end);
  }

  #either(): Build {
    const branches = [this.#sequence()];
    while (this.#take('|')) branches.push(this.#sequence());
    const [only] = branches;
    if (only && branches.length === 1) return only;
    return (after) => this.#state({ next: branches.map((branch) => branch(after)) });
  }

  #sequence(): Build {
    const pieces: Build[] = [];
    while (!['', '|', ')'].includes(this.#next)) pieces.push(this.#piece());
    return (after) => pieces.reduceRight((state, piece) => piece(state), after);
  }

  #piece(): Build {
    const place = this.#take('^') || this.#take('$') || this.#take('\\b');
    if (place) return (after) => this.#state({ next: [after], place });
    const build = this.#take('(') ? this.#group() : this.#letter();
    const times = this.#read(TIMES);
    return times ? this.#repeated(build, times) : build;
  }

  #group(): Build {
    this.#depth += 1;
    this.#must(this.#depth <= MOST_BRACKETS);
    this.#must(!this.#take('?') || this.#take(':'));
    const build = this.#either();
    this.#must(this.#take(')'));
    this.#depth -= 1;
    return build;
  }

  #letter(): Build {
    this.#must(!['*', '+', '?', '{'].includes(this.#next));
    const isClass = this.#take('[');
    const but = Boolean(isClass ? this.#take('^') : this.#next === '.');
    const takes = isClass ? this.#class() : this.#take('.') ? [10, 10] : this.#single();
    return (after) => this.#state({ next: [after], takes, but });
  }

  #class(): Letters {
    const ranges: number[] = [];
    do {
      const found = this.#member();
      const [first = 0, last] = found;
      const isRange = found.length === 2 && first === last && this.#startsWith('-') && !this.#startsWith('-]');
      if (!isRange) {
        ranges.push(...found);
        continue;
      }
      this.#at += 1;
      const [from = 0, ...to] = this.#member();
      this.#must(to.length === 1 && to[0] === from && first <= from);
      ranges.push(first, from);
    } while (!this.#take(']'));
    return ranges;
  }

  #member(): Letters {
    this.#must(!['', '[', ']'].includes(this.#next) && !this.#startsWith('&&'));
    return this.#single();
  }

  /** One letter or escape, as ranges. */
  #single(): Letters {
    let letter = this.#pattern.codePointAt(this.#at) ?? 0;
    if (this.#next === '\\') {
      const found = this.#read(ESCAPE);
      this.#must(found !== null);
      const [, four, two, control, kind, itself] = found ?? [];
      const within = CLASSES.get(kind?.toLowerCase() ?? '');
      if (within) return CLASSES.has(kind ?? '') ? within : allBut(within);
      if (control) letter = '\t\n\r\f'.charCodeAt('tnrf'.indexOf(control));
      else letter = itself?.codePointAt(0) ?? Number.parseInt(four ?? two ?? '', 16);
    } else this.#at += letter > 0xffff ? 2 : 1;
    return [letter, letter];
  }

  #repeated(build: Build, [, sign, fewest, comma, most]: RegExpExecArray): Build {
    const least = sign ? Number(sign === '+') : Number(fewest);
    const isEndless = sign ? sign !== '?' : comma && !most;
    const greatest = isEndless ? least : sign ? 1 : Number(most ?? fewest);
    this.#must(greatest >= least);
    return (after) => {
      let start = isEndless ? this.#loop(build, after) : after;
      for (let time = least; time < greatest; time += 1) start = this.#state({ next: [build(start), after] });
      for (let time = 0; time < least; time += 1) {
        this.#count();
        start = build(start);
      }
      return start;
    };
  }

  #loop(build: Build, after: State): State {
    const loop = this.#state({ next: [] });
    loop.next.push(build(loop), after);
    return loop;
  }

  #state(state: State): State {
    this.#count();
    return state;
  }

  #count(): void {
    this.#states += 1;
    this.#must(this.#states <= MOST_STATES);
  }

  /** The letter that comes next, or half of it; '' at the end. */
  get #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #startsWith(text: string): boolean {
    return this.#pattern.startsWith(text, this.#at);
  }

  /** The text, when it comes next; else ''. */
  #take(text: string): string {
    if (!this.#startsWith(text)) return '';
    this.#at += text.length;
    return text;
  }

  #read(piece: RegExp): RegExpExecArray | null {
    piece.lastIndex = this.#at;
    const found = piece.exec(this.#pattern);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #must(isSo: boolean | string): void {
    if (!isSo) throw new Unreadable();
  }
}

function allBut(ranges: Letters): Letters {
  return [0, ...ranges.map((letter, index) => letter + (index % 2 ? 1 : -1)), LAST];
}
