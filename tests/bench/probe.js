// Runs before the page's own scripts: walks to the first question as a person would, answers it the moment it can be
// answered and notes that moment. The answer is given in the page, in one turn, so that no time of ours is added and a
// field that is shown before it works is caught: its answer is not kept.
(() => {
  if (location.protocol === 'about:') return;
  // After a reload the answer is looked at, not given once more.
  if (sessionStorage.getItem('bench-answered') !== null) return;
  const { field, steps, text, ready } = SETTINGS;
  const began = Number(sessionStorage.getItem('bench-began') ?? performance.timeOrigin);
  sessionStorage.setItem('bench-began', String(began));
  const taken = new Set();

  const canBeSeen = (element) => {
    const box = element.getBoundingClientRect();
    const shown = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
    return shown && !element.disabled && element.checkVisibility({ visibilityProperty: true });
  };
  const firstSeen = (selector) => [...document.querySelectorAll(selector)].find(canBeSeen);

  const answer = (element) => {
    if (element.type === 'radio' || element.type === 'checkbox') {
      element.click();
      return element.value;
    }
    element.focus();
    document.execCommand('insertText', false, text);
    element.blur();
    return text;
  };
  // The words of the question, whichever client: the first line of what holds the field.
  const questionOf = (element) => {
    const holder = element.closest('fieldset') ?? element.closest('label');
    return holder ? holder.innerText.trim().split('\n')[0].trim() : element.name;
  };
  const answerNow = (element) => {
    sessionStorage.setItem('bench-answered', 'yes');
    const at = performance.timeOrigin + performance.now();
    const facts = { began: began / 1000, at: at / 1000, name: element.name, question: questionOf(element) };
    // Told over the console: a strict page forbids the evaluation that waiting for a variable would need.
    console.debug(`bench ${JSON.stringify({ ...facts, answer: answer(element) })}`);
  };
  const takeStep = () => {
    const next = steps.find((selector) => !taken.has(selector) && firstSeen(selector));
    if (!next) return;
    taken.add(next);
    firstSeen(next).click();
  };
  const look = () => {
    const element = firstSeen(field);
    // In a task of its own, after the frame that shows the field: the main thread is free to take an answer.
    if (element) return setTimeout(() => answerNow(element), 0);
    takeStep();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  const tellWhenReady = () => {
    if (!document.querySelector(ready)) return;
    watching.disconnect();
    console.debug(`bench-ready ${(performance.timeOrigin + performance.now()) / 1000}`);
  };
  const watching = new MutationObserver(tellWhenReady);
  if (ready) watching.observe(document, { subtree: true, childList: true, attributes: true });
})();
