// What is on the screen of the phone, by elements and roles only: texts differ by form and language.
(CONTROLS) => {
  const main = document.querySelector('main');
  const form = main?.querySelector('form');
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const all = (around, selector) => (around ? [...around.querySelectorAll(selector)] : []);
  const numberOf = (question) => {
    const named = [...all(question, '[id^=question-]'), ...all(question, '[for^=question-]')];
    const found = named.map((element) => /^question-(\d+)/.exec(element.id || element.htmlFor)).find(Boolean);
    return found ? Number(found[1]) : null;
  };
  const control = (element) => ({
    id: element.id,
    tag: element.tagName.toLowerCase(),
    type: element.getAttribute('role') ?? element.type ?? '',
    value: element.value ?? '',
    checked: element.checked === true || element.getAttribute('aria-selected') === 'true',
    shown: shown(element),
    disabled: element.disabled === true || element.getAttribute('aria-disabled') === 'true',
    options: all(element, 'option').map((option) => option.value),
  });
  const question = (element, place) => ({
    place,
    number: numberOf(element),
    wrong: element.closest('.question-wrong') !== null,
    folded: all(element, 'details:not([open])').length,
    controls: all(element, CONTROLS).map(control),
  });
  const kind = () => {
    if (location.pathname.endsWith('/finished')) return 'finished';
    if (!location.pathname.startsWith('/interview/') || !main?.querySelector('h1')) return 'other';
    if (location.pathname.endsWith('/check')) return 'check';
    if (form?.querySelector('[type=submit]')) return 'questions';
    return all(main, 'button').some(shown) ? 'list' : 'other';
  };
  return {
    kind: kind(),
    path: location.pathname,
    // A control that is still being fetched: something stands in its place that says so.
    opening: all(form, '.question').some(
      (element) => !element.querySelector(CONTROLS) && element.querySelector('p[role=status]'),
    ),
    alert: main?.querySelector('[role=alert], #problems')?.innerText ?? '',
    questions: all(form, '.question').map(question),
    things: all(main, 'ul.cards > li').map((thing) => thing.querySelector('a')?.pathname ?? ''),
    buttons: all(main, '.stack-close button').length,
    problems: all(main, '#problems a').length,
  };
}
