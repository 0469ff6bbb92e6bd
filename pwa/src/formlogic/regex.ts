/**
 * ODK's regex(): the whole text must match; `\d`, `\w`, `\s` and their opposites are ASCII, `.` is anything but a new line.
 *
 * The pattern is rewritten for JavaScript's Unicode mode, in which a character is a code point but a
 * needless backslash (`\-`, `\@`) is an error.
 */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['s', ' \\t\\n\\v\\f\\r'],
  ['d', '0-9'],
  ['w', 'A-Za-z0-9_'],
]);
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['S', '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}'],
  ['D', '\\0-/:-\\u{10ffff}'],
  ['W', '\\0-/:-@[-\\^`{-\\u{10ffff}'],
]);
const KNOWN_ESCAPE = /^[tnrfvbB0-9xukpP^$\\.*+?()[\]{}|/]$/;
const PIECE = /\\([\s\S])|[\s\S]/gu;

/** False also when the pattern is no regular expression: publication refuses those it can see. */
export function matchesWhole(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${rewritten(pattern)})$`, 'u').test(text);
  } catch {
    return false;
  }
}

function rewritten(pattern: string): string {
  let result = '';
  let inClass = false;
  for (const [piece, escaped] of pattern.matchAll(PIECE)) {
    if (escaped !== undefined) {
      result += rewrittenEscape(escaped, inClass);
      continue;
    }
    const isLiteral = piece === '[' ? inClass : piece === ']' && !inClass;
    if (isLiteral) result += `\\${piece}`;
    else if (piece === '.' && !inClass) result += '[^\\n]';
    else result += piece;
    if (piece === '[') inClass = true;
    if (piece === ']') inClass = false;
  }
  return result;
}

function rewrittenEscape(escaped: string, inClass: boolean): string {
  const members = CLASSES.get(escaped) ?? OPPOSITES.get(escaped);
  if (members !== undefined) return inClass ? members : `[${members}]`;
  if (KNOWN_ESCAPE.test(escaped) || (escaped === '-' && inClass)) return `\\${escaped}`;
  return escaped;
}
