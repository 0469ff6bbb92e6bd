/** Binding this phone to a neighbourhood's work, by a one-time secret. Repeating it is safe: the device's id is stored first. Fetched apart. */

import type { NetworkAnswer } from '../environment.ts';
import { saveSetting, saveSettingOnce } from '../store/settings.ts';
import { uuid4 } from '../sync/ids.ts';
import { readProblemCode } from '../sync/problem-code.ts';
import { fieldsOf, parseJson } from '../sync/shape.ts';
import type { EnrolOutcome } from './actions.ts';
import { type EnrolmentDesk, type EnrolSurroundings, readCredentials } from './enrolment.ts';
import { utcText } from './moments.ts';

const ENROL_TIMEOUT_MS = 30_000;
/** A new name for this phone is tried once: somebody else has the one it gave, or it cannot show that it is its own. */
const NAMES_TRIED = 2;

export async function enrol(
  desk: EnrolmentDesk,
  around: EnrolSurroundings,
  secretOrLink: string,
): Promise<EnrolOutcome> {
  const { environment, storage, onForms } = around;
  const answer = await introduce(desk, around, secretIn(secretOrLink));
  if (answer === undefined) return 'storage-failed';
  const outcome = outcomeOf(answer);
  if (outcome !== 'enrolled') return outcome;
  const fields = fieldsOf(parseJson(bodyOf(answer)));
  const credentials = readCredentials(fields);
  if (credentials === undefined) return 'not-our-server';
  if (!(await desk.keep(credentials))) return 'storage-failed';
  await storage.startCanary(utcText(environment.clock.now()));
  environment.page.forgetSecret();
  await onForms(fields.get('forms'));
  return 'enrolled';
}

/** What the server says; undefined: the name of this phone cannot be stored. */
async function introduce(
  desk: EnrolmentDesk,
  { environment, storage }: EnrolSurroundings,
  secret: string,
): Promise<NetworkAnswer | undefined> {
  let answer: NetworkAnswer | undefined;
  for (let tried = 0; tried < NAMES_TRIED; tried += 1) {
    const name = uuid4(environment.random.bytes(16));
    const device = await storage.write((connection) =>
      tried === 0
        ? saveSettingOnce(connection, 'device', name)
        : saveSetting(connection, 'device', name).then(() => name),
    );
    if (device.kind === 'failed' || typeof device.value !== 'string') return undefined;
    // The token, even one out of date, shows that the phone is the device that it says.
    const token = desk.credentials?.token;
    answer = await environment.network.send({
      method: 'POST',
      path: '/devices/v1/enrol',
      body: JSON.stringify({ secret, device: device.value }),
      timeout: ENROL_TIMEOUT_MS,
      ...(token === undefined ? {} : { token }),
    });
    if (answer.kind !== 'answer' || readProblemCode(answer.body) !== 'device-known') return answer;
  }
  return answer;
}

/** A person may paste the whole link: on iOS an app on the Home Screen does not share what the browser knows. */
function secretIn(secretOrLink: string): string {
  return secretOrLink.trim().replace(/^.*#/, '');
}

function outcomeOf(answer: NetworkAnswer): EnrolOutcome {
  if (answer.kind === 'lost') return 'no-connection';
  if (answer.status === 200 || answer.status === 201) return 'enrolled';
  const code = readProblemCode(answer.body);
  if (code === 'enrolment-used') return 'used';
  if (code === 'enrolment-expired') return 'expired';
  if (code === 'enrolment-unknown' || code === 'malformed') return 'unknown';
  return code === '' && answer.status < 500 ? 'not-our-server' : 'server-error';
}

function bodyOf(answer: NetworkAnswer): string {
  return answer.kind === 'answer' ? answer.body : '';
}
