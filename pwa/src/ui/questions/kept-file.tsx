/** A photo, recording or file that was given, as this phone keeps it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FileOutcome, GivenFile } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useObjectUrl } from '../pieces/object-url.ts';
import { useTools } from '../tools.ts';
import { nameOfKind, type UploadKind } from './upload-kind.ts';

const BYTES_PER_KILOBYTE = 1_000;
const BYTES_PER_MEGABYTE = 1_000_000;

interface KeptFileProps {
  readonly name: string;
  readonly kind: UploadKind;
  readonly readFile: (name: string) => Promise<FileOutcome>;
}

export function KeptFile({ name, kind, readFile }: KeptFileProps) {
  const { words } = useTools().app;
  const { t } = words;
  const outcome = useSignal<FileOutcome | undefined>(undefined);
  // Another name is another file.
  useEffect(() => {
    outcome.value = undefined;
    void readFile(name).then((read) => {
      outcome.value = read;
    });
  }, [name]);
  switch (outcome.value?.kind) {
    case undefined:
      return null;
    case 'here':
      return <Preview file={outcome.value.file} kind={kind} />;
    case 'not-now':
      return <p class="quiet">{nameOfKind(words, kind)}</p>;
    case 'missing':
      return <p class="notice notice-bad">{t('This file is not on this phone any more. Add it again if you can.')}</p>;
    case 'damaged':
      return <p class="notice notice-bad">{t('This file is damaged on this phone. Add it again if you can.')}</p>;
  }
}

/** A person's recording has no captions, and a browser that cannot play it still shows how large it is. */
function Preview({ file, kind }: { readonly file: GivenFile; readonly kind: UploadKind }) {
  const { words } = useTools().app;
  const url = useObjectUrl(file);
  const name = nameOfKind(words, kind);
  return (
    <figure class="media">
      {kind === 'photo' && <img class="media-picture" src={url} alt={name} />}
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said. */}
      {kind === 'sound' && <audio controls src={url} aria-label={name} />}
      {/* biome-ignore lint/a11y/useMediaCaption: as above. */}
      {kind === 'video' && <video class="media-picture" controls playsInline src={url} aria-label={name} />}
      <figcaption class="quiet small">
        {file.givenName !== '' && (
          <>
            <bdi lang="">{file.givenName}</bdi>
            {' · '}
          </>
        )}
        {sizeWords(words, file.content.byteLength)}
      </figcaption>
    </figure>
  );
}

function sizeWords({ t }: Words, bytes: number): string {
  if (bytes < BYTES_PER_MEGABYTE) return t('{kilobytes} kB', { kilobytes: Math.ceil(bytes / BYTES_PER_KILOBYTE) });
  return t('{megabytes} MB', { megabytes: Math.round((bytes / BYTES_PER_MEGABYTE) * 10) / 10 });
}
