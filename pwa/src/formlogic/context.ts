/** What an expression is evaluated in: a node, a place in a list, and a world. */
import type { FunctionMap } from './arguments.ts';
import type { TextPack } from './definition.ts';
import type { DocumentNode, TreeNode } from './tree.ts';

/** What the world tells an engine that may not look for itself. Read at each evaluation, so getters are welcome. */
export interface Surroundings {
  /** ISO 8601 with the person's offset: `2026-11-20T10:00:00.000+06:00`. */
  readonly now: string;
  uuid(): string;
  /** At least 0, under 1. */
  random(): number;
  readonly deviceId?: string;
  readonly userName?: string;
  readonly email?: string;
  readonly phoneNumber?: string;
  /** Beside those that are always here: what the form's expressions call. */
  readonly functions?: FunctionMap;
}

/** Everything around one response that expressions can reach. */
export interface World {
  readonly document: DocumentNode;
  readonly surroundings: Surroundings;
  /** The words in use, undefined as long as nobody has chosen a language. */
  readonly texts: TextPack | undefined;
  /** The document of a secondary instance, undefined when the form has none of that name. */
  list(id: string): TreeNode | undefined;
  /** The label of a choice, for jr:choice-name; `question` is a path as text, or the question itself. */
  choiceName(value: string, question: string | TreeNode | undefined, context: Context): string;
}

export interface Context {
  readonly world: World;
  /** What `.` is now: inside predicates, the node that is tried. */
  readonly node: TreeNode;
  /** The node that the whole expression belongs to, `current()`. */
  readonly current: TreeNode;
  /** 1-based. */
  readonly position: number;
  readonly size: number;
}

export function contextOf(node: TreeNode, world: World): Context {
  return { world, node, current: node, position: 1, size: 1 };
}
