/**
 * Runs in groups: by experiment, by seed group, by sweep or by day. Groups keep the order in which their first run
 * comes, so sorting the runs sorts the groups; a group's key stays the same while its runs come and go.
 */
import * as l10n from '@vscode/l10n';
import { isLive } from '../../display/runLook';
import type { Estimate } from '../../statistics/interval';
import { estimateMean } from '../../statistics/interval';
import type { RunRecord } from '../record';
import { experimentName, seedGroupKey } from '../seedGroup';

/** How a list of runs can be grouped, with what people call it. */
export const GROUPINGS = [
  { by: 'none', label: l10n.t('no groups') },
  { by: 'experiment', label: l10n.t('experiment') },
  { by: 'seedGroup', label: l10n.t('seed group') },
  { by: 'sweep', label: l10n.t('sweep') },
  { by: 'date', label: l10n.t('date') },
] as const;
export type Grouping = (typeof GROUPINGS)[number]['by'];

/** Some runs that belong together. */
export interface RunGroup {
  readonly key: string;
  readonly label: string;
  readonly records: readonly RunRecord[];
}

/** Mean and spread of the headline over the ended runs of a group that show the same figure. */
export interface GroupHeadline extends Estimate {
  readonly label: string;
}

/** The groups of some runs; `now`, in milliseconds since 1970, decides what is called today. */
export function groupRecords(records: readonly RunRecord[], by: Grouping, now: number): RunGroup[] {
  const groups = new Map<string, { label: string; records: RunRecord[] }>();
  for (const record of records) {
    const { key, label } = placeOf(record, by, now);
    const group = groups.get(key) ?? { label, records: [] };
    group.records.push(record);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

/** The group's headline; undefined if no ended run has one. Runs that show another figure are left out. */
export function groupHeadline(records: readonly RunRecord[]): GroupHeadline | undefined {
  const values = new Map<string, number[]>();
  for (const { summary } of records) {
    const { headline } = summary;
    if (headline === null || isLive(summary)) continue;
    values.set(headline.label, [...(values.get(headline.label) ?? []), headline.value]);
  }
  const most = [...values].sort(([, a], [, b]) => b.length - a.length).at(0);
  return most === undefined ? undefined : { label: most[0], ...estimateMean(most[1]) };
}

interface Place {
  readonly key: string;
  readonly label: string;
}

function placeOf(record: RunRecord, by: Grouping, now: number): Place {
  const { summary } = record;
  switch (by) {
    case 'none':
      return { key: '', label: '' };
    case 'experiment':
      return named(experimentOf(record));
    case 'seedGroup':
      return { key: seedGroupKey(record), label: experimentOf(record) };
    case 'sweep':
      return summary.group === '' ? { key: '', label: l10n.t('no sweep') } : named(summary.group);
    case 'date':
      return dayOf(summary.createdAt, now);
  }
}

/** A run that was renamed stays with its experiment: the configuration's name comes first. */
function experimentOf({ summary, settings }: RunRecord): string {
  const name = settings['name'];
  return experimentName({
    name: typeof name === 'string' && name !== '' ? name : summary.name,
    seed: summary.seed,
  });
}

function named(name: string): Place {
  return { key: name, label: name };
}

/** The local day, for example `2026-08-01`; the last two are called by their names. */
function dayOf(at: number, now: number): Place {
  const key = localDay(new Date(at));
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (key === localDay(today)) return { key, label: l10n.t('today') };
  return { key, label: key === localDay(yesterday) ? l10n.t('yesterday') : key };
}

function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
