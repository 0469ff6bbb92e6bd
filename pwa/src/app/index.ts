/** The only door for the screens. */

export type {
  Actions,
  BeginOutcome,
  EnrolOutcome,
  FinaliseOutcome,
  OpenOutcome,
  ReadOutcome,
  ReadResponse,
  ReportOutcome,
} from './actions.ts';
export type { App } from './app.ts';
export type { AttachOutcome, FileOutcome, GivenFile, Interview, SaveState, StoredFile } from './interview.ts';
export type { Looks } from './looks.ts';
export type { GivenAnswers } from './page-answers.ts';
export type { Listening, SoundPack, Sounds, SpokenSound } from './sounds.ts';
export type {
  Direction,
  Enrolment,
  FileProgress,
  FormLanguage,
  FormSummary,
  Lang,
  Language,
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
