/** Facts of runs for tests of the diff: a complete run, to be changed where the test is about something. */
import { resolveConfiguration } from '../../../../src/domain/diff/configuration';
import type { CodeFacts, RunFacts } from '../../../../src/domain/diff/facts';
import type { PredictionsFile } from '../../../../src/domain/run/predictions';
import type { Results } from '../../../../src/domain/run/results';
import type { RunSummary } from '../../../../src/domain/run/state';

const BEGAN = Date.UTC(2026, 7, 1, 10, 15);

export const CLASSES = ['shirt', 'coat', 'dress'];
export const COMMIT = 'a'.repeat(40);

/** A completed run by its name. */
export function factsOf(name: string, changes: Partial<RunFacts> = {}): RunFacts {
  const key = changes.key ?? `/runs/${name}`;
  return {
    key,
    name,
    id: `${name}-20260801-101500-a1b2`,
    summary: summaryOf(name),
    startedAt: BEGAN,
    segments: 1,
    configuration: configurationOf({}),
    dataset: {
      formatVersion: 1,
      kind: 'idx',
      samples: 'images',
      height: 28,
      width: 28,
      channels: 1,
      classNames: CLASSES,
      counts: { train: 54_000, validation: 6000, test: 10_000 },
      contentHash: 'f'.repeat(64),
      damaged: 0,
    },
    environment: { formatVersion: 1, host: 'machine', cores: 8, versions: { node: '24.1.0' }, variables: {} },
    code: codeOf(''),
    results: resultsOf({}),
    tags: [],
    predictions: predictionsOf([0, 1, 2, 0], [0, 1, 2, 1]),
    replicates: [],
    problems: {},
    ...changes,
  };
}

/** A configuration, defaults filled in. */
export function configurationOf(json: object): RunFacts['configuration'] {
  return resolveConfiguration(json, 'config.json');
}

/** Code at one commit, with a patch. */
export function codeOf(patch: string, changes: Partial<CodeFacts> = {}): CodeFacts {
  return { unavailable: null, commit: COMMIT, branch: 'main', omitted: [], patch, ...changes };
}

/** Final figures. */
export function resultsOf({
  probe = 0.9,
  ece = 0.02,
  accuracy = [0.9, 0.8, 0.7],
}: {
  probe?: number;
  ece?: number;
  accuracy?: readonly number[];
}): Results {
  const said = { split: 'test', protocol: 'of a test' } as const;
  return {
    formatVersion: 1,
    linearProbe: { top1: probe, ...said },
    calibration: { ece, bins: 15, ...said },
    perClass: {
      classes: CLASSES,
      accuracy,
      confusion: accuracy.map((share, c) =>
        CLASSES.map((_, k) => Math.round(1000 * (c === k ? share : (1 - share) / 2))),
      ),
      ...said,
    },
  };
}

/** Answers to a few test samples; each sample's hash is its own unless some are given. */
export function predictionsOf(
  labels: readonly number[],
  answers: readonly number[],
  changes: Partial<PredictionsFile> = {},
): PredictionsFile {
  return {
    formatVersion: 1,
    split: 'test',
    protocol: 'of a test',
    datasetHash: 'f'.repeat(64),
    classes: CLASSES,
    labels,
    answers,
    confidence: answers.map((_, i) => 0.5 + i / 100),
    hashes: labels.map((_, i) => `sample ${i}`),
    ...changes,
  };
}

function summaryOf(name: string): RunSummary {
  return {
    id: `${name}-20260801-101500-a1b2`,
    name,
    folder: `/runs/${name}`,
    state: 'ended',
    endState: 'completed',
    pid: null,
    signal: null,
    reason: null,
    createdAt: BEGAN,
    endedAt: BEGAN + 3_720_000,
    heartbeat: null,
    progress: null,
    headline: null,
    engine: { name: 'onnx', device: 'cpu, 2 threads', precision: 'float32', reason: 'fastest of one' },
    stop: null,
    queuedBehind: null,
    loss: 'supcon',
    resumable: false,
    kind: 'training',
    group: '',
    seed: 3,
    starred: false,
    tags: [],
    notes: '',
    archived: false,
  };
}
