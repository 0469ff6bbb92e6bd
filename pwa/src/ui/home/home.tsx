/** The first screen: of a worker, or of a phone that is nobody's yet. */

import type { App } from '../../app/index.ts';
import { Apart } from '../pieces/apart.tsx';
import { Later } from '../pieces/later.tsx';
import { useTools } from '../tools.ts';

export function Home() {
  const { app, home } = useTools();
  if (app.enrolment.value.kind !== 'enrolled') return <Later draw={({ NotEnrolled }) => <NotEnrolled />} />;
  return <Apart kept={home} load={() => fetchHome(app)} otherwise={({ WorkerHome }) => <WorkerHome />} />;
}

/** With what it shows of the day, so that nothing on it moves when that comes. */
async function fetchHome({ actions }: App) {
  const [{ WorkerHome }] = await Promise.all([import('./worker-home.tsx'), actions.day()]);
  return WorkerHome;
}
