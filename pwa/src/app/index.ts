/** The only door for the screens. */

export type {
  Actions,
  BeginOutcome,
  CorrectOutcome,
  EnrolOutcome,
  FinaliseOutcome,
  OpenOutcome,
  ReadOutcome,
  ReadResponse,
  ReportOutcome,
  UpdateOutcome,
} from './actions.ts';
export type { App } from './app.ts';
export type { Day, DayCount } from './day.ts';
export type { AttachOutcome, FileOutcome, GivenFile, Interview, SaveState, StoredFile } from './interview.ts';
export type { People } from './lock.ts';
export type { Person } from './lock-around.ts';
export type { NewPin, UnlockOutcome } from './lock-pins.ts';
export type { Looks } from './looks.ts';
export type { MapState, Maps, MapTrouble } from './map-shelf.ts';
export type { Noted, NotedOutcome, Outcome, WishedLanguage } from './no-interview.ts';
export type { OwnPoint } from './own-points.ts';
export type { GivenAnswers } from './page-answers.ts';
export type { KnownAsset, LatLon, MapFile, Outline, Places } from './places.ts';
export type { Listening, SoundPack, Sounds, SpokenSound } from './sounds.ts';
export type {
  Direction,
  Enrolment,
  FileProgress,
  FormLanguage,
  FormSummary,
  Lang,
  Language,
  LockState,
  OfflineReadiness,
  ResponseState,
  ResponseSummary,
  RoomState,
  SignOff,
  SpokenLanguage,
  StorageTrouble,
  SyncReport,
  SyncStatus,
  SyncTrouble,
  UpdateStatus,
} from './state.ts';
export type { Poster, VisitPage } from './visit-page.ts';
export type { TakeOverOutcome, Visits } from './visits.ts';
