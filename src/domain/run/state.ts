/**
 * The states of a run, the files that carry them, and the summary that every list shows.
 * A state that a reader does not know reads as `unknown`, so an older tool can list newer runs.
 */

export const RUN_STATES = [
  'queued',
  'pending',
  'starting',
  'running',
  'paused',
  'stopping',
  'ended',
] as const;
export type RunState = (typeof RUN_STATES)[number] | 'unknown';

export const END_STATES = ['completed', 'stopped', 'failed', 'killed', 'crashed'] as const;
export type EndState = (typeof END_STATES)[number] | 'unknown';

/** A process, named so that a recycled process id is never mistaken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque start time as the operating system reports it. */
  readonly startTime: string;
}

/** What the trainer is doing now; `command` is a program of which nobody knows that. */
export const STAGES = [
  'preparing',
  'contrastive',
  'cross-entropy',
  'linear',
  'evaluation',
  'command',
] as const;
export type Stage = (typeof STAGES)[number];

/** How far a run is. `step` counts optimiser steps of the whole run from 0, `fraction` goes from 0 to 1. */
export interface Progress {
  readonly stage: Stage;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly viewsPerSecond: number | null;
}

/** The one figure that a list shows for a run, for example `kNN 88.4 %` as {label, value 0.884}. */
export interface Headline {
  readonly label: string;
  readonly value: number;
}

/** Which engine runs the step, on which device, and why it was chosen. */
export interface EngineInfo {
  readonly name: string;
  readonly device: string;
  /** Element type of convolutions and products; runs before mixed precision do not say. */
  readonly precision?: string;
  readonly reason: string;
}

/** The rung of the stop ladder that a stopping run stands on. Times are milliseconds since 1970. */
export interface StopLadder {
  readonly level: 'asked' | 'interrupted' | 'killed';
  readonly since: number;
  /** When the next rung is taken; null on the last. */
  readonly deadline: number | null;
}

/** state.json. */
export interface StateFile {
  readonly formatVersion: number;
  readonly state: RunState;
  readonly endState: EndState | null;
  readonly segment: number;
  readonly trainer: ProcessIdentity | null;
  /** Milliseconds since 1970 at the last write. */
  readonly heartbeat: number;
  readonly progress: Progress | null;
  readonly headline: Headline | null;
  readonly engine: EngineInfo | null;
  readonly stop: StopLadder | null;
  /** How many runs stand before this one while it is queued. */
  readonly queuedBehind: number | null;
}

/** One stretch of a run between a start or resume and its end. */
export interface Segment {
  readonly index: number;
  readonly startedAt: number;
  readonly keeper: ProcessIdentity;
  /** Name of the socket inside the private runtime folder. */
  readonly socket: string;
}

/** run.json: identity; rewritten only to append a segment on resume. */
export interface RunFile {
  readonly formatVersion: number;
  readonly id: string;
  readonly createdAt: number;
  readonly host: string;
  readonly version: string;
  readonly segments: readonly Segment[];
}

/** exit.json. `reason` is the sentence shown to the user. */
export interface ExitFile {
  readonly formatVersion: number;
  readonly segment: number;
  readonly endState: EndState;
  readonly code: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly endedAt: number;
}

/** user.json. */
export interface UserFile {
  readonly formatVersion: number;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
  readonly star?: boolean;
  readonly archived?: boolean;
  /** When each kind of alert was acknowledged first, in milliseconds since 1970. */
  readonly acknowledged?: Readonly<Record<string, number>>;
}

/** Our trainer, any command under our keeper, or a folder of numbers that others have written. */
export const RUN_KINDS = ['training', 'command', 'foreign'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** What every list, tree row and page header shows of a run. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly state: RunState;
  readonly endState: EndState | null;
  /** The trainer's process id while it lives. */
  readonly pid: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly heartbeat: number | null;
  readonly progress: Progress | null;
  readonly headline: Headline | null;
  readonly engine: EngineInfo | null;
  readonly stop: StopLadder | null;
  readonly queuedBehind: number | null;
  /** `supcon`, `cross-entropy`, ...: what is optimised. */
  readonly loss: string;
  readonly resumable: boolean;
  readonly kind: RunKind;
  /** What the run belongs to, for example its sweep; empty for none. */
  readonly group: string;
  readonly seed: number | null;
  readonly starred: boolean;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly archived: boolean;
  /** Kinds of alerts that somebody has acknowledged; absent where there are none. */
  readonly acknowledged?: readonly string[];
}
