/**
 * `npm --prefix pwa run conformance -- FILE…`: runs vector files against this engine.
 *
 * Trees and logics come from the server's compiler (`PYTHON`, else python3, runs it). Ends with
 * `N passed, M failed`; the exit code is 1 when any failed.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fields, listOf, recordOf } from './border.ts';
import { runExpressionCase } from './conformance-expressions.ts';
import { runFormCase } from './conformance-forms.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const GREATEST_OUTPUT_BYTES = 256 * 1024 * 1024;

// npm starts this in its own folder; INIT_CWD is where the person is.
const { PYTHON = 'python3', INIT_CWD = process.cwd() } = process.env;

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Which vector files? npm --prefix pwa run conformance -- tests/vectors/FILE.json');
  process.exit(2);
}
const outcomes = files.flatMap(casesOf).map(isPassed);
const failed = outcomes.filter((passed) => !passed).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function casesOf(file: string): Fields[] {
  const path = resolve(INIT_CWD, file);
  const command = ['-m', 'server.formlogic.conformance', '--trees', path];
  const output = execFileSync(PYTHON, command, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: GREATEST_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const suite = recordOf(JSON.parse(output), file);
  return listOf(suite.get('cases'), file).map((entry) => recordOf(entry, file));
}

function isPassed(fields: Fields): boolean {
  const differences = run(fields);
  for (const difference of differences) console.log(`FAILED ${String(fields.get('name'))}: ${difference}`);
  return differences.length === 0;
}

function run(fields: Fields): string[] {
  try {
    return fields.get('kind') === 'form' ? runFormCase(fields) : runExpressionCase(fields);
  } catch (error) {
    return [String(error)];
  }
}
