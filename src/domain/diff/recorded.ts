/** The sections `outcome`, `data`, `environment` and `engine`: what a run's own files say of it. */
import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../display/format';
import { stateInWords } from '../display/runLook';
import type { DatasetFile } from '../run/dataset';
import type { RunFacts, Values } from './facts';
import type { RowForm } from './rows';
import { compareValues, flatten } from './rows';
import type { DiffRow } from './runDiff';

const MS_PER_SECOND = 1000;
const HASH_DIGITS_SHOWN = 12;

/** How each run went. Its rows are of interest whether or not they differ. */
export function compareOutcomes(facts: readonly RunFacts[]): DiffRow[] {
  return compareValues(facts.map(outcomeOf), Object.keys(OUTCOME_FORMS), (key) => OUTCOME_FORMS[key] ?? {});
}

/** Which samples each run saw. */
export function compareData(facts: readonly RunFacts[]): DiffRow[] {
  const columns = facts.map(({ dataset }) => dataset && dataOf(dataset));
  return compareValues(columns, Object.keys(DATA_FORMS), (key) => DATA_FORMS[key] ?? {});
}

/** Machine, packages and variables. */
export function compareEnvironments(facts: readonly RunFacts[]): DiffRow[] {
  const columns = facts.map(({ environment }) => environment && withoutVersion(flatten(environment)));
  return compareValues(columns, Object.keys(ENVIRONMENT_FORMS), (key) => ENVIRONMENT_FORMS[key] ?? {});
}

/** What ran the step. Why it was chosen is a remark: the reason holds timings, which are never equal. */
export function compareEngines(facts: readonly RunFacts[]): DiffRow[] {
  const columns = facts.map(({ summary }) => {
    if (summary?.engine == null) return null;
    const { name, device, precision } = summary.engine;
    return { name, device, ...(precision === undefined ? {} : { precision }) };
  });
  const reasonOf = (column: number) => facts[column].summary?.engine?.reason ?? '';
  const forms: Readonly<Record<string, RowForm>> = {
    name: { label: l10n.t('engine'), note: reasonOf },
    device: { label: l10n.t('device') },
    precision: { label: l10n.t('precision') },
  };
  return compareValues(columns, Object.keys(forms), (key) => forms[key] ?? {});
}

function outcomeOf({ summary, startedAt, segments, results }: RunFacts): Values | null {
  if (summary === null) return null;
  const { createdAt, endedAt, progress, reason } = summary;
  // The files of a run of others tell when they were last written here, which is no end.
  const end = summary.kind === 'foreign' ? null : endedAt;
  const speed = results?.throughput?.viewsPerSecond ?? progress?.viewsPerSecond;
  return {
    state: stateInWords(summary),
    ...(reason === null ? {} : { reason }),
    started: startedAt ?? createdAt,
    ...(end === null ? {} : { duration: (end - (startedAt ?? createdAt)) / MS_PER_SECOND }),
    ...(typeof speed === 'number' ? { throughput: speed } : {}),
    ...(progress === null ? {} : { steps: progress.step }),
    ...(segments > 1 ? { resumed: segments - 1 } : {}),
  };
}

const OUTCOME_FORMS: Readonly<Record<string, RowForm>> = {
  state: { label: l10n.t('end state') },
  reason: { label: l10n.t('reason') },
  started: { label: l10n.t('started'), text: instant, title: isoInstant },
  duration: { label: l10n.t('duration'), text: numeric(formatDuration), title: exact('s') },
  throughput: {
    label: l10n.t('throughput'),
    text: numeric((value) => l10n.t('{0} views/s', formatNumber(value))),
    title: exact('views/s'),
  },
  steps: { label: l10n.t('steps'), text: numeric(formatCount) },
  resumed: { label: l10n.t('times resumed'), text: numeric(formatCount) },
};

function dataOf({ contentHash, classNames, counts, damaged, ...shape }: DatasetFile): Values {
  return {
    kind: shape.kind,
    train: counts.train,
    validation: counts.validation,
    test: counts.test,
    classes: classNames,
    sample: `${shape.height} × ${shape.width} × ${shape.channels} ${shape.samples}`,
    ...(damaged === 0 ? {} : { damaged }),
    contentHash,
  };
}

const DATA_FORMS: Readonly<Record<string, RowForm>> = {
  kind: { label: l10n.t('kind') },
  train: { label: l10n.t('training samples'), text: numeric(formatCount) },
  validation: { label: l10n.t('validation samples'), text: numeric(formatCount) },
  test: { label: l10n.t('test samples'), text: numeric(formatCount) },
  classes: {
    label: l10n.t('classes'),
    text: classesText,
    title: (value) => (Array.isArray(value) ? value.join(', ') : ''),
  },
  sample: { label: l10n.t('sample') },
  damaged: { label: l10n.t('damaged images left out'), text: numeric(formatCount) },
  contentHash: {
    label: l10n.t('content hash'),
    description: l10n.t('SHA-256 over shapes, labels and values of training and test set.'),
    text: (value) => String(value).slice(0, HASH_DIGITS_SHOWN),
    title: String,
  },
};

const ENVIRONMENT_FORMS: Readonly<Record<string, RowForm>> = {
  host: { label: l10n.t('host') },
  platform: { label: l10n.t('platform') },
  systemRelease: { label: l10n.t('system release') },
  architecture: { label: l10n.t('architecture') },
  cpuModel: { label: l10n.t('processor') },
  coresAvailable: { label: l10n.t('cores available') },
  cores: { label: l10n.t('cores') },
  memoryBytes: { label: l10n.t('memory'), text: numeric(formatBytes), title: exact('B') },
};

function withoutVersion(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'formatVersion'));
}

function classesText(value: unknown): string {
  return Array.isArray(value) ? formatCount(value.length) : '';
}

/** Minutes of a point in time, in UTC: runs of two machines are compared. */
function instant(value: unknown): string {
  return `${isoInstant(value).slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
}

function isoInstant(value: unknown): string {
  const date = new Date(Number(value));
  return Number.isNaN(date.getTime()) ? l10n.t('unknown') : date.toISOString();
}

function numeric(format: (value: number) => string): (value: unknown) => string {
  return (value) => format(Number(value));
}

function exact(unit: string): (value: unknown) => string {
  return (value) => `${String(value)} ${unit}`;
}
