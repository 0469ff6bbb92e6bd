/**
 * Plays random forms beside the reference engine (tests/fuzz): lines of JSON in, lines of JSON out.
 *
 * `{"begin": {logic, texts, default_language, fileLists, now}}` begins a response, `{"step": …}` takes a step as vectors
 * have them, `{"functions": true}` names the functions; each is answered with the state, or with `{"error": "…"}`.
 */
import { createInterface } from 'node:readline';
import { recordOf } from './border.ts';
import { Player } from './conformance-forms.ts';
import type { TextKind } from './definition.ts';
import { PLAIN_FUNCTIONS } from './evaluate.ts';
import type { InstanceNode } from './form.ts';
import { LATER_FUNCTIONS } from './functions-later.ts';
import { subtree } from './instance.ts';

let player: Player | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${answerTo(line)}\n`);
}

function answerTo(line: string): string {
  try {
    const question = recordOf(JSON.parse(line), 'line');
    if (question.has('functions'))
      return JSON.stringify({ functions: [...PLAIN_FUNCTIONS, ...LATER_FUNCTIONS.keys()] });
    if (question.has('begin')) player = new Player(recordOf(question.get('begin'), 'begin'));
    else player?.take(recordOf(question.get('step'), 'step'));
    return player === undefined ? '{}' : stateOf(player);
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** All there is to see; made as text, since the names of a form may be any. */
function stateOf({ form, pack }: Player): string {
  const elements = [...subtree(form.root)].map((node) => {
    const texts = (['label', 'hint'] satisfies TextKind[]).map((which) => [
      which,
      form.text(node, which, pack)?.text ?? null,
    ]);
    const seen = { relevant: node.relevant, readonly: node.readonly, ...Object.fromEntries(texts), ...factsOf(node) };
    const choices = node.definition.choices && form.choices(node, pack).map(({ value, label }) => [value, label.text]);
    return `${JSON.stringify(node.path)}:${JSON.stringify(choices ? { ...seen, choices } : seen)}`;
  });
  return `{"elements":{${elements.join(',')}},"answers":${form.finalJson()}}`;
}

function factsOf(node: InstanceNode): object {
  if (node.definition.kind !== 'leaf') return {};
  return { value: node.value, required: node.required, problem: node.problem ?? null };
}
