/**
 * A camera may end the page on a small phone. So before it opens a mark is left, which outlives the page; the page that finds it later, and is not
 * the one that left it, tells the person what to do.
 */

const MARK = 'fieldwell_camera';

/** A window, as far as it is needed. */
interface CameraWindow {
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly performance: Pick<Performance, 'timeOrigin'>;
  readonly document: Listening & { readonly visibilityState: string };
  addEventListener: Listening['addEventListener'];
  removeEventListener: Listening['removeEventListener'];
}

interface Listening {
  addEventListener(name: string, run: () => void): void;
  removeEventListener(name: string, run: () => void): void;
}

/** Gone again as soon as this very page is looked at: then it has outlived the camera. */
export function leaveCameraMark(question: string, page: CameraWindow): void {
  write(page, `${page.performance.timeOrigin} ${question}`);
  const back = (): void => {
    if (page.document.visibilityState !== 'visible') return;
    write(page, undefined);
    page.removeEventListener('focus', back);
    page.document.removeEventListener('visibilitychange', back);
  };
  page.addEventListener('focus', back);
  page.document.addEventListener('visibilitychange', back);
}

/** Whether an earlier page ended while the camera was open for this question. Said once. */
export function takeCameraMark(question: string, page: CameraWindow): boolean {
  const mark = read(page);
  const isOurs = mark?.split(' ').slice(1).join(' ') === question;
  if (isOurs) write(page, undefined);
  return isOurs && mark?.split(' ')[0] !== String(page.performance.timeOrigin);
}

function read(page: CameraWindow): string | undefined {
  try {
    return page.sessionStorage.getItem(MARK) ?? undefined;
  } catch {
    return undefined; // Cookies and site data are switched off.
  }
}

function write(page: CameraWindow, mark: string | undefined): void {
  try {
    if (mark === undefined) page.sessionStorage.removeItem(MARK);
    else page.sessionStorage.setItem(MARK, mark);
  } catch {
    // The same; the draft is there all the same.
  }
}
