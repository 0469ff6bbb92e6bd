/** Waits for a moment in which nobody waits for anything. */

/** So long without a touch, a key or an answer from the network is a pause. */
const PAUSE_MS = 1_000;
/** Being able to open without a network matters more than a quick second page: it is put off no longer than this. */
const LATEST_MS = 10_000;

/** Run once, in the first pause. */
export function whenQuiet(run: () => void): void {
  let pause = 0;
  const settle = (): void => {
    clearTimeout(pause);
    clearTimeout(latest);
    traffic?.disconnect();
    for (const kind of ['pointerdown', 'keydown']) window.removeEventListener(kind, stir, true);
    run();
  };
  const stir = (): void => {
    clearTimeout(pause);
    pause = window.setTimeout(settle, PAUSE_MS);
  };
  const latest = window.setTimeout(settle, LATEST_MS);
  const traffic = watchTraffic(stir);
  for (const kind of ['pointerdown', 'keydown']) window.addEventListener(kind, stir, true);
  stir();
}

/** Calls after everything that was fetched. Where the browser does not tell, touches alone have to do. */
function watchTraffic(fetched: () => void): PerformanceObserver | undefined {
  if (typeof PerformanceObserver === 'undefined') return undefined;
  const observer = new PerformanceObserver(fetched);
  observer.observe({ type: 'resource' });
  return observer;
}
