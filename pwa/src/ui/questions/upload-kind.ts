/** The four things that can be given as a file, and what is said about each. */

import type { AttachOutcome } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';

export type UploadKind = 'photo' | 'sound' | 'video' | 'file';
export type UploadTrouble = Exclude<AttachOutcome, 'attached'> | 'draft-not-saved' | 'heic' | 'camera-ended-page';

const BYTES_PER_MEGABYTE = 1_048_576;

export function uploadKind({ definition }: InstanceNode): UploadKind {
  switch (definition.media) {
    case 'image/*':
      return 'photo';
    case 'audio/*':
      return 'sound';
    case 'video/*':
      return 'video';
    default:
      return 'file';
  }
}

/** On the button that opens the camera or the recorder. `again`: there is one already, which it replaces. */
export function takeWords({ t }: Words, kind: Exclude<UploadKind, 'file'>, again: boolean): string {
  switch (kind) {
    case 'photo':
      return again ? t('Take the photo again') : t('Take a photo');
    case 'sound':
      return again ? t('Record the sound again') : t('Record sound');
    case 'video':
      return again ? t('Record the video again') : t('Record a video');
  }
}

/** On the button that shows what is on the phone already. */
export function chooseWords({ t }: Words, kind: UploadKind): string {
  switch (kind) {
    case 'photo':
      return t('Choose a photo from this phone');
    case 'sound':
      return t('Choose a recording from this phone');
    case 'video':
      return t('Choose a video from this phone');
    case 'file':
      return t('Choose a file from this phone');
  }
}

export function removedWords({ t }: Words, kind: UploadKind): string {
  switch (kind) {
    case 'photo':
      return t('The photo was removed.');
    case 'sound':
      return t('The recording was removed.');
    case 'video':
      return t('The video was removed.');
    case 'file':
      return t('The file was removed.');
  }
}

export function nameOfKind({ t }: Words, kind: UploadKind): string {
  switch (kind) {
    case 'photo':
      return t('A photo');
    case 'sound':
      return t('A recording');
    case 'video':
      return t('A video');
    case 'file':
      return t('A file');
  }
}

export function troubleWords(words: Words, trouble: UploadTrouble, { kind, most }: Limits): string {
  const { t } = words;
  switch (trouble) {
    case 'unreadable':
      return kind === 'photo'
        ? t('This browser cannot read that photo. Take a new one, or choose another one.')
        : t('This browser could not read that file. Try again, or choose another one.');
    case 'heic':
      return t(
        'This photo is a HEIC file, which this browser cannot read. Take it with the button here, or send it to this phone as a JPEG.',
      );
    case 'camera-ended-page':
      return t(
        'The camera closed this page before the photo was here. Your answers are saved. Take or choose it again.',
      );
    case 'too-large':
      return tooLargeWords(words, kind, most.bytes / BYTES_PER_MEGABYTE);
    case 'too-many':
      return t('There is room for {count} photos and files here, and you have that many. Remove one first.', {
        count: most.files,
      });
    case 'not-saved':
      return t(
        'This phone had no room for it. Remove some photos or apps, then try again. Your other answers are saved.',
      );
    case 'not-now':
      return t(
        'This part of Fieldwell is not on this phone yet. What you answered is saved. Connect to the internet once, then try again.',
      );
    case 'draft-not-saved':
      return t('Your answers are not saved yet, so the camera stays closed. Close other apps, then try again.');
  }
}

interface Limits {
  readonly kind: UploadKind;
  readonly most: { readonly bytes: number; readonly files: number };
}

function tooLargeWords({ t }: Words, kind: UploadKind, megabytes: number): string {
  switch (kind) {
    case 'sound':
    case 'video':
      return t('This recording is larger than {megabytes} MB. Record a shorter one, or in a lower quality.', {
        megabytes,
      });
    case 'photo':
    case 'file':
      return t('This file is larger than {megabytes} MB. Choose a smaller one.', { megabytes });
  }
}
