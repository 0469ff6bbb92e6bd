/** Lists of choices as they arrive: columns and rows, within a logic or as blobs of their own. */
import { entriesOf, type Fields, listOf, recordOf, textOf } from './border.ts';
import { checkFormat } from './definition-pieces.ts';
import { DefinitionError } from './errors.ts';

/** Each row has a text for every column. */
export interface ListTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Parse a list blob (the outcome of JSON.parse); raises DefinitionError naming the place that is wrong. */
export function parseList(value: unknown): ListTable {
  const fields = recordOf(value, 'list');
  checkFormat(fields, 'list');
  return parseTable(fields, 'list');
}

/** The lists of a logic: those that stand in it, and the file names of those that come by themselves. */
export function parseLists(value: unknown): { lists: Map<string, ListTable>; listFiles: Map<string, string> } {
  const lists = new Map<string, ListTable>();
  const listFiles = new Map<string, string>();
  for (const [id, list] of value === undefined ? [] : entriesOf(value, 'lists')) {
    const fields = recordOf(list, `lists.${id}`);
    const file = fields.get('file');
    if (file === undefined) lists.set(id, parseTable(fields, `lists.${id}`));
    else listFiles.set(id, textOf(file, `lists.${id}.file`));
  }
  return { lists, listFiles };
}

export function parseTable(fields: Fields, place: string): ListTable {
  const columns = listOf(fields.get('columns'), `${place}.columns`).map((name) => textOf(name, `${place}.columns`));
  const rows = listOf(fields.get('rows'), `${place}.rows`);
  return { columns, rows: rows.map((row, number) => rowOf(row, columns.length, `${place}.rows[${number}]`)) };
}

/** Lists have up to 100,000 rows: one check a row, and no copy. */
function rowOf(row: unknown, width: number, place: string): readonly string[] {
  if (!isTexts(row) || row.length !== width) throw new DefinitionError(place, `${width} texts were expected`);
  return row;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
