/** The mark of Fieldwell, drawn as in `scripts/icons.ts`, and its name in letters of our own, in the colours of the page. Leads home. */

/** Strokes with round ends, on a grid of 104 by 24: the w is two wells, and the sun stands over the i. */
const LETTERS =
  'M2 20V4h8M2 11.5h7M15 10v10M20 15h10a5 5 0 1 0-1.6 3.7M34.5 3v14a3 3 0 0 0 3 3M51 15a5 5 0 1 0-10 0 5 5 0 0 0 10 0M51 3v17M56 10v6a4 4 0 0 0 8 0v-6m0 6a4 4 0 0 0 8 0v-6M77 15h10a5 5 0 1 0-1.6 3.7M91.5 3v14a3 3 0 0 0 3 3M98.5 3v14a3 3 0 0 0 3 3';

export function Wordmark() {
  return (
    <a class="wordmark" href="/" translate={false} lang="en" dir="ltr">
      <svg width="34" height="34" viewBox="0 0 512 512" aria-hidden="true" focusable="false">
        <rect width="512" height="512" rx="96" fill="currentColor" />
        <g fill="var(--paper)">
          <circle cx="256" cy="256" r="168" />
          <circle cx="256" cy="282" r="142" fill="currentColor" />
          <circle cx="256" cy="312" r="112" />
          <circle cx="256" cy="338" r="86" fill="currentColor" />
        </g>
        <circle cx="256" cy="368" r="56" fill="var(--sun)" />
      </svg>
      <svg class="letters" viewBox="0 0 104 24" role="img" aria-label="Fieldwell" focusable="false">
        <path d={LETTERS} />
        <circle cx="15" cy="4.6" r="2.2" />
      </svg>
    </a>
  );
}
