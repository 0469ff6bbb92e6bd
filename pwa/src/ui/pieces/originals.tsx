/** Finds the words to set beneath a translation that no person has checked, where promises are made. Draws nothing itself. */

import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import { useTools } from '../tools.ts';

interface OriginalsProps {
  readonly interview: Interview;
  /** Is something promised on this page? */
  readonly promises: boolean;
  /** Where the pack is put; undefined: a person has checked the words. */
  readonly found: Signal<TextPack | undefined>;
}

export function Originals({ interview, promises, found }: OriginalsProps) {
  const { app } = useTools();
  const { lang } = interview.pack.value;
  useEffect(() => {
    found.value = undefined;
    if (!promises || interview.languages.find((one) => one.lang === lang)?.draft !== true) return;
    const find = async (): Promise<void> => {
      const visits = await app.actions.visits();
      const pack = await visits?.originalsOf(interview.formId, lang);
      if (pack === undefined || interview.pack.peek().lang !== lang) return;
      found.value = pack;
      visits?.noteOriginal(interview.responseId, pack.lang);
    };
    void find();
  }, [interview, lang, promises]);
  return null;
}
