/** Which screen belongs to the address. */

import { useEffect } from 'preact/hooks';
import { Frame } from './frame.tsx';
import { Enrol } from './home/enrol.tsx';
import { Home } from './home/home.tsx';
import { NotHere } from './home/not-here.tsx';
import { Settings } from './home/settings.tsx';
import { InterviewScreen } from './interview/interview-screen.tsx';
import { Finished } from './responses/finished.tsx';
import { ResponseView } from './responses/response-view.tsx';
import { Responses } from './responses/responses.tsx';
import type { Route } from './routes.ts';
import { useTools } from './tools.ts';

export function Screens() {
  const { app, router } = useTools();
  const route = router.route.value;
  const interviewing = route.screen === 'fill' || route.screen === 'check';
  // Leaving the pages of an interview closes it; opening one before going there must not.
  useEffect(() => {
    if (!interviewing && app.interview.peek() !== undefined) void app.actions.closeInterview();
  }, [route]);
  if (app.enrolment.value.kind === 'unknown') return null;
  return <Frame interview={interviewing ? app.interview.value : undefined}>{screenOf(route)}</Frame>;
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'home':
      return <Home />;
    case 'enrol':
      return <Enrol />;
    case 'settings':
      return <Settings />;
    case 'responses':
      return <Responses />;
    case 'response':
      return <ResponseView key={route.responseId} responseId={route.responseId} />;
    case 'finished':
      return <Finished responseId={route.responseId} />;
    case 'fill':
    case 'check':
      return <InterviewScreen key={route.responseId} route={route} />;
    case 'unknown':
      return <NotHere />;
  }
}
