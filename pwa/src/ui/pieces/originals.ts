import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import { useTools } from '../tools.ts';

/** The pack to set beneath the words on the screen, where promises are made; undefined: a person has checked those words. */
export function useOriginals(interview: Interview, promises: boolean): TextPack | undefined {
  const { app } = useTools();
  const originals = useSignal<TextPack | undefined>(undefined);
  const { lang } = interview.pack.value;
  useEffect(() => {
    originals.value = undefined;
    if (!promises || interview.languages.find((one) => one.lang === lang)?.draft !== true) return;
    const find = async (): Promise<void> => {
      const visits = await app.actions.visits();
      const pack = await visits?.originalsOf(interview.formId, lang);
      if (pack === undefined || interview.pack.peek().lang !== lang) return;
      originals.value = pack;
      visits?.noteOriginal(interview.responseId, pack.lang);
    };
    void find();
  }, [interview, lang, promises]);
  return promises ? originals.value : undefined;
}
