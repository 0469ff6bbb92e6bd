/** What an interviewer may want to know about a question, folded away until it is asked for. */

import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { LabelMedia } from '../pieces/label-media.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { liveForm } from './worded-form.ts';

export function Guidance({ interview, node }: { readonly interview: Interview; readonly node: InstanceNode }) {
  const { t } = useTools().app.words;
  const guidance = liveForm(interview).text(node, 'guidance', interview.pack.value);
  if (guidance === undefined) return null;
  return (
    <details class="fold">
      <summary>{t('More about this question')}</summary>
      <p class="hint">
        <Shown words={guidance} />
      </p>
      <LabelMedia words={guidance} />
    </details>
  );
}
