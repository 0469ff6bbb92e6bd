/** A photo, recording or file: taken or chosen, shown, taken again, taken out. It is on disk with its answer before anything else happens. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { GivenFile, Interview } from '../../app/index.ts';
import { MOST_FILE_BYTES, MOST_FILES } from '../../app/named-files.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { MoreIcon } from '../pieces/more-icons.tsx';
import { useTools } from '../tools.ts';
import { leaveCameraMark, takeCameraMark } from './camera-mark.ts';
import { KeptFile } from './kept-file.tsx';
import { shrinkPhoto } from './photo.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import {
  chooseWords,
  removedWords,
  takeWords,
  troubleWords,
  type UploadKind,
  type UploadTrouble,
  uploadKind,
} from './upload-kind.ts';
import { liveForm } from './worded-form.ts';

export function Upload({ interview, node, describedBy }: ControlProps) {
  const { words } = useTools().app;
  liveForm(interview);
  const kind = uploadKind(node);
  const mark = `${interview.responseId} ${node.path}`;
  const trouble = useSignal<UploadTrouble | undefined>(undefined);
  const working = useSignal<'shrinking' | 'saving' | undefined>(undefined);
  useEffect(() => {
    if (takeCameraMark(mark, window) && node.value === '') trouble.value = 'camera-ended-page';
  }, [mark]);
  const take = async (file: File): Promise<void> => {
    trouble.value = undefined;
    working.value = kind === 'photo' ? 'shrinking' : 'saving';
    const read = given(file, kind).then((found) => {
      working.value = 'saving';
      return found;
    });
    const coming = read.then((found) => (found === 'heic' ? undefined : found));
    const outcome = isTooLarge(file, kind) ? 'too-large' : await interview.attach(node, coming);
    working.value = undefined;
    if (outcome !== 'attached') trouble.value = (await read.catch(() => undefined)) === 'heic' ? 'heic' : outcome;
  };
  const most = { bytes: MOST_FILE_BYTES, files: MOST_FILES };
  return (
    <>
      {node.value !== '' && <KeptFile name={node.value} kind={kind} readFile={(name) => interview.readFile(name)} />}
      <div role="status">
        {working.value && (
          <p>
            {working.value === 'saving' ? words.t('Saving it on this phone…') : words.t('Making the photo smaller…')}
          </p>
        )}
      </div>
      {trouble.value !== undefined && (
        <p class="notice notice-bad" role="alert">
          {troubleWords(words, trouble.value, { kind, most })}
        </p>
      )}
      <Ways
        interview={interview}
        node={node}
        kind={kind}
        describedBy={describedBy}
        mark={mark}
        take={(file) => void take(file)}
        refuse={() => {
          trouble.value = 'draft-not-saved';
        }}
      />
      {kind === 'photo' && (
        <p class="quiet small">{words.t('Each photo is made smaller. The place where it was taken is left out.')}</p>
      )}
    </>
  );
}

interface WaysProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly kind: UploadKind;
  readonly describedBy: string | undefined;
  /** What tells this question from all others of all responses. */
  readonly mark: string;
  readonly take: (file: File) => void;
  /** The draft could not be saved: the camera may end the page, so it must not open. */
  readonly refuse: () => void;
}

/** With the camera or recorder, and from what is on the phone; the appearance `new` wants only the first. */
function Ways({ interview, node, kind, describedBy, mark, take, refuse }: WaysProps) {
  const { words } = useTools().app;
  liveForm(interview);
  const appearance = node.definition.appearance.split(' ');
  const id = questionId(node);
  const pick = { interview, node, describedBy, mark, take, refuse };
  const onlyNew = kind !== 'file' && appearance.some((word) => word.startsWith('new'));
  return (
    <div class="buttons">
      {kind !== 'file' && (
        <Pick {...pick} id={id} capture={appearance.includes('new-front') ? 'user' : 'environment'}>
          {takeWords(words, kind, node.value !== '')}
        </Pick>
      )}
      {!onlyNew && (
        <Pick {...pick} id={kind === 'file' ? id : `${id}-choose`}>
          {chooseWords(words, kind)}
        </Pick>
      )}
      <Remove interview={interview} node={node} kind={kind} />
    </div>
  );
}

interface PickProps extends Omit<WaysProps, 'kind'> {
  readonly id: string;
  readonly capture?: 'user' | 'environment';
  readonly children: string;
}

function Pick({ interview, node, describedBy, mark, take, refuse, id, capture, children }: PickProps) {
  const open = (event: MouseEvent & { readonly currentTarget: HTMLInputElement }): void => {
    if (interview.saveState.peek() === 'saved') {
      leaveCameraMark(mark, window);
      return;
    }
    const input = event.currentTarget;
    event.preventDefault();
    void interview.saved().then((saved) => (saved ? input.click() : refuse()));
  };
  const change = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file !== undefined) take(file);
    // So that the same file can be chosen again.
    input.value = '';
  };
  return (
    <label class="button button-second button-file">
      <input
        type="file"
        id={id}
        class="for-readers"
        accept={acceptOf(node)}
        {...(capture === undefined ? {} : { capture })}
        aria-describedby={describedBy}
        onClick={open}
        onChange={(event) => change(event.currentTarget)}
      />
      {capture !== undefined && <MoreIcon name={acceptOf(node).startsWith('image') ? 'camera' : 'plus'} />}
      {children}
    </label>
  );
}

function Remove({ interview, node, kind }: Pick<WaysProps, 'interview' | 'node' | 'kind'>) {
  const { app, announcer } = useTools();
  liveForm(interview);
  if (node.value === '') return null;
  const remove = (): void => {
    const before = node.value;
    interview.answer(node, '');
    document.getElementById(questionId(node))?.focus();
    announcer.say({ text: removedWords(app.words, kind), undo: () => interview.answer(node, before) });
  };
  return (
    <button type="button" class="button button-quiet" onClick={remove}>
      {app.words.t('Remove')}
    </button>
  );
}

/** Phones offer nothing sensible for `application/*`; then everything may be chosen. */
function acceptOf({ definition }: InstanceNode): string {
  return definition.media.startsWith('application/') ? '' : definition.media;
}

/** A photo becomes small whatever it was. */
function isTooLarge(file: File, kind: UploadKind): boolean {
  return kind !== 'photo' && file.size > MOST_FILE_BYTES;
}

async function given(file: File, kind: UploadKind): Promise<GivenFile | 'heic' | undefined> {
  if (kind !== 'photo') return { content: await file.arrayBuffer(), type: file.type, givenName: file.name };
  const content = await shrinkPhoto(file);
  return content === undefined || content === 'heic' ? content : { content, type: 'image/jpeg', givenName: '' };
}
