/** Gives words to another app, by the phone's own way; where a browser has none, they are copied. */

interface Words {
  readonly title: string;
  readonly text: string;
}

/** As far as a browser has them; plain http has neither. */
interface Giver {
  readonly share?: (words: Words) => Promise<void>;
  readonly clipboard?: { writeText(text: string): Promise<void> };
}

export type Given = 'shared' | 'copied' | 'called-off' | 'failed';

export async function giveAway(words: Words, giver: Giver): Promise<Given> {
  try {
    if (giver.share !== undefined) {
      await giver.share(words);
      return 'shared';
    }
    await giver.clipboard?.writeText(words.text);
    return giver.clipboard === undefined ? 'failed' : 'copied';
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError' ? 'called-off' : 'failed';
  }
}
