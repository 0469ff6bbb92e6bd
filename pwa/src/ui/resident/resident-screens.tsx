/** What a resident sees: the same pages of questions as a worker, in a frame of their own, without a worker's ways. */

import { useEffect } from 'preact/hooks';
import type { Visits } from '../../app/index.ts';
import { Help } from '../help/help.tsx';
import { InterviewScreen } from '../interview/interview-screen.tsx';
import type { Route } from '../routes.ts';
import { useTools } from '../tools.ts';
import { ReportWord } from '../words/report-word.tsx';
import { OwnAnswers } from './own-answers.tsx';
import { ResidentFrame } from './resident-frame.tsx';
import { ResidentHome } from './resident-home.tsx';
import { Stop } from './stop.tsx';
import { Thanks } from './thanks.tsx';
import { VisitScreen } from './visit-screen.tsx';

export function ResidentScreens({ route }: { readonly route: Route }) {
  const { app } = useTools();
  const visits = app.visits.value;
  // It does nothing when they are here.
  useEffect(() => void app.actions.visits().then((found) => found?.load()), []);
  if (visits === undefined) return <p role="status">{app.words.t('Opening…')}</p>;
  return (
    <ResidentFrame route={route} visits={visits}>
      {screenOf(route, visits)}
    </ResidentFrame>
  );
}

function screenOf(route: Route, visits: Visits) {
  switch (route.screen) {
    case 'fill':
    case 'check':
      return <InterviewScreen key={route.responseId} route={route} />;
    case 'stop':
      return <Stop key={route.responseId} responseId={route.responseId} visits={visits} />;
    case 'finished':
      return <Thanks responseId={route.responseId} visits={visits} />;
    case 'response':
      return <OwnAnswers key={route.responseId} responseId={route.responseId} />;
    case 'help':
      return <Help />;
    case 'word':
      return <ReportWord />;
    case 'visit':
      return <VisitScreen code={route.code} />;
    case 'home':
    case 'enrol':
    case 'settings':
    case 'responses':
    case 'unknown':
      return <ResidentHome visits={visits} />;
  }
}
