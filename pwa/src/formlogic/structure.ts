/** What can be known of a form before anybody answers it: who is inside whom, and who depends on whom. */
import type { Expr, Logic, NodeDefinition, OrderKind } from './definition.ts';
import { calls } from './expression.ts';

/** One step of evaluation: a calculation, a relevance or a count, at its place in the order. */
export interface Task {
  readonly place: number;
  readonly kind: OrderKind;
  /** Whose expression it is. */
  readonly definition: NodeDefinition;
  /** The nodes that it is done for: those of the definition; for a count those that the repeat is in. */
  readonly doneFor: NodeDefinition;
  readonly expression: Expr;
  /** True when other instances of the same node are read: a running total. */
  readonly readsItself: boolean;
  /** Definitions from below the root element down to those nodes. */
  readonly way: readonly NodeDefinition[];
}

/** A task to do again when a node changes; only under the same instance of `scope`, when there is one. */
export interface Dependant {
  readonly task: Task;
  readonly scope: number;
  /** Definitions from below the scope down to the nodes that the task is done for. */
  readonly way: readonly NodeDefinition[];
}

export class Structure {
  readonly logic: Logic;
  readonly root: NodeDefinition;
  readonly tasks: readonly Task[];
  /** Tasks whose outcome depends on the language in use. */
  readonly worded: readonly Task[];
  readonly #children: readonly NodeDefinition[][];
  readonly #tasksOf: readonly Task[][];
  readonly #dependants: readonly Dependant[][];

  constructor(logic: Logic, root: NodeDefinition) {
    this.logic = logic;
    this.root = root;
    this.#children = grouped(logic, logic.nodes.slice(1), (node) => node.parent);
    this.tasks = logic.order
      .flatMap(({ node, kind }) => this.#task(node, kind))
      .map((task, place) => ({ ...task, place }));
    this.#tasksOf = grouped(logic, this.tasks, (task) => task.doneFor.number);
    const dependants = this.tasks.flatMap((task) => this.#usesOf(task));
    this.#dependants = grouped(logic, dependants, ({ used }) => used);
    this.worded = this.tasks.filter(({ expression }) => calls(expression, 'jr:choice-name'));
  }

  /** In order of the form. */
  childrenOf(definition: NodeDefinition): readonly NodeDefinition[] {
    return this.#children[definition.number] ?? [];
  }

  /** Tasks that are done for nodes of this definition. */
  tasksOf(definition: NodeDefinition): readonly Task[] {
    return this.#tasksOf[definition.number] ?? [];
  }

  dependantsOf(definition: NodeDefinition): readonly Dependant[] {
    return this.#dependants[definition.number] ?? [];
  }

  /** Definitions from below `top` (0: the root element) down to this one. */
  way(definition: NodeDefinition, top: number): NodeDefinition[] {
    const found: NodeDefinition[] = [];
    let at: NodeDefinition | undefined = definition;
    while (at !== undefined && at.number !== top) {
      found.unshift(at);
      at = this.logic.nodes[at.parent];
    }
    return found;
  }

  /** The definition at these names, the root element's first. */
  find(names: readonly string[]): NodeDefinition | undefined {
    if (names[0] !== this.root.name) return undefined;
    let at: NodeDefinition | undefined = this.root;
    for (const name of names.slice(1)) at = at && this.childrenOf(at).find((child) => child.name === name);
    return at;
  }

  /** Nothing for an entry whose node has no such expression. */
  #task(number: number, kind: OrderKind): Omit<Task, 'place'>[] {
    const definition = this.logic.nodes[number];
    const expression = definition?.[kind];
    if (definition === undefined || expression === undefined) return [];
    const readsItself = definition.uses[kind].some((use) => use.node === number);
    const doneFor = (kind === 'count' && this.logic.nodes[definition.parent]) || definition;
    return [{ kind, definition, doneFor, expression, readsItself, way: this.way(doneFor, 0) }];
  }

  #usesOf(task: Task): (Dependant & { used: number })[] {
    const uses = task.definition.uses[task.kind];
    return uses.map(({ node, scope }) => ({ used: node, task, scope, way: this.way(task.doneFor, scope) }));
  }
}

/** One list per node of the form. */
function grouped<Item>(logic: Logic, items: readonly Item[], numberOf: (item: Item) => number): Item[][] {
  const groups = logic.nodes.map((): Item[] => []);
  for (const item of items) groups[numberOf(item)]?.push(item);
  return groups;
}
