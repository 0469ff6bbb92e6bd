/** A position typed as two numbers, for a phone that cannot find itself. */

import { useSignal } from '@preact/signals';
import { useTools } from '../tools.ts';
import { asciiDecimal } from './decimals.ts';

interface PositionTypedProps {
  /** As it is stored. */
  readonly value: string;
  readonly id: string;
  readonly set: (geopoint: string) => void;
  /** What is stored of what is typed. */
  readonly stored: (geopoint: string) => string;
}

/** What was typed stays in the fields, also where only a rough position is stored of it. */
export function PositionTyped({ value, id, set, stored }: PositionTypedProps) {
  const { t } = useTools().app.words;
  const typed = useSignal({ north: '', east: '', geopoint: '' });
  const [latitude = '', longitude = ''] = value.split(' ');
  const isTyped = stored(typed.value.geopoint) === value;
  const { north, east } = isTyped ? typed.value : { north: latitude, east: longitude };
  const write = (fields: { readonly north: string; readonly east: string }): void => {
    const geopoint = typedGeopoint(asciiDecimal(fields.north), asciiDecimal(fields.east));
    typed.value = { ...fields, geopoint };
    set(geopoint);
  };
  return (
    <details class="fold">
      <summary>{t('Type the position instead')}</summary>
      <div class="pair">
        <Degrees
          id={`${id}-north`}
          label={t('Latitude, such as 51.53')}
          value={north}
          change={(text) => write({ north: text, east })}
        />
        <Degrees
          id={`${id}-east`}
          label={t('Longitude, such as -0.03')}
          value={east}
          change={(text) => write({ north, east: text })}
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
