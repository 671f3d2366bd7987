/** Which files of a folder are logs, by their names. */
import { EVENT_FILE_MARK, RUN_FILE } from '../../domain/run/layout';
import type { LogKind } from './logReader';

const NO_DATA_ENDING = '.profile-empty';
/** The one CSV that is a log by its name; others are read when they are named. */
const METRICS_FILE = 'metrics.csv';

/** Whether TensorBoard would read a file of this name. */
export function isEventFile(name: string): boolean {
  return name.includes(EVENT_FILE_MARK) && !name.endsWith(NO_DATA_ENDING);
}

/** The kind of a file that somebody names; undefined if it is no log. */
export function logKindOf(name: string): LogKind | undefined {
  if (isEventFile(name)) return 'events';
  if (/\.(csv|tsv)$/i.test(name)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(name) && name !== RUN_FILE.alerts ? 'jsonl' : undefined;
}

/** The kind of a file that was found in a folder: a CSV there may be anything but for its usual name. */
export function foundLogKind(name: string): LogKind | undefined {
  const kind = logKindOf(name);
  return kind === 'csv' && name !== METRICS_FILE ? undefined : kind;
}
