/** Controls that a first question seldom has: fetched apart, with their styles (ui/later.ts). */

import type { ControlKind } from './appearance.ts';
import { DateAnswer } from './date.tsx';
import { DateTimeAnswer, TimeAnswer } from './date-time.tsx';
import { asciiDecimal } from './decimals.ts';
import { LongList } from './long-list.tsx';
import { Menu } from './menu.tsx';
import { Position } from './position.tsx';
import type { ControlProps } from './question.tsx';
import { RangeAnswer } from './range.tsx';
import { Ranking } from './ranking.tsx';
import { Trigger } from './trigger.tsx';
import { NumberField } from './typed.tsx';
import { Upload } from './upload.tsx';

type LaterKind = Exclude<ControlKind, 'given' | 'text' | 'whole-number' | 'one' | 'many'>;

export function LaterControl({ kind, ...control }: ControlProps & { readonly kind: LaterKind }) {
  switch (kind) {
    case 'decimal':
      return <NumberField {...control} inputMode="decimal" stored={asciiDecimal} />;
    case 'date':
      return <DateAnswer {...control} />;
    case 'time':
      return <TimeAnswer {...control} />;
    case 'date-time':
      return <DateTimeAnswer {...control} />;
    case 'position':
      return <Position {...control} />;
    case 'menu':
      return <Menu {...control} />;
    case 'long-list':
      return <LongList {...control} />;
    case 'rank':
      return <Ranking {...control} />;
    case 'range':
      return <RangeAnswer {...control} />;
    case 'trigger':
      return <Trigger {...control} />;
    case 'upload':
      return <Upload {...control} />;
  }
}
