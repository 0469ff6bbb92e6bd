/** A stored number in the digits and with the decimal sign of a language. Pure. */

import { formatsOf } from '../../i18n/formats.ts';

const NUMBER = /^-?[0-9]+(?:\.([0-9]+))?$/;
/** What a binary number holds without loss. */
const EXACT_DIGITS = 15;

/** As many decimals as are stored, and nothing between thousands: it may be a year. What is no number, or a very long one, is left alone. */
export function numberText(stored: string, lang: string): string {
  const found = NUMBER.exec(stored);
  if (found === null || stored.replace(/[^0-9]/g, '').length > EXACT_DIGITS) return stored;
  const decimals = found[1]?.length ?? 0;
  const format = new Intl.NumberFormat(formatsOf({ lang }), {
    useGrouping: false,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return format.format(Number(stored));
}
