import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockName } from './desk.ts';
import { answer, begun, setUp } from './testing/person.ts';
import { goodServer, SECRET } from './testing/phone.ts';

test('the app is exchanged only when no tab has a draft open; nothing that was typed is lost', async () => {
  const held = new Set<string>();
  const setting = await setUp('updating', goodServer());
  const { environment } = setting.phone;
  const locks = {
    available: true,
    async hold(name: string, patience: number) {
      // As browsers do: whoever waits for no time at all gets nothing, also what is free.
      if (held.has(name) || patience === 0) return undefined;
      held.add(name);
      return { release: () => void held.delete(name) };
    },
  };
  const restarts: string[] = [];
  Object.assign(environment, { locks, page: { ...environment.page, useUpdate: () => restarts.push('restarted') } });
  const one = await setting.restart();
  await one.actions.enrol(`https://fieldwell.example/enrol#${SECRET}`);
  const interview = await begun(one);
  answer(interview, '/data/asset_name', 'half a');
  await interview.saved();
  const other = await setting.restart();
  assert.equal(await other.actions.restartForUpdate(), 'elsewhere');
  assert.deepEqual(restarts, []);
  await one.actions.closeInterview();
  assert.equal(await other.actions.restartForUpdate(), 'restarting');
  const drafts = [...held].filter((name) => name.startsWith(lockName('')));
  assert.deepEqual([restarts.length, drafts], [1, []]);
});
