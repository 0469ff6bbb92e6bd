/** Which voice of the phone may read a text aloud. Pure. */

export interface Voice {
  readonly lang: string;
  /** False: the words would be sent to somebody over the network. */
  readonly localService: boolean;
}

/** Of the phone itself alone, whatever else there is: what a question says is nobody else's business. The exact tag first. */
export function voiceFor<Found extends Voice>(lang: string, voices: readonly Found[]): Found | undefined {
  const own = voices.filter(({ localService }) => localService);
  const wanted = plain(lang);
  const [language] = wanted.split('-');
  return (
    own.find((voice) => plain(voice.lang) === wanted) ??
    own.find((voice) => plain(voice.lang).split('-')[0] === language)
  );
}

/** Android writes `bn_BD`. */
function plain(lang: string): string {
  return lang.toLowerCase().replaceAll('_', '-');
}
