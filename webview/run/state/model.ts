/**
 * What the page knows, and the pure fold that makes it from the host's messages. A snapshot replaces
 * everything; a delta extends it if its number is the next one, and is refused as `missed` otherwise.
 */
import type { Alert } from '../../../src/domain/run/alert';
import type { RunSummary } from '../../../src/domain/run/state';
import type { HostMessage } from '../../../src/protocol/pages/run';
import type { Column } from '../../../src/domain/series/column';
import { append, EMPTY_COLUMN } from '../../../src/domain/series/column';

/** Everything that the panels draw. */
export interface PageModel {
  /** Number of the last message; null before the first snapshot. */
  readonly sequence: number | null;
  readonly run: RunSummary | null;
  readonly trusted: boolean;
  readonly series: ReadonlyMap<string, Column>;
  readonly alerts: readonly Alert[];
}

/** The model after a message, and whether the host must send a snapshot. */
export interface Folded {
  readonly model: PageModel;
  readonly missed: boolean;
}

/** Alerts kept on the page: older ones are in the run folder. */
const KEPT_ALERTS = 200;

/** The page before the host has answered. */
export const INITIAL_MODEL: PageModel = {
  sequence: null,
  run: null,
  trusted: true,
  series: new Map(),
  alerts: [],
};

/** Folds one message into the model. */
export function fold(model: PageModel, message: HostMessage): Folded {
  return message.type === 'snapshot'
    ? { model: fromSnapshot(message), missed: false }
    : extend(model, message);
}

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;
type Delta = Extract<HostMessage, { type: 'delta' }>;

function fromSnapshot(snapshot: Snapshot): PageModel {
  const series = new Map<string, Column>();
  for (const points of snapshot.series) {
    series.set(points.tag, append(series.get(points.tag) ?? EMPTY_COLUMN, points, null));
  }
  return {
    sequence: snapshot.sequence,
    run: snapshot.run,
    trusted: snapshot.trusted,
    series,
    alerts: snapshot.alerts.slice(-KEPT_ALERTS),
  };
}

function extend(model: PageModel, delta: Delta): Folded {
  if (model.sequence === null || delta.sequence > model.sequence + 1) return { model, missed: true };
  if (delta.sequence <= model.sequence) return { model, missed: false };
  const series = delta.series.length === 0 ? model.series : appended(model.series, delta.series);
  const alerts =
    delta.alerts.length === 0 ? model.alerts : [...model.alerts, ...delta.alerts].slice(-KEPT_ALERTS);
  return { model: { ...model, sequence: delta.sequence, run: delta.run, series, alerts }, missed: false };
}

function appended(series: PageModel['series'], added: Delta['series']): PageModel['series'] {
  const result = new Map(series);
  for (const points of added) {
    result.set(points.tag, append(result.get(points.tag) ?? EMPTY_COLUMN, points, points.restart));
  }
  return result;
}
