/** The one h1 of a screen: names the tab, and takes focus when the person has moved to another screen or page. */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTools } from '../tools.ts';

interface PageHeadingProps {
  /** For the tab, in words without marks. */
  readonly title: string;
  /** Changes when the page changes; the same page in another language keeps it, and so keeps focus where it is. */
  readonly page: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function PageHeading({ title, page, class: className, children }: PageHeadingProps) {
  const heading = usePage(title, page);
  return (
    <h1 ref={heading} tabIndex={-1} class={className}>
      {children}
    </h1>
  );
}

function usePage(title: string, page: string) {
  const { router } = useTools();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Fieldwell`;
  }, [title]);
  // `page` is not read, its change is what we wait for.
  useEffect(() => {
    if (router.moves.peek() === 0) return;
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [page]);
  return heading;
}
