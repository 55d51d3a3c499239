/** The names this app gives to what the API sends. Every shape is generated from the API's own description. */
import type { GlucoseDay, Overview, PanelPatient, Patient, UserAccount } from './generated';

export type {
  Alert,
  AlertChannel,
  AlertChannelChange,
  AlertChannelList,
  AlertCounts,
  AlertFollower,
  AlertFollowerList,
  AlertInbox,
  AlertRule,
  AlertSchedule,
  AlertSettingsChange,
  AlertSettingsOverride,
  AlertSettingsReport,
  AlertSeverity,
  AlertStatistics,
  AlertTimelineEntry,
  AlertWithTimeline,
  Band,
  ChannelSecret,
  ChannelTest,
  ClinicalPattern,
  CreatedAlertChannel,
  Escalation,
  EscalationStep,
  Findings,
  Forecast,
  ForecastCheckResult as ForecastCheck,
  ForecastModel,
  ForecastStep,
  Freshness,
  GlucoseStretch,
  Goal,
  ImportAnswers,
  ImportPage,
  ImportReport,
  ImportSummary,
  InfluencesResult,
  IssuedForecast,
  LatestReading,
  LinksResult,
  LowRisksResult,
  MlRun,
  MlTrace,
  NewAlertChannel,
  NewOnCallShift,
  OnCallRota,
  OnCallShift,
  Overview,
  Panel,
  PatientFlag as PanelFlag,
  PatternsResult,
  Profile,
  ProfileSlot,
  Ranges,
  RangeSegment,
  Reading,
  ReadingsPage,
  ReceivedInvitation,
  ReceivedInvitationPage,
  ReplayedAlerts,
  RulesResult,
  ShapesResult,
  VapidKey,
  WhatIfReport,
} from './generated';

export type PanelItem = PanelPatient;
export type ProfileDay = GlucoseDay;
export type PatientSummary = Patient;
export type CurrentUser = UserAccount;
export type GlucoseUnit = Patient['unit'];
export type GoalCode = Overview['ranges']['goals'][number]['code'];
export type RangeBracket = Overview['ranges']['brackets'][number];
export type Bound = Overview['ranges']['segments'][number]['low'];
/** Minutes since local midnight, mg/dL, flags (2 censored low, 4 censored high). */
export type DayPoint = GlucoseDay['points'][number];

/** Days back from today or the last reading, or a chosen `[from, to)` of ISO instants. */
export type OverviewPeriod = { days: number } | { from: string; to: string };
