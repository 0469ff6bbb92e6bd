/** All words of one form in one language, and the files that go with them; parsed once, as definition.ts is. */
import { entriesOf, type Fields, listOf, optional, recordOf, textOf } from './border.ts';
import { checkFormat, exprOf, type FormName, parseFormName } from './definition-pieces.ts';
import type { Expr } from './expression.ts';

const MEDIA_KINDS = ['image', 'audio', 'video'] as const;

export type TextKind = 'label' | 'hint' | 'guidance' | 'constraint_message' | 'required_message';
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** A text to show: its pieces (written, or computed), and the language that it is really in. */
export interface PackText {
  readonly parts: readonly (string | Expr)[];
  readonly lang: string;
  /** Names of the files to be shown or played with it; absent when there are none. */
  readonly files?: ReadonlyMap<MediaKind, string>;
}

export interface TextPack {
  readonly form: FormName;
  /** BCP 47. */
  readonly lang: string;
  readonly title: PackText;
  readonly texts: ReadonlyMap<string, PackText>;
  /** File name to the sha256 of its bytes, for files that were given at publication. */
  readonly media: ReadonlyMap<string, string>;
}

/** Parse a text pack (the outcome of JSON.parse); raises DefinitionError naming the place that is wrong. */
export function parseTextPack(value: unknown): TextPack {
  const fields = recordOf(value, 'text pack');
  checkFormat(fields, 'text pack');
  const lang = textOf(fields.get('lang'), 'lang');
  const texts = new Map<string, PackText>();
  for (const [id, text] of entriesOf(fields.get('texts'), 'texts')) texts.set(id, parseText(text, lang, id));
  const form = parseFormName(fields.get('form'));
  return { form, lang, title: parseText(fields.get('title'), lang, 'title'), texts, media: parseMedia(fields) };
}

function parseMedia(fields: Fields): Map<string, string> {
  const media = optional(fields.get('media'), (given) => entriesOf(given, 'media')) ?? [];
  return new Map(media.map(([name, sha256]) => [name, textOf(sha256, `media.${name}`)]));
}

function parseText(value: unknown, lang: string, id: string): PackText {
  const place = `texts.${id}`;
  if (typeof value === 'string') return { parts: [value], lang };
  const fields = recordOf(value, place);
  const shown = optional(fields.get('lang'), (given) => textOf(given, `${place}.lang`)) ?? lang;
  const files = parseFiles(fields, place);
  const text = { parts: parseParts(fields, place), lang: shown };
  return files.size === 0 ? text : { ...text, files };
}

function parseParts(fields: Fields, place: string): (string | Expr)[] {
  const written = fields.get('text');
  if (written !== undefined) return [textOf(written, place)];
  const parts = listOf(fields.get('parts'), `${place}.parts`);
  return parts.map((part) => (typeof part === 'string' ? part : exprOf(part, place)));
}

function parseFiles(fields: Fields, place: string): Map<MediaKind, string> {
  const files = new Map<MediaKind, string>();
  for (const kind of MEDIA_KINDS) {
    const name = optional(fields.get(kind), (given) => textOf(given, `${place}.${kind}`));
    if (name !== undefined) files.set(kind, name);
  }
  return files;
}
