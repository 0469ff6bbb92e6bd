/** Small forms for tests: nodes by path, with the order in which they are written as the order of evaluation. */
import { countingSurroundings } from '../conformance-surroundings.ts';
import { type Logic, parseLogic, parseTextPack, type TextPack } from '../definition.ts';
import { begin, type Form, type InstanceNode } from '../form.ts';

/** A node as the compiler would write it, but with paths for numbers; `uses` are [path, scope path]. */
export interface Sketch {
  readonly path: string;
  readonly kind?: 'group' | 'repeat' | 'leaf';
  readonly uses?: readonly (readonly [string, string])[];
  readonly [field: string]: unknown;
}

export function logicOf(sketches: readonly Sketch[], lists: unknown = {}): Logic {
  const paths = ['/data', ...sketches.map(({ path }) => path)];
  const number = (path: string): number => paths.indexOf(path);
  const nodes = sketches.map(({ path, uses = [], ...rest }) => {
    const slash = path.lastIndexOf('/');
    const reads = uses.map(([node, scope]) => [number(node), number(scope)]);
    return {
      kind: 'leaf',
      ...rest,
      name: path.slice(slash + 1),
      parent: number(path.slice(0, slash)),
      uses: { calculate: reads, relevant: reads, count: reads },
    };
  });
  const order = sketches.flatMap(({ path, count, relevant, calculate }) => [
    ...(count === undefined ? [] : [[number(path), 'count']]),
    ...(relevant === undefined ? [] : [[number(path), 'relevant']]),
    ...(calculate === undefined ? [] : [[number(path), 'calculate']]),
  ]);
  const root = { name: 'data', kind: 'group' };
  return parseLogic({ format: 1, form: { id: 'test', version: '1' }, nodes: [root, ...nodes], lists, order });
}

export function formOf(sketches: readonly Sketch[], lists?: unknown): Form {
  return begin(logicOf(sketches, lists), countingSurroundings());
}

export function packOf(lang: string, texts: unknown): TextPack {
  return parseTextPack({ format: 1, form: { id: 'test', version: '1' }, lang, title: 'Test', texts });
}

/** The node at a path that the test knows to be there. */
export function at(form: Form, path: string): InstanceNode {
  const node = form.find(path);
  if (node === undefined) throw new RangeError(`there is no ${path}`);
  return node;
}

export function number(value: number): readonly unknown[] {
  return ['num', String(value)];
}

/** `../a/b` and the like as a tree. */
export function relative(path: string): readonly unknown[] {
  const steps = path.split('/').map((name) => (name === '..' ? ['parent', 'node()'] : ['child', name]));
  return ['path', '.', ...steps];
}

export function absolute(path: string): readonly unknown[] {
  return [
    'path',
    '/',
    ...path
      .slice(1)
      .split('/')
      .map((name) => ['child', name]),
  ];
}
