// Runs in the page: does one interview of the bench's form, from the home page to the end, as quickly as the app lets it.
async (name) => {
  const until = async (find) => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  const path = () => location.pathname;
  const last = () => [...document.querySelectorAll('main .button-wide')].pop();
  if (path() !== '/') (await until(() => document.querySelector('a.wordmark'))).click();
  (await until(() => path() === '/' && document.querySelector('main .cards button'))).click();
  const field = await until(() => path().startsWith('/interview/') && document.querySelector('main input[type=text]'));
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  for (;;) {
    const before = path();
    (await until(last)).click();
    await until(() => path() !== before);
    if (path().endsWith('/finished')) return;
  }
}
