/** Does this phone lack a script? Drawn and looked at: letters of different shapes that all come out alike are empty boxes. */

/** Alike to the last dot, and not nothing: a browser that blurs or blanks what pages may read gives no answer. */
export function areMissing(drawings: readonly string[]): boolean {
  const [first = '', ...others] = drawings;
  return others.length > 0 && first !== '' && others.every((drawing) => drawing === first);
}

const SIDE = 32;

/** What a letter looks like here; '' when nothing can be told. */
export function drawingOf(letter: string, page: Document = document): string {
  const canvas = page.createElement('canvas');
  [canvas.width, canvas.height] = [SIDE, SIDE];
  const pen = canvas.getContext('2d');
  if (pen === null) return '';
  pen.font = '20px sans-serif';
  pen.textBaseline = 'middle';
  pen.fillText(letter, SIDE / 4, SIDE / 2);
  const dots = pen.getImageData(0, 0, SIDE, SIDE).data;
  return dots.some((dot) => dot !== 0) ? dots.join() : '';
}

export function lacks(samples: readonly string[]): boolean {
  return areMissing(samples.map((letter) => drawingOf(letter)));
}
