/** The sign of Fieldwell: furrows of a field that lead to a well, and the drop in it. Leads home. */

export function Wordmark() {
  return (
    <a class="wordmark" href="/" translate={false} lang="en" dir="ltr">
      <svg width="34" height="34" viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="9" fill="currentColor" />
        <path
          d="M4 27.5c4.5-6 8-8.5 12-8.5s7.5 2.5 12 8.5M10 29c2-3 4-4.3 6-4.3s4 1.3 6 4.3"
          stroke="var(--paper)"
          stroke-width="2"
          stroke-linecap="round"
        />
        <path d="M16 4.5c3 3.6 4.5 5.8 4.5 8a4.5 4.5 0 0 1-9 0c0-2.2 1.5-4.4 4.5-8z" fill="var(--sun)" />
      </svg>
      Fieldwell
    </a>
  );
}
