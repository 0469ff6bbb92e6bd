/** What is not needed for a first question: one file of its own in the build, fetched once that question is on the screen. */

export { Drafts } from './home/drafts.tsx';
export { NotEnrolled } from './home/not-enrolled.tsx';
export { NotHere } from './home/not-here.tsx';
export { OtherLink } from './home/other-link.tsx';
export { Settings } from './home/settings.tsx';
export { SpentLink } from './home/spent-link.tsx';
export { About } from './interview/about.tsx';
export { Check } from './interview/check.tsx';
export { ListScreen } from './interview/list-screen.tsx';
export { Opening } from './interview/opening.tsx';
export { StartPosition } from './interview/start-position.tsx';
export { ArrivalCard } from './pieces/arrival-card.tsx';
export { MediaFiles } from './pieces/media-files.tsx';
export { QuietNotice } from './pieces/quiet-notice.tsx';
export { RoomNotice } from './pieces/room-notice.tsx';
export { StorageWords } from './pieces/storage-words.tsx';
export { UndoButton } from './pieces/undo-button.tsx';
export { GivenAnswer } from './questions/given-answer.tsx';
export { LaterControl } from './questions/later-control.tsx';
export { Finished } from './responses/finished.tsx';
export { ResponseView } from './responses/response-view.tsx';
export { Responses } from './responses/responses.tsx';
