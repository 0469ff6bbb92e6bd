/** The licences of packages that a build holds, as one text: most of them ask to be told wherever their code goes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE'];
const PLACE = 'node_modules/';
/** Holds no code. */
const TYPES = '@types/';

export function licencesOf(packages: readonly string[]): string {
  return packages.map(licence).join('\n\n');
}

/** All that is not for building and testing alone, by the lock file: what is in the app is among it. */
export function packagesOfApp(): readonly string[] {
  const { packages }: { packages: Record<string, { dev?: true }> } = JSON.parse(read('package-lock.json'));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path.startsWith(PLACE) && dev !== true);
  return shipped.map(([path]) => path.slice(PLACE.length)).filter((name) => !name.startsWith(TYPES));
}

function licence(name: string): string {
  const folder = `${PLACE}${name}`;
  const { version, license, author, homepage } = JSON.parse(read(`${folder}/package.json`));
  const text = FILES.map((file) => readIfThere(`${folder}/${file}`)).join('');
  // Some carry no text of their licence: then whose it is, and where that stands.
  return `${name} ${version} (${license})\n\n${text === '' ? `By ${author}, ${homepage}\n` : text}`;
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function readIfThere(path: string): string {
  try {
    return read(path);
  } catch {
    return '';
  }
}
