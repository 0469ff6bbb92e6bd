/** Bytes as an address that `<img>`, `<audio>` and `<video>` can show. */

import { useEffect, useState } from 'preact/hooks';
import type { StoredFile } from '../../app/index.ts';

/** Undefined until there is something to show; let go of when it is no longer shown. */
export function useObjectUrl(file: StoredFile | undefined): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (file === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([file.content], { type: file.type }));
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
