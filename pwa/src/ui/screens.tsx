/** Which screen belongs to the address. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Frame } from './frame.tsx';
import { Home } from './home/home.tsx';
import { InterviewScreen } from './interview/interview-screen.tsx';
import { Apart, type ApartState } from './pieces/apart.tsx';
import { Later } from './pieces/later.tsx';
import { isResident } from './pieces/resident.ts';
import type { Route } from './routes.ts';
import { useTools } from './tools.ts';

export function Screens() {
  const { app, router } = useTools();
  const route = router.route.value;
  const interviewing = route.screen === 'fill' || route.screen === 'check';
  // Leaving the pages of an interview closes it; opening one before going there must not.
  useEffect(() => {
    if (!interviewing && route.screen !== 'stop' && app.interview.peek() !== undefined)
      void app.actions.closeInterview();
  }, [route]);
  if (app.enrolment.value.kind === 'unknown') return null;
  if (app.lock.value.kind === 'locked') return <Later draw={({ LockScreens }) => <LockScreens route={route} />} />;
  if (isResident(app) && route.screen !== 'enrol')
    return <Later draw={({ ResidentScreens }) => <ResidentScreens route={route} />} />;
  return (
    <Frame route={route} interview={interviewing ? app.interview.value : undefined}>
      {app.signOff.value === 'under-way' ? <Later draw={({ SigningOff }) => <SigningOff />} /> : screenOf(route)}
    </Frame>
  );
}

/** By itself, so that the link of a new worker does not wait for all the other screens. */
function EnrolScreen() {
  return (
    <Apart
      kept={useSignal<ApartState>(undefined)}
      load={async () => (await import('./home/enrol.tsx')).Enrol}
      otherwise={({ Enrol }) => <Enrol />}
    />
  );
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'home':
      return <Home />;
    case 'enrol':
      return <EnrolScreen />;
    case 'settings':
      return <Later draw={({ Settings }) => <Settings />} />;
    case 'help':
      return <Later draw={({ Help }) => <Help />} />;
    case 'word':
      return <Later draw={({ ReportWord }) => <ReportWord />} />;
    case 'responses':
      return <Later draw={({ Responses }) => <Responses />} />;
    case 'response':
      return (
        <Later draw={({ ResponseView }) => <ResponseView key={route.responseId} responseId={route.responseId} />} />
      );
    case 'finished':
      return <Later draw={({ Finished }) => <Finished responseId={route.responseId} />} />;
    case 'fill':
    case 'check':
      return <InterviewScreen key={route.responseId} route={route} />;
    case 'visit':
      return <Later draw={({ VisitScreen }) => <VisitScreen code={route.code} />} />;
    case 'stop':
    case 'unknown':
      return <Later draw={({ NotHere }) => <NotHere />} />;
  }
}
