/**
 * The pages of an interview, worked out afresh from the form's tree whenever it changes. Pure.
 *
 * One page per question; one for all questions of a group with the appearance `field-list`; one list page per repeat. Other groups
 * leave no trace. The pages of a repeat's instances stand before its list page, so that a person who goes on comes back to the list.
 *
 * Equality questions are a part of their own: they come after the answers to check, wherever the form has them, and have a check of
 * their own.
 *
 * An address is a chain of numbers: node number, with repeat number and position in front for every repeat around it. `4.2.7` is
 * question 7 in the second instance of repeat 4; `4` is the list page of repeat 4. It is the same in every language.
 */

import type { NodeDefinition } from '../formlogic/definition.ts';
import type { Form, InstanceNode } from '../formlogic/form.ts';

/** `equality`: the questions that come after the other answers were checked. */
export type PagePart = 'main' | 'equality';

interface Place {
  readonly part: PagePart;
  readonly address: string;
  /** Which instance the page belongs to, as the address of that instance (`4.2`); '' outside all repeats. */
  readonly scope: string;
  /** Address of the list page that this page's instance is listed on; '' outside all repeats. */
  readonly inside: string;
}

export interface QuestionsPage extends Place {
  readonly kind: 'questions';
  /** The field-list group they stand in. Absent: a page of one question. */
  readonly group?: InstanceNode;
  /** Relevant leaves that are shown to a person; at least one. */
  readonly nodes: readonly InstanceNode[];
}

export interface ListPage extends Place {
  readonly kind: 'list';
  readonly parent: InstanceNode;
  readonly repeat: NodeDefinition;
  readonly instances: readonly InstanceNode[];
}

export type Page = QuestionsPage | ListPage;

export function pagesOf(form: Form): readonly Page[] {
  const ground = { form, children: childDefinitions(form) };
  const pages = pagesUnder(form.root, ground, { part: 'main', scope: '', inside: '' });
  return [...pagesIn(pages, 'main'), ...pagesIn(pages, 'equality')];
}

export function pagesIn(pages: readonly Page[], part: PagePart): readonly Page[] {
  return pages.filter((page) => page.part === part);
}

/** On the first page of a part a person is told what becomes of the answers, and is asked whether they agree. */
export function opensPart(pages: readonly Page[], page: Page): boolean {
  return pagesIn(pages, page.part)[0]?.address === page.address;
}

/** Of a node directly below the root. */
export function partOf({ kind, name }: NodeDefinition): PagePart {
  return kind === 'group' && name === 'equality' ? 'equality' : 'main';
}

export function pageAt(pages: readonly Page[], address: string): Page | undefined {
  return pages.find((page) => page.address === address);
}

/** For an address that may be out of date: that page, else the last one before its place, else the first. */
export function pageNear(pages: readonly Page[], address: string): Page | undefined {
  const wanted = Number.parseInt(address, 10);
  const before = pages.filter((page) => page.scope === '' && Number.parseInt(page.address, 10) <= wanted);
  return pageAt(pages, address) ?? before[before.length - 1] ?? pages[0];
}

/** The page on which this question can be answered. */
export function pageOf(pages: readonly Page[], node: InstanceNode): Page | undefined {
  return pages.find((page) => page.kind === 'questions' && page.nodes.includes(node));
}

/** Where Continue leads; undefined: to the answers of its part to check. A list whose only instance is still blank is skipped in favour of that instance. */
export function pageAfter(pages: readonly Page[], page: Page): Page | undefined {
  const rest = pagesIn(pages.slice(placeOf(pages, page) + 1), page.part);
  const next = rest.find(({ scope, address }) => scope === page.scope || address === page.inside);
  if (next?.kind !== 'list' || next.address === page.inside) return next;
  const [only, ...others] = next.instances;
  const untouched = only !== undefined && others.length === 0 && isUntouched(only);
  return (untouched && firstPageIn(pages, next, only)) || next;
}

/** By address and not by identity, because pages are made afresh with every change. */
function placeOf(pages: readonly Page[], page: Page): number {
  return pages.findIndex(({ address }) => address === page.address);
}

/** Where Back leads; undefined: out of the interview, or to the check before the equality questions. */
export function pageBefore(pages: readonly Page[], page: Page): Page | undefined {
  const before = pages
    .slice(0, placeOf(pages, page))
    .filter(({ part, scope }) => part === page.part && scope === page.scope);
  return before[before.length - 1] ?? (page.inside === '' ? undefined : pageAt(pages, page.inside));
}

export function firstPageIn(pages: readonly Page[], list: ListPage, instance: InstanceNode): Page | undefined {
  return pages.find((page) => page.scope === `${list.address}.${instance.position}`);
}

/** How far through the form this page lies, over 0 and under 1: by its place in the form, because answers make pages come and go. */
export function progressOf(form: Form, page: Page): number {
  const last =
    page.kind === 'list' ? lastInside(form, page.repeat) : (page.nodes[page.nodes.length - 1]?.definition.number ?? 0);
  return last / form.logic.nodes.length;
}

/** Still as the form made it: a person has answered nothing in it. */
export function isUntouched(node: InstanceNode): boolean {
  if (node.definition.kind !== 'leaf') return node.children.every(isUntouched);
  return node.definition.control === undefined || node.value === node.definition.value;
}

/** Is there something here to show to a person, now? */
export function isShown(node: InstanceNode): boolean {
  return node.relevant && node.definition.kind === 'leaf' && node.definition.control !== undefined;
}

/** Nodes are numbered in pre-order: what is inside a repeat follows it. */
function lastInside(form: Form, repeat: NodeDefinition): number {
  const after = form.logic.nodes.find(({ number, parent }) => number > repeat.number && parent < repeat.number);
  return (after?.number ?? form.logic.nodes.length) - 1;
}

type Children = ReadonlyMap<number, readonly NodeDefinition[]>;
interface Ground {
  readonly form: Form;
  readonly children: Children;
}
type Scope = Pick<Place, 'part' | 'scope' | 'inside'>;

/** By definition and not by instance, because a repeat without instances has a list page too. */
function childDefinitions(form: Form): Children {
  const children = new Map<number, NodeDefinition[]>();
  for (const definition of form.logic.nodes) {
    const siblings = children.get(definition.parent);
    if (siblings === undefined) children.set(definition.parent, [definition]);
    else siblings.push(definition);
  }
  return children;
}

function pagesUnder(parent: InstanceNode, ground: Ground, scope: Scope): readonly Page[] {
  return (ground.children.get(parent.definition.number) ?? []).flatMap((definition) => {
    if (definition.kind === 'repeat') return listPages(parent, definition, ground, scope);
    const nodes = ground.form.instances(parent, definition).filter((node) => node.relevant);
    const within = definition.parent === 0 ? { ...scope, part: partOf(definition) } : scope;
    return nodes.flatMap((node) => pagesOfNode(node, ground, within));
  });
}

function pagesOfNode(node: InstanceNode, ground: Ground, scope: Scope): readonly Page[] {
  if (node.definition.kind === 'leaf') return isShown(node) ? [questions([node], scope)] : [];
  const pages = pagesUnder(node, ground, scope);
  return isFieldList(node) ? joined(pages, node, scope) : pages;
}

function listPages(parent: InstanceNode, repeat: NodeDefinition, ground: Ground, scope: Scope): readonly Page[] {
  if (repeat.control === undefined || !isOpen(parent, repeat, ground.form)) return [];
  const instances = ground.form.instances(parent, repeat).filter((node) => node.relevant);
  const address = addressIn(scope, repeat);
  const inner = instances.flatMap((instance) => {
    const within = { ...scope, scope: `${address}.${instance.position}`, inside: address };
    return pagesOfNode(instance, ground, within);
  });
  return [...inner, { kind: 'list', address, ...scope, parent, repeat, instances }];
}

/** A repeat is closed when it is not relevant: by its instances, or, as long as it has none, by what the first would be. */
function isOpen(parent: InstanceNode, repeat: NodeDefinition, form: Form): boolean {
  const nodes = form.instances(parent, repeat);
  return nodes.length === 0 ? form.wouldBe(parent, repeat).relevant : nodes.some((node) => node.relevant);
}

function isFieldList(node: InstanceNode): boolean {
  return node.definition.appearance.split(' ').includes('field-list');
}

/**
 * Questions that follow one another become one page, which keeps the group's address whichever of them are relevant. A list between
 * them keeps its own page, and so splits the group; what follows it has the address of its first question.
 */
function joined(pages: readonly Page[], group: InstanceNode, scope: Scope): readonly Page[] {
  const result: Page[] = [];
  for (const page of pages) {
    const last = result[result.length - 1];
    if (page.kind === 'list' || page.scope !== scope.scope) result.push(page);
    else if (last?.kind === 'questions' && last.scope === scope.scope)
      result[result.length - 1] = { ...last, nodes: [...last.nodes, ...page.nodes] };
    else if (result.length === 0) result.push({ ...page, group, address: addressIn(scope, group.definition) });
    else result.push({ ...page, group });
  }
  return result;
}

function questions(nodes: readonly [InstanceNode], scope: Scope): QuestionsPage {
  return { kind: 'questions', address: addressIn(scope, nodes[0].definition), ...scope, nodes };
}

function addressIn({ scope }: Scope, definition: NodeDefinition): string {
  return scope === '' ? String(definition.number) : `${scope}.${definition.number}`;
}
