/** The code that a person keeps, for the screens. */

export { shownReference } from '../sync/references.ts';
