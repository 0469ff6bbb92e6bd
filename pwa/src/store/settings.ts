/** Single facts about this installation, by name. Values come back unparsed: `app/` reads them at its border. */

import type { Connection } from './connection.ts';

/**
 * device: our UUID, made before the first call to a server · enrolment · language: BCP 47 · canary: when storage began to
 * be used · last-success: of sync · persist-asked · offered: sha256 of the
 * manifest that `forms` and `words` came from · manifest: the same, for pages of ours that are older than `words` · server: id of
 * the one that answered last · server-time: what its clock showed then · posters: those that a resident has come by, newest first ·
 * looks: colours and size, app/looks.ts · listen: BCP 47 of what questions are heard in ·
 * people: id of the worker who was signed in last · phone-key: store/workers.ts · lock-after: minutes, app/lock.ts ·
 * places: what is known around here, app/places.ts · map: the map file that is whole, store/maps.ts ·
 * venue: where the worker is today · last-form: id of the one begun last · install-put-away: when, in milliseconds since 1970 ·
 * signed-off: store/signing-off.ts · ended: store/ended.ts · pages-left: the browser was not asked yet to drop pages with answers ·
 * media-bytes: of all in `media`; Infinity once it had to give way to answers · packs: of words and sounds, that forms named when unneeded ones were let go last
 */
export type SettingName =
  | 'device'
  | 'enrolment'
  | 'language'
  | 'looks'
  | 'canary'
  | 'last-success'
  | 'persist-asked'
  | 'offered'
  | 'manifest'
  | 'server'
  | 'server-time'
  | 'posters'
  | 'listen'
  | 'places'
  | 'people'
  | 'phone-key'
  | 'lock-after'
  | 'map'
  | 'venue'
  | 'last-form'
  | 'install-put-away'
  | 'signed-off'
  | 'ended'
  | 'pages-left'
  | 'media-bytes'
  | 'packs';

/** What the mark `signed-off` says when the phone is empty. */
export const EMPTIED = 'emptied';

export async function readSetting(connection: Connection, name: SettingName): Promise<unknown> {
  return connection.run((database) => database.get('settings', name));
}

export async function saveSetting(connection: Connection, name: SettingName, value: unknown): Promise<void> {
  await connection.write(['settings'], (tx) => tx.objectStore('settings').put(value, name));
}

/** The value that is there after this call: `value`, unless another tab was first. */
export async function saveSettingOnce(connection: Connection, name: SettingName, value: unknown): Promise<unknown> {
  await connection.write(['settings'], async (tx) => {
    const there = await tx.objectStore('settings').get(name);
    if (there === undefined) await tx.objectStore('settings').put(value, name);
  });
  return readSetting(connection, name);
}
