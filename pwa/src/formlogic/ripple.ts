/**
 * One change and all that follows from it, until everything is right again.
 *
 * Tasks wait in the order that the server worked out (what is read comes before what reads it), so each is done at
 * most once, after all it depends on. Nothing recurses: a chain of calculations may be as long as the form.
 * Only what really became different is passed on.
 */
import type { NodeDefinition, SetEvent } from './definition.ts';
import { calls, type Expr } from './expression.ts';
import { type InstanceNode, subtree } from './instance.ts';
import type { Dependant, Structure, Task } from './structure.ts';
import { toNumber, toText, toTruth, type Value } from './values.ts';

/** The most instances that a count makes under one parent. */
export const GREATEST_COUNT = 1000;

export interface Ground {
  readonly structure: Structure;
  readonly root: InstanceNode;
  readonly evaluate: (expression: Expr, node: InstanceNode) => Value;
  /** An instance of a repeat, not yet in its place. */
  readonly fresh: (repeat: NodeDefinition, parent: InstanceNode) => InstanceNode;
}

export class Ripple {
  /** Nodes with another value or relevance than before. */
  readonly changed = new Set<InstanceNode>();
  readonly #ground: Ground;
  readonly #structure: Structure;
  readonly #root: InstanceNode;
  readonly #waiting = new Map<Task, Set<InstanceNode>>();
  /** No task before this place is waiting. */
  #first: number;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#structure = ground.structure;
    this.#root = ground.root;
    this.#first = ground.structure.tasks.length;
  }

  /** Give a leaf another text. */
  write(node: InstanceNode, text: string): void {
    if (text === node.value) return;
    node.value = text;
    this.touch(node);
  }

  /** Write what the form wants this node to be when this happens; a calculation goes before. */
  setValues(node: InstanceNode, event: SetEvent): void {
    const { set, calculate } = node.definition;
    if (calculate !== undefined) return;
    for (const { event: when, value } of set) {
      if (when === event && value !== 'position') this.write(node, storedText(this.#ground.evaluate(value, node)));
    }
  }

  /** Append a fresh instance of a repeat. */
  add(repeat: NodeDefinition, parent: InstanceNode): InstanceNode {
    const instance = this.#ground.fresh(repeat, parent);
    parent.put(instance);
    // ODK: the values of a new repeat are set before anything is calculated.
    for (const node of subtree(instance)) this.setValues(node, 'new-repeat');
    this.arrived(instance, parent);
    for (const node of subtree(instance)) this.enlist(node);
    return instance;
  }

  /** Take an instance out of its parent. */
  remove(instance: InstanceNode, parent: InstanceNode): void {
    this.arrived(instance, parent);
    parent.take(instance);
  }

  /** An instance that came or is about to go changes itself, the place of those after it, and its parent's children. */
  arrived(instance: InstanceNode, parent: InstanceNode): void {
    this.changed.add(parent);
    for (const node of subtree(instance)) this.touch(node);
    this.touchLater(instance);
  }

  /** This node's value, visibility or place is another: what reads it has to be done again. */
  touch(node: InstanceNode): void {
    this.changed.add(node);
    for (const dependant of this.#structure.dependantsOf(node.definition)) {
      for (const target of this.#targets(dependant, node)) this.#enlist(dependant.task, target);
    }
  }

  /** Do this node's own tasks. */
  enlist(node: InstanceNode): void {
    for (const task of this.#structure.tasksOf(node.definition)) this.#enlist(task, node);
  }

  /** Do these tasks for every instance. */
  enlistTasks(tasks: readonly Task[]): void {
    for (const task of tasks) for (const node of descend(this.#root, task.way)) this.#enlist(task, node);
  }

  /** Bring a branch's relevance in line with what is around it. */
  spreadRelevance(top: InstanceNode): void {
    const pending = [top];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const relevant = node.wanted && (node.parent?.relevant ?? true);
      if (relevant === node.relevant) continue;
      node.relevant = relevant;
      this.touch(node);
      pending.push(...node.children);
    }
  }

  /** An instance came or went: those after it have another position. */
  touchLater(instance: InstanceNode): void {
    const { definition, parent, position } = instance;
    if (definition.kind !== 'repeat') return;
    for (const later of parent?.instancesOf(definition).slice(position) ?? []) this.touch(later);
  }

  /** Do what waits, and what comes to wait while doing it. */
  settle(): void {
    const { tasks } = this.#structure;
    for (let index = this.#first; index < tasks.length; index += 1) {
      const task = tasks[index];
      const nodes = task && this.#waiting.get(task);
      if (task === undefined || nodes === undefined) continue;
      if (task.readsItself) this.#runThrough(task, nodes);
      else for (const node of nodes) this.#perform(task, node);
      this.#waiting.delete(task);
    }
    this.#waiting.clear();
    this.#first = tasks.length;
  }

  /**
   * A running total goes from the first instance to the last; to each, those that come after are blank.
   * So is its own, but for once(), which asks what stands.
   */
  #runThrough(task: Task, waiting: ReadonlySet<InstanceNode>): void {
    const nodes = descend(this.#root, task.way);
    const before = nodes.map(({ value }) => value);
    for (const node of nodes) node.value = '';
    const keeps = calls(task.expression, 'once');
    nodes.forEach((node, index) => {
      const stood = before[index] ?? '';
      // One that changes has those that read it wait too.
      const isWaiting = waiting.has(node);
      node.value = isWaiting && !keeps ? '' : stood;
      const text = isWaiting ? storedText(this.#ground.evaluate(task.expression, node)) : stood;
      node.value = stood;
      this.write(node, text);
    });
  }

  #perform(task: Task, node: InstanceNode): void {
    if (!this.#isAttached(node)) return;
    switch (task.kind) {
      case 'relevant':
        this.#decide(node, toTruth(this.#ground.evaluate(task.expression, node)));
        break;
      case 'calculate':
        this.write(node, storedText(this.#ground.evaluate(task.expression, node)));
        break;
      case 'count':
        this.#resize(task, node);
    }
  }

  #decide(node: InstanceNode, wanted: boolean): void {
    if (wanted === node.wanted) return;
    node.wanted = wanted;
    this.spreadRelevance(node);
  }

  /** A count is read from where an instance would stand, since there may be none yet. */
  #resize({ definition, expression }: Task, parent: InstanceNode): void {
    const [first] = parent.instancesOf(definition);
    const stand = first ?? this.#ground.fresh(definition, parent);
    if (first === undefined) parent.put(stand);
    const wanted = countOf(this.#ground.evaluate(expression, stand));
    if (first === undefined) parent.take(stand);
    const there = parent.instancesOf(definition);
    for (const instance of there.slice(wanted).reverse()) this.remove(instance, parent);
    for (let missing = wanted - there.length; missing > 0; missing -= 1) this.add(definition, parent);
  }

  #enlist(task: Task, node: InstanceNode): void {
    const nodes = this.#waiting.get(task);
    if (nodes === undefined) this.#waiting.set(task, new Set([node]));
    else nodes.add(node);
    this.#first = Math.min(this.#first, task.place);
  }

  #targets({ task, scope, way }: Dependant, source: InstanceNode): readonly InstanceNode[] {
    let anchor: InstanceNode | undefined = source;
    while (anchor !== undefined && anchor.definition.number !== scope) anchor = anchor.parent;
    return anchor === undefined ? descend(this.#root, task.way) : descend(anchor, way);
  }

  /** False for what was removed, though it was still there when the change began. */
  #isAttached(node: InstanceNode): boolean {
    let top = node;
    while (top.parent !== undefined) top = top.parent;
    return top === this.#root;
  }
}

/** What is no number is no answer (JavaRosa stores nothing for it). */
function storedText(value: Value): string {
  return Number.isNaN(value) ? '' : toText(value);
}

function countOf(value: Value): number {
  const number = Math.trunc(toNumber(value));
  return number > 0 ? Math.min(number, GREATEST_COUNT) : 0;
}

function descend(top: InstanceNode, way: Task['way']): readonly InstanceNode[] {
  let nodes: readonly InstanceNode[] = [top];
  for (const definition of way) {
    const [only] = nodes;
    nodes =
      nodes.length === 1 && only
        ? only.instancesOf(definition)
        : nodes.flatMap((node) => [...node.instancesOf(definition)]);
  }
  return nodes;
}
