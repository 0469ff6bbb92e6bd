/** The pictures and videos of one text, each shown from this phone, or said to be missing. What is heard: heard.tsx. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { StoredFile } from '../../app/index.ts';
import type { MediaFile, ShownText } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { useObjectUrl } from './object-url.ts';

type MediaFilesProps = Required<Pick<ShownText, 'text' | 'media'>>;
type Kind = 'image' | 'video';

export function MediaFiles({ text, media: { image, video } }: MediaFilesProps) {
  return (
    <div class="media">
      {image && <File kind="image" file={image} text={text} />}
      {video && <File kind="video" file={video} text={text} />}
    </div>
  );
}

interface FileProps {
  readonly kind: Kind;
  readonly file: MediaFile;
  readonly text: string;
}

function File({ kind, file, text }: FileProps) {
  const { words } = useTools().app;
  const url = useObjectUrl(useMedia(file.sha256));
  if (url === undefined) return <p class="quiet">{missingSentence(words, kind)}</p>;
  const name = text === '' ? nameInWords(file.name) : text;
  switch (kind) {
    case 'image':
      // The words say it already; without words, the name that its author gave the file is all we know of it.
      return <img class="media-picture" src={url} alt={text === '' ? name : ''} />;
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: forms carry no captions; the words beside it say what it shows.
        <video
          class="media-picture"
          controls
          playsInline
          src={url}
          preload="metadata"
          aria-label={words.t('Watch: {words}', { words: name })}
        />
      );
  }
}

/** From this phone; looked for again when it has arrived meanwhile. */
function useMedia(sha256: string | undefined): StoredFile | undefined {
  const { app } = useTools();
  const found = useSignal<StoredFile | undefined>(undefined);
  const here = sha256 !== undefined && app.media.value.has(sha256);
  useEffect(() => {
    found.value = undefined;
    if (!here) return;
    void app.actions.readMedia(sha256).then((file) => {
      found.value = file;
    });
  }, [sha256, here]);
  return found.value;
}

function missingSentence({ t }: Words, kind: Kind): string {
  switch (kind) {
    case 'image':
      return t('A picture goes with this. It is not on this phone yet.');
    case 'video':
      return t('A video goes with this. It is not on this phone yet.');
  }
}

/** `bus_stop.png` → `bus stop` */
function nameInWords(name: string): string {
  return name.replace(/\.[^.]*$/, '').replace(/[_-]+/g, ' ');
}
