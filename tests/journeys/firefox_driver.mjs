// Drives Firefox over WebDriver BiDi: one line of JSON asks for something, one line answers. Python's side is
// firefox_phone.py. Whatever a page complains of, and whoever it asks for something, is kept and can be asked for.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [program, profile] = process.argv.slice(2);
const packages = createRequire(new URL('../../pwa/package.json', import.meta.url));
const { default: puppeteer } = await import(packages.resolve('puppeteer-core'));

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const WITHIN_THE_BROWSER = new Set(['about:', 'blob:', 'data:']);
// A request to anybody else goes to a port where nobody listens.
const NOBODY_ELSE = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: program,
  userDataDir: profile,
  headless: true,
  extraPrefsFirefox: NOBODY_ELSE,
  defaultViewport: { width: 360, height: 740 },
});
// The page that Firefox begins with never gets the focus, and without it Enter presses no button; a further one does.
const page = await browser.newPage();
const complaints = [];
const strangers = [];

page.on('console', (said) => said.type() === 'error' && complaints.push(`console: ${said.text()}`));
page.on('pageerror', (error) => complaints.push(`error: ${error.message ?? error}`));
page.on('request', (request) => isOurs(request.url()) || strangers.push(request.url()));
page.on('dialog', async (dialog) => {
  if (dialog.type() !== 'beforeunload') complaints.push(`${dialog.type()}: ${dialog.message()}`);
  await dialog.accept();
});
// Not every version of Firefox passes on what a policy stops: the page itself says it.
await page.evaluateOnNewDocument(() => {
  addEventListener('securitypolicyviolation', (event) =>
    console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`),
  );
});

const acts = {
  open: ({ address }) => page.goto(address, { waitUntil: 'load' }).then(() => null),
  address: () => page.url(),
  ask: ({ script, given }) => page.evaluate(`(async (given) => (${script}))(${JSON.stringify(given)})`),
  press: async ({ css, last }) => touch(last ? (await page.$$(css)).at(-1) : await page.$(css)),
  choose: async ({ label }) => {
    for (const card of await page.$$('main label.choice-card')) {
      const text = await card.evaluate((found) => found.innerText.trim().split('\n')[0]);
      if (text === label) return touch(card);
    }
    throw new Error(`No choice is called ${label}`);
  },
  type: async ({ css, keys }) => {
    const field = await page.$(css);
    if (!field) throw new Error(`Nothing matches ${css}`);
    await field.focus();
    await page.keyboard.press('End');
    await page.keyboard.type(keys);
    return null;
  },
  keys: async ({ names }) => {
    for (const name of names) await page.keyboard.press(name === 'Space' ? ' ' : name);
    return null;
  },
  select: async ({ css, choice }) => ((await page.select(css, choice)).length ? null : Promise.reject(new Error(css))),
  texts: ({ css }) => page.$$eval(css, (found) => found.map((one) => one.innerText)),
  saw: () => ({ complaints, strangers }),
  forget: () => {
    complaints.length = 0;
    strangers.length = 0;
    return null;
  },
  close: () => browser.close().then(() => null),
};

process.stdout.write('{"answer":"ready"}\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...rest } = JSON.parse(line);
  const told = await answerTo(act, rest);
  process.stdout.write(`${JSON.stringify(told)}\n`);
  if (act === 'close') break;
}
process.exit(0);

async function answerTo(act, rest) {
  try {
    return { answer: (await acts[act](rest)) ?? null };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

async function touch(found) {
  if (!found) throw new Error('Nothing there yet');
  await found.evaluate((one) => one.scrollIntoView({ block: 'center' }));
  await found.click();
  return null;
}

function isOurs(address) {
  const { protocol, hostname } = new URL(address);
  return WITHIN_THE_BROWSER.has(protocol) || LOOPBACK.has(hostname);
}
