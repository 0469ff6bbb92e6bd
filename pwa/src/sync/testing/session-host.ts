/**
 * The phone's session for programs that are not in TypeScript: lines of JSON in, lines of JSON out.
 *
 * `{"session": …, "event": …}` is answered with `{"session": …, "effects": […]}`, or with `{"error": "…"}`.
 * Without a session it is the first event of a new one.
 */

import { newSession, step } from '../session.ts';
import type { Event, Session } from '../session-types.ts';

interface Question {
  readonly session?: Session;
  readonly event: Event;
}

let unfinished = '';
process.stdin.setEncoding('utf8');
for await (const chunk of process.stdin) {
  const lines = (unfinished + String(chunk)).split('\n');
  unfinished = lines.pop() ?? '';
  for (const line of lines) process.stdout.write(`${answerTo(line)}\n`);
}

function answerTo(line: string): string {
  try {
    const { session = newSession(), event }: Question = JSON.parse(line);
    return JSON.stringify(step(session, event));
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
