/** What stands over the foot of the window hides nothing that takes the focus: the page scrolls clear of it. Gone, it is 0 high. */

/** `frame`: the end of it, too, can be scrolled clear of the box. Returns how to end this. */
export function keepClearOf(box: HTMLElement, frame?: HTMLElement): () => void {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    const height = box.offsetHeight;
    style.scrollPaddingBlockEnd = height === 0 ? '' : `calc(${height}px + var(--step-5))`;
    if (frame !== undefined) frame.style.marginBlockEnd = height === 0 ? '' : `${height}px`;
  });
  observer.observe(box);
  return () => {
    observer.disconnect();
    style.scrollPaddingBlockEnd = '';
  };
}
