// Runs before the page's own scripts: walks to the first question, and tells for each key how long the page was busy with
// it. Settled: no change of the document and no busy main thread for a while after; the last of both is the moment.
(() => {
  if (location.protocol === 'about:') return;
  const { field, steps, quiet, busy, follows, ready } = SETTINGS;
  const bench = { field: null, pressed: null, painted: null, changed: 0, gaps: [] };
  window.bench = bench;

  const canBeSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !element.disabled && element.checkVisibility({ visibilityProperty: true });
  };
  const seen = (selector) => [...document.querySelectorAll(selector)].filter(canBeSeen);
  const taken = new Set();
  const look = () => {
    if (bench.field === null && seen(field).length > 0) bench.field = performance.now();
    const next = bench.field === null && steps.find((selector) => !taken.has(selector) && seen(selector).length > 0);
    if (next) {
      taken.add(next);
      seen(next)[0].click();
    }
    if (bench.field === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // A timer that comes late tells that the main thread was taken.
  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    if (now - last > 12) bench.gaps.push([last, now]);
    last = now;
    setTimeout(beat, 4);
  };
  setTimeout(beat, 4);
  addEventListener('DOMContentLoaded', () => {
    // What is said to a screen reader some time later is no work on the answer.
    const isAnnouncement = ({ target }) =>
      (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest('[role=status], [aria-live]');
    const changed = (changes) => {
      if (!changes.every(isAnnouncement)) bench.changed = performance.now();
    };
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(changed).observe(document, everything);
  });

  const lastBusy = (longerThan) => bench.gaps.findLast(([from, to]) => to - from >= longerThan)?.[1] ?? 0;
  // Work that a key causes follows on at once; a timer that is late after a pause tells of other programs' work.
  const lastOfWork = (end) =>
    bench.gaps
      .filter(([from, to]) => to - from >= busy && to > end)
      .reduce((reached, [from, to]) => (from <= reached + follows ? to : reached), end);
  bench.isReady = () => {
    const now = performance.now();
    return bench.field !== null && now - Math.max(bench.field, lastBusy(50)) > ready;
  };
  bench.arm = () => {
    bench.pressed = null;
    bench.painted = null;
    const press = () => {
      bench.pressed = performance.now();
      requestAnimationFrame(() => setTimeout(() => { bench.painted = performance.now(); }, 0));
    };
    addEventListener('keydown', press, { capture: true, once: true });
  };
  bench.settled = () => {
    if (bench.pressed === null || bench.painted === null) return null;
    const end = lastOfWork(Math.max(bench.painted, bench.changed));
    return performance.now() - end > quiet ? end - bench.pressed : null;
  };
  bench.choose = (place) => {
    const fields = seen(field);
    const chosen = place === 'first' ? fields[0] : fields.at(-1);
    chosen.scrollIntoView();
    bench.chosen = chosen;
  };
  bench.focus = () => {
    bench.chosen.focus();
    if (bench.chosen.type === 'text') bench.chosen.setSelectionRange(999, 999);
  };
  bench.shows = (text) => document.documentElement.textContent.replace(/[\s\u2068\u2069]+/g, '').includes(text);
})();
