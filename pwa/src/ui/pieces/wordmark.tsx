/** The mark of Fieldwell, drawn as in `scripts/icons.ts`, in the colours of the page. Leads home. */

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
      Fieldwell
    </a>
  );
}
