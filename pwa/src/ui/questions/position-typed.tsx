/** A position typed as two numbers, for a phone that cannot find itself. */

import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { asciiDecimal } from './decimals.ts';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

interface PositionTypedProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
}

export function PositionTyped({ interview, node }: PositionTypedProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const [latitude = '', longitude = ''] = node.value.split(' ');
  const write = (north: string, east: string): void =>
    interview.answer(node, typedGeopoint(asciiDecimal(north), asciiDecimal(east)));
  return (
    <details class="fold">
      <summary>{t('Type the position instead')}</summary>
      <div class="pair">
        <Degrees
          id={`${questionId(node)}-north`}
          label={t('Latitude, such as 51.53')}
          value={latitude}
          change={(text) => write(text, longitude)}
        />
        <Degrees
          id={`${questionId(node)}-east`}
          label={t('Longitude, such as -0.03')}
          value={longitude}
          change={(text) => write(latitude, text)}
        />
      </div>
    </details>
  );
}

interface DegreesProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}

function Degrees({ id, label, value, change }: DegreesProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="text"
        inputMode="text"
        dir="ltr"
        autoComplete="off"
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

/** Altitude and accuracy 0 mean "not known". Half a position is kept as typed; the form says what is missing. */
function typedGeopoint(latitude: string, longitude: string): string {
  if (latitude !== '' && longitude !== '') return `${latitude} ${longitude} 0 0`;
  return longitude === '' ? latitude : ` ${longitude}`;
}
