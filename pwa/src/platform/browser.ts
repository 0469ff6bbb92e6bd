/** The real browser as an Environment. Everything here has to work on plain http, where half of the newer APIs are missing. */

import type { Clock, DeviceStorage, Digests, Environment, Locale, Mark, Random } from '../environment.ts';
import { browserLocks } from './locks.ts';
import { browserNetwork } from './network.ts';
import { browserPage } from './page.ts';

/** Name of the cookie and of the localStorage entry that outlive an emptied IndexedDB. It holds a count, and says nothing about anybody. */
const MARK = 'fieldwell_was_here';
const MARK_SECONDS = 31_536_000;

export function browserEnvironment(): Environment {
  return {
    clock: browserClock(),
    random: browserRandom(),
    digests: browserDigests(),
    network: browserNetwork(),
    storage: browserStorage(),
    locks: browserLocks(),
    locale: browserLocale(),
    page: browserPage(),
    guard: () => import('./guard.ts').then(({ browserGuard }) => browserGuard()),
  };
}

function browserClock(): Clock {
  return {
    now: () => Date.now(),
    offset: () => -new Date().getTimezoneOffset(),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

/** `getRandomValues` exists without a secure context; `randomUUID` and `subtle` do not. */
function browserRandom(): Random {
  return {
    bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  };
}

/** `subtle` is missing on plain http. */
function browserDigests(): Digests {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  return { sha256: async (bytes) => subtle?.digest('SHA-256', bytes) };
}

function browserStorage(): DeviceStorage {
  return {
    usable: typeof indexedDB !== 'undefined',
    async persist() {
      try {
        return (await navigator.storage?.persist?.()) ?? false;
      } catch {
        return false;
      }
    },
    room: () =>
      import('./seldom.ts').then(
        ({ room }) => room(),
        () => undefined,
      ),
    mark: readMark,
    leaveMark({ unsent = 0 }) {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari 15 and on plain http.
      document.cookie = `${MARK}=1; max-age=${MARK_SECONDS}; path=/; samesite=strict`;
      writeLocal(String(unsent));
    },
  };
}

/** Where the count was emptied too, only the fact is left. */
function readMark(): Mark | undefined {
  const local = readLocal();
  if (local === null && !document.cookie.includes(`${MARK}=`)) return undefined;
  return local !== null && /^\d{1,6}$/.test(local) ? { unsent: Number(local) } : {};
}

function readLocal(): string | null {
  try {
    return localStorage.getItem(MARK);
  } catch {
    return null; // Cookies and site data are switched off.
  }
}

function writeLocal(value: string): void {
  try {
    localStorage.setItem(MARK, value);
  } catch {
    // The same; the mark is only a convenience.
  }
}

function browserLocale(): Locale {
  return { preferred: navigator.languages };
}
