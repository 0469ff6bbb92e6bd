/** How the page looks and which way it runs: by the address, then by hand. */

import { LooksChoice } from '../src/ui/home/looks-choice.tsx';
import { LanguagePicker } from '../src/ui/pieces/language-picker.tsx';
import { Wordmark } from '../src/ui/pieces/wordmark.tsx';
import { useTools } from '../src/ui/tools.ts';

export function Switches() {
  const { interview } = useTools().app;
  const turn = (): void => {
    const root = document.documentElement;
    root.dir = root.dir === 'rtl' ? 'ltr' : 'rtl';
  };
  return (
    <header class="top">
      <Wordmark />
      <LanguagePicker interview={interview.value} />
      <button type="button" class="button button-second" onClick={turn}>
        Turn the page round
      </button>
      <details class="fold">
        <summary>Colours and size</summary>
        <LooksChoice />
      </details>
    </header>
  );
}
