/** What is no question: marks, type, colours, buttons, notices, states, what has not arrived. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ArrivalCard } from '../src/ui/pieces/arrival-card.tsx';
import { StateChip } from '../src/ui/pieces/chip.tsx';
import { Dialogue } from '../src/ui/pieces/dialogue.tsx';
import { Drawing, Empty } from '../src/ui/pieces/drawing.tsx';
import { Icon } from '../src/ui/pieces/icons.tsx';
import { MoreIcon } from '../src/ui/pieces/more-icons.tsx';
import { useTools } from '../src/ui/tools.ts';
import { STATES } from './things.ts';

const FIRST_ICONS = ['arrow', 'check', 'clock', 'globe', 'warning'] as const;
const OTHER_ICONS = ['camera', 'cross', 'pen', 'pin', 'plus', 'safe', 'team'] as const;
const GROUNDS = ['paper', 'surface', 'sunken', 'accent-soft', 'good-soft', 'wait-soft', 'bad-soft'];

export function Board({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section class="stack" aria-label={name}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

export function Boards({ open }: { readonly open: boolean }) {
  return (
    <>
      <TypeAndColour />
      <Buttons />
      <Notices />
      <States />
      <Said open={open} />
    </>
  );
}

function TypeAndColour() {
  return (
    <Board name="Type, colours, icons">
      <p class="lead">Lead: what the page is about.</p>
      <p>
        Body, with <a href="#page">the privacy notice</a> in it. <span class="quiet">Quiet.</span>{' '}
        <span class="small">Small.</span>
      </p>
      <ul class="cards">
        {GROUNDS.map((ground) => (
          <li key={ground} class="card" style={`background: var(--${ground})`}>
            Ink on {ground}
          </li>
        ))}
      </ul>
      <p class="lead">
        {FIRST_ICONS.map((name) => (
          <Icon key={name} name={name} />
        ))}
        {OTHER_ICONS.map((name) => (
          <MoreIcon key={name} name={name} />
        ))}
      </p>
    </Board>
  );
}

function Buttons() {
  return (
    <Board name="Buttons">
      <div class="buttons">
        {['', ' button-second', ' button-quiet', ' button-danger', ' button-second button-danger'].map((look) => (
          <button key={look} type="button" class={`button${look}`}>
            Continue
          </button>
        ))}
        <button type="button" class="button" aria-busy="true">
          Sending now…
        </button>
        <button type="button" class="button" aria-disabled="true">
          Not now
        </button>
        <a class="back" href="#page">
          <Icon name="arrow" turns />
          Back
        </a>
      </div>
      <button type="button" class="button button-wide">
        Continue
      </button>
    </Board>
  );
}

function Notices() {
  return (
    <Board name="Notices">
      {['', ' notice-good', ' notice-wait', ' notice-bad'].map((look) => (
        <div key={look} class={`notice${look}`}>
          <p class="line-with-icon">
            <Icon name="warning" />
            <span>
              What is so, and <a href="#page">what to do</a>.
            </span>
          </p>
        </div>
      ))}
    </Board>
  );
}

function States() {
  return (
    <Board name="States, progress, empty">
      <p class="buttons">
        {STATES.map((state) => (
          <StateChip key={state} state={state} />
        ))}
      </p>
      {[0, 0.4, 1].map((value) => (
        <progress key={value} class="progress" value={value} max={1} aria-label={`Progress ${value}`} />
      ))}
      <ArrivalCard />
      <Empty>
        <p>Nothing has been added yet.</p>
        <div class="buttons">
          <button type="button" class="button">
            <MoreIcon name="plus" />
            Add one
          </button>
        </div>
      </Empty>
      <Drawing name="done" />
    </Board>
  );
}

/** A dialogue and a word with an Undo: on demand, and by the address. */
function Said({ open }: { readonly open: boolean }) {
  const { announcer } = useTools();
  const asked = useSignal(open);
  return (
    <Board name="Dialogue and toast">
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => announcer.say({ text: 'Bow Choir was removed.', undo: () => undefined })}
        >
          Remove
        </button>
        <button
          type="button"
          class="button button-danger"
          onClick={() => {
            asked.value = true;
          }}
        >
          Clear this phone
        </button>
      </div>
      {asked.value && (
        <Sure
          close={() => {
            asked.value = false;
          }}
        />
      )}
    </Board>
  );
}

function Sure({ close }: { readonly close: () => void }) {
  return (
    <Dialogue title="Clear this phone now? You cannot undo this." close={close}>
      <div class="buttons">
        <button type="button" class="button button-danger" onClick={close}>
          Yes, clear it
        </button>
        <button type="button" class="button button-second" onClick={close}>
          No, go back
        </button>
      </div>
    </Dialogue>
  );
}
