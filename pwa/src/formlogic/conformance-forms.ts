/** Runs one form case: begin a response, take the steps, compare what each check names. */
import { isDeepStrictEqual } from 'node:util';
import { entriesOf, type Fields, listOf, optional, recordOf, textOf } from './border.ts';
import { countingSurroundings } from './conformance-surroundings.ts';
import { type NodeDefinition, parseLogic, parseTextPack, type TextKind, type TextPack } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { begin, type Form, type InstanceNode, type MediaFiles } from './form.ts';
import { subtree } from './instance.ts';
import { parseTable } from './list-tables.ts';

/** What differs, in words, with the number of the step; nothing when all is as expected. */
export function runFormCase(fields: Fields): string[] {
  const player = new Player(fields);
  return listOf(fields.get('steps'), 'steps').flatMap((step, index) => {
    return player.take(recordOf(step, `steps[${index}]`)).map((problem) => `step ${index + 1}: ${problem}`);
  });
}

/** A response that takes the steps of vectors; `form` and `pack` are as the last step left them. */
export class Player {
  readonly form: Form;
  pack: TextPack;
  readonly #packs = new Map<string, TextPack>();

  constructor(fields: Fields) {
    const files = optional(fields.get('fileLists'), (given) => entriesOf(given, 'fileLists')) ?? [];
    const lists = new Map(files.map(([id, table]) => [id, parseTable(recordOf(table, id), id)]));
    this.form = begin(parseLogic(fields.get('logic')), countingSurroundings(fields.get('now')), lists);
    for (const [lang, pack] of entriesOf(fields.get('texts'), 'texts')) this.#packs.set(lang, parseTextPack(pack));
    this.pack = this.#speak(textOf(fields.get('default_language'), 'default_language'));
  }

  take(step: Fields): string[] {
    const [verb] = step.keys();
    if (step.has('check')) return this.#check(step);
    if (step.has('finish')) {
      this.form.finish();
      return [];
    }
    const operand = textOf(step.get(verb ?? ''), 'step');
    if (step.has('answer'))
      this.form.answer(this.#at(textOf(step.get('answer'), 'answer')), textOf(step.get('value'), 'value'));
    else if (verb === 'add') this.form.addRepeat(...this.#repeatAt(operand));
    else if (verb === 'remove') this.form.removeRepeat(this.#at(operand));
    else if (verb === 'language') this.pack = this.#speak(operand);
    else throw new DefinitionError('steps', `${String(verb)} is not a kind of step`);
    return [];
  }

  #speak(lang: string): TextPack {
    const pack = this.#packs.get(lang);
    if (pack === undefined) throw new DefinitionError('language', `the form has no language ${lang}`);
    this.form.useTexts(pack);
    return pack;
  }

  #check(step: Fields): string[] {
    const subject = textOf(step.get('check'), 'check');
    const facts = [...step].filter(([fact]) => fact !== 'check');
    return facts.flatMap(([fact, expected]) => {
      const got = this.#fact(subject, fact);
      const isRight = isDeepStrictEqual(got, expected);
      return isRight ? [] : [`${subject} ${fact}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
    });
  }

  #fact(subject: string, fact: string): unknown {
    if (subject === 'answers') return JSON.parse(this.form.finalJson());
    if (subject === 'problems') return this.form.problems().map(({ path, code }) => ({ path, code }));
    if (fact === 'count') return this.form.instances(...this.#repeatAt(subject)).length;
    return this.#factOf(this.#at(subject), fact);
  }

  #factOf(node: InstanceNode, fact: string): unknown {
    switch (fact) {
      case 'value':
      case 'relevant':
      case 'required':
      case 'readonly':
        return node[fact];
      case 'valid':
        return [...subtree(node)].every((inner) => inner.problem === undefined);
      case 'problem':
        return node.problem ?? null;
      case 'choices':
        return this.form.choices(node, this.pack).map((choice) => choice.value);
      case 'labels':
        return this.form.choices(node, this.pack).map((choice) => choice.label.text);
      case 'label':
      case 'hint':
      case 'guidance':
      case 'required_message':
        return this.#said(node, fact);
      case 'media':
        return filesOf(this.form.text(node, 'label', this.pack)?.media ?? {});
      case 'message':
        return this.#said(node, 'constraint_message');
      default:
        throw new DefinitionError('check', `${fact} is not a kind of check`);
    }
  }

  #said(node: InstanceNode, which: TextKind): string | null {
    return this.form.text(node, which, this.pack)?.text ?? null;
  }

  #at(path: string): InstanceNode {
    const node = this.form.find(path);
    if (node === undefined) throw new DefinitionError('path', `there is no ${path} in this response`);
    return node;
  }

  #repeatAt(path: string): [InstanceNode, NodeDefinition] {
    const slash = path.lastIndexOf('/');
    const parent = this.#at(path.slice(0, slash));
    const isIt = ({ kind, name, parent: above }: NodeDefinition): boolean =>
      kind === 'repeat' && name === path.slice(slash + 1) && above === parent.definition.number;
    const repeat = this.form.logic.nodes.find(isIt);
    if (repeat === undefined) throw new DefinitionError('path', `there is no repeat ${path} in this form`);
    return [parent, repeat];
  }
}

function filesOf(media: MediaFiles): object {
  return Object.fromEntries(Object.entries(media).map(([kind, file]) => [kind, file.name]));
}
