/** Messages like those of a recorded run. Columns are plain arrays here; the page gets typed ones. */
import { TAG } from '../../src/domain/metrics/tags';
import type { Alert } from '../../src/domain/run/alert';
import type { RunSummary } from '../../src/domain/run/state';

export interface PlainSeries {
  readonly tag: string;
  readonly steps: readonly number[];
  readonly wallTimes: readonly number[];
  readonly values: readonly number[];
  readonly restart?: number | null;
}

export interface PlainMessage {
  readonly type: 'snapshot' | 'delta';
  readonly sequence: number;
  readonly run: RunSummary | null;
  readonly trusted?: boolean;
  readonly series: readonly PlainSeries[];
  readonly alerts: readonly Alert[];
}

/** A running run; change what the test is about. */
export function runSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'fmnist-20260801-101500-a1b2',
    name: 'fmnist-supcon-r18-s3',
    folder: '/runs/fmnist-20260801-101500-a1b2',
    state: 'running',
    endState: null,
    pid: 4711,
    signal: null,
    reason: null,
    createdAt: Date.now() - 600_000,
    endedAt: null,
    heartbeat: Date.now(),
    progress: {
      stage: 'contrastive',
      epoch: 12,
      epochs: 100,
      step: 400,
      steps: 4000,
      fraction: 0.12,
      secondsLeft: 2460,
      viewsPerSecond: 1912,
    },
    headline: { label: 'kNN', value: 0.884 },
    engine: { name: 'onnx', device: 'cpu, 2 threads', reason: 'the embedded default' },
    stop: null,
    queuedBehind: null,
    loss: 'supcon',
    resumable: true,
    kind: 'training',
    group: '',
    seed: 1,
    starred: false,
    tags: [],
    notes: '',
    archived: false,
    ...changes,
  };
}

/** Every tag of a healthy run from one step to another, the second excluded. */
export function healthySeries(from: number, to: number): PlainSeries[] {
  const every = (stride: number, value: (step: number) => number, tag: string): PlainSeries => {
    const steps: number[] = [];
    for (let step = from; step < to; step++) if (step % stride === 0) steps.push(step);
    return {
      tag,
      steps,
      wallTimes: steps.map((step) => 1.7e9 + step),
      values: steps.map(value),
      restart: null,
    };
  };
  const loss = (step: number) =>
    5.31 + 0.6 * Math.exp(-step / 120) + 2 * Math.exp(-step / 30) + wobble(step) * 0.06;
  return [
    every(1, loss, TAG.loss),
    every(1, () => 7.62, TAG.collapseLine),
    every(1, () => 5.31, TAG.floor),
    every(1, (step) => (loss(step) - 5.31) / 2.31, TAG.headroom),
    every(1, (step) => 0.2 * Math.min(1, step / 40) * (0.5 + 0.5 * Math.cos(step / 1273)), TAG.learningRate),
    every(1, (step) => 2 + Math.exp(-step / 60) + 0.3 * wobble(step + 7), TAG.gradientNorm),
    every(1, (step) => 0.95 - 0.2 * Math.exp(-step / 50), TAG.cosineSameImage),
    every(1, (step) => 0.8 - 0.5 * Math.exp(-step / 90), TAG.cosineSameClass),
    every(1, (step) => 0.01 + 0.3 * Math.exp(-step / 90), TAG.cosineOtherClass),
    every(1, (step) => 0.088 - 0.05 * Math.exp(-step / 50), TAG.projectionDeviation),
    every(40, (step) => 0.884 - 0.5 * Math.exp(-step / 60), TAG.knnAccuracy),
    every(40, (step) => 0.879 - 0.55 * Math.exp(-step / 60), TAG.classMeanAccuracy),
    every(5, (step) => 1910 + 40 * wobble(step + 3), TAG.viewsPerSecond),
    every(5, () => 0.004, TAG.dataWaitShare),
    every(5, (step) => 6.1e8 + step * 1e4, TAG.processMemory),
    every(5, (step) => 188 + 6 * wobble(step), TAG.cpuPercent),
  ];
}

/** The snapshot of a healthy run with `steps` steps. */
export function snapshot(steps: number, changes: Partial<PlainMessage> = {}): PlainMessage {
  return {
    type: 'snapshot',
    sequence: 0,
    run: runSummary(),
    trusted: true,
    series: healthySeries(0, steps),
    alerts: [],
    ...changes,
  };
}

/** The final figures of a run, recorded once at its last step. */
export function finalSeries(step: number, figures: Readonly<Record<string, number>>): PlainSeries[] {
  return Object.entries(figures).map(([tag, value]) => ({
    tag,
    steps: [step],
    wallTimes: [1.7e9 + step],
    values: [value],
    restart: null,
  }));
}

/** A delta with the steps `from` to `to`, the second excluded. */
export function delta(sequence: number, from: number, to: number): PlainMessage {
  return { type: 'delta', sequence, run: runSummary(), series: healthySeries(from, to), alerts: [] };
}

export const ALERT: Alert = {
  kind: 'data-wait',
  severity: 'warning',
  step: 200,
  at: Date.now() - 120_000,
  cause: 'Loader-bound for 200 steps: 31 % of the time goes into waiting for batches.',
  remedy: 'Raise "loader.workers", or move the data to a faster disk.',
};

/** Noise without a generator: the same at every call. */
function wobble(step: number): number {
  return Math.sin(step * 12.9898) * Math.cos(step * 4.1414);
}
