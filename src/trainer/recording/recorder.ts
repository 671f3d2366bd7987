/** Records a run: one event per step with all its scalars, and alerts. TensorBoard reads the files as they are. */
import { hostname } from 'node:os';
import type { Alert } from '../../domain/run/alert';
import { RUN_FILE } from '../../domain/run/layout';
import type { Tag } from '../../domain/metrics/tags';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../formats/events/writer';
import type { Port } from '../port';
import { openAppendFile } from './appendFile';

/** Scalars of one step by tag; tags that were not measured are left out. */
export type Scalars = Partial<Record<Tag, number>>;

export interface Recorder {
  /** @param step zero-based optimiser step of the run */
  record(step: number, scalars: Scalars): void;
  alert(alert: Alert): void;
  close(): void;
}

/**
 * Opens a new event file in the run folder. Every segment of a run has its own; the session start that it
 * begins with supersedes what earlier segments recorded at `firstStep` and later.
 */
export function openRecorder(folder: string, firstStep: number, port: Port): Recorder {
  const seconds = Math.floor(Date.now() / 1000);
  const events = openAppendFile(folder, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}`, port);
  const alerts = openAppendFile(folder, RUN_FILE.alerts, port);
  events.append(encodeFileVersion(now()));
  if (firstStep > 0) events.append(encodeSessionStart(now(), firstStep));
  return {
    record: (step, scalars) => events.append(encodeScalars(now(), step, scalars)),
    alert: (alert) => alerts.append(new TextEncoder().encode(`${JSON.stringify(alert)}\n`)),
    close() {
      events.close();
      alerts.close();
    },
  };
}

function now(): number {
  return Date.now() / 1000;
}
