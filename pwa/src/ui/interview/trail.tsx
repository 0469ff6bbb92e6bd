/** The names of the things around a page, from the widest to the nearest. */

import type { Said } from '../pieces/shown.tsx';
import { Shown } from '../pieces/shown.tsx';

export function Trail({ names }: { readonly names: readonly Said[] }) {
  return (
    <>
      {names.map((name, index) => (
        <span key={name.text}>
          {index > 0 && ' › '}
          <Shown words={name} />
        </span>
      ))}
    </>
  );
}
