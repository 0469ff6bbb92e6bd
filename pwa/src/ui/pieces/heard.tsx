/** What can be heard of a text: a recording of people, else the form's own sound, else the phone's voice, else nothing. */

import type { Interview } from '../../app/index.ts';
import type { InstanceNode, ShownText } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { Listen } from './listen.tsx';
import { ReadAloud } from './read-aloud.tsx';
import { useSource } from './sound-source.ts';

/** More choices than these nobody keeps in mind. */
const MOST_CHOICES_READ = 20;

export interface HeardProps {
  readonly words: ShownText;
  /** The key of its recording. */
  readonly sound: string | undefined;
  /** The question whose label this is: read aloud, its hint and choices follow. */
  readonly node?: InstanceNode | undefined;
}

export function Heard({ words, sound, node }: HeardProps) {
  const { app } = useTools();
  const source = useSource(words, sound);
  const interview = app.interview.value;
  if (source === 'none') {
    return node === undefined || interview === undefined ? null : <ReadAloud texts={wholeQuestion(interview, node)} />;
  }
  if (source.sha256 === undefined) return <p class="quiet">{app.words.t('A sound goes with this. It is not here.')}</p>;
  const about = node === undefined && words.text !== '' ? words.text : undefined;
  return <Listen sha256={source.sha256} bytes={source.bytes} tongue={source.tongue} about={about} />;
}

function wholeQuestion({ form, pack }: Interview, node: InstanceNode): ShownText[] {
  const choices = node.definition.choices === undefined ? [] : form.choices(node, pack.value);
  const texts = [form.text(node, 'label', pack.value), form.text(node, 'hint', pack.value)];
  const read = choices.length <= MOST_CHOICES_READ ? choices.map(({ label }) => label) : [];
  return [...texts, ...read].filter((text) => text !== undefined);
}
