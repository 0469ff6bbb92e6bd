/**
 * One change and all that follows from it, until everything is right again.
 *
 * Tasks wait in the order that the server worked out (what is read comes before what reads it), so each is done at
 * most once, after all it depends on. Nothing recurses: a chain of calculations may be as long as the form.
 * Only what really became different is passed on.
 */
import type { Expr } from './expression.ts';
import { type InstanceNode, subtree } from './instance.ts';
import type { Dependant, Structure, Task } from './structure.ts';
import { toText, toTruth, type Value } from './values.ts';

export class Ripple {
  /** Nodes with another value or relevance than before. */
  readonly changed = new Set<InstanceNode>();
  readonly #structure: Structure;
  readonly #root: InstanceNode;
  readonly #evaluate: (expression: Expr, node: InstanceNode) => Value;
  readonly #waiting = new Map<Task, Set<InstanceNode>>();
  /** No task before this place is waiting. */
  #first: number;

  constructor(structure: Structure, root: InstanceNode, evaluate: (expression: Expr, node: InstanceNode) => Value) {
    this.#structure = structure;
    this.#root = root;
    this.#evaluate = evaluate;
    this.#first = structure.tasks.length;
  }

  /** This node's value, visibility or place is another: what reads it has to be done again. */
  touch(node: InstanceNode): void {
    this.changed.add(node);
    for (const dependant of this.#structure.dependantsOf(node.definition)) {
      for (const target of this.#targets(dependant, node)) this.#enlist(dependant.task, target);
    }
  }

  /** A whole branch came or is about to go. */
  touchAll(top: InstanceNode): void {
    for (const node of subtree(top)) this.touch(node);
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
    this.touchLater(top);
  }

  /** An instance came, went, was shown or hidden: those after it have another position. */
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
      // A running total depends on the instances before it: all of them, from the first.
      const inOrder = task.readsItself ? descend(this.#root, task.way) : nodes;
      for (const node of inOrder) this.#perform(task, node);
      this.#waiting.delete(task);
    }
    this.#waiting.clear();
    this.#first = tasks.length;
  }

  #perform(task: Task, node: InstanceNode): void {
    if (!this.#isAttached(node)) return;
    const value = this.#evaluate(task.expression, node);
    if (task.kind === 'relevant') {
      const wanted = toTruth(value);
      if (wanted === node.wanted) return;
      node.wanted = wanted;
      this.spreadRelevance(node);
      return;
    }
    // What is no number is no answer (JavaRosa stores nothing for it).
    const text = Number.isNaN(value) ? '' : toText(value);
    if (text === node.value) return;
    node.value = text;
    this.touch(node);
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
