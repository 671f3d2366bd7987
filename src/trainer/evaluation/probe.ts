/**
 * The linear probe, stage 2 of the paper: a linear classifier with cross-entropy on features that no longer
 * change. The raw-pixel and untrained-encoder probes are the same procedure on other tables.
 */
import { top1 } from '../../domain/metrics/accuracy';
import { permutation } from '../../domain/random/permutation';
import type { ScheduleSetting } from '../../domain/schedules/schedule';
import { learningRateAt } from '../../domain/schedules/schedule';
import type { Engine, EngineSession } from '../../engine/engine';
import { classifierHead } from '../model/heads';
import { initialValues, tensorSpecs } from '../model/parameters';
import type { OptimiserSetting } from '../optimiser/createOptimiser';
import { optimiserNamed } from '../optimiser/createOptimiser';
import type { Port } from '../port';
import { throwIfStopped } from '../port';
import { linearStepProgram, logitsProgram } from '../programs/linear';
import type { FeatureTable, Scaling } from './featureTable';
import { fitScaling, scaled } from './featureTable';
import type { LinearClassifier } from './linearClassifier';

export interface ProbeSetting extends ScheduleSetting {
  readonly batchSize: number;
  readonly optimiser: OptimiserSetting;
  readonly classes: number;
  readonly seed: number;
}

export interface ProbeResult {
  /** Share right on the test table, 0 to 1. */
  readonly top1: number;
  /** Logits of the test table, row-major [samples, classes]. */
  readonly logits: Float32Array;
  /** Logits of the validation table, likewise. */
  readonly validationLogits: Float32Array;
  readonly classifier: LinearClassifier;
}

/** What a probe tells while it trains. */
export interface ProbeHost {
  readonly port: Port;
  /** Called after each epoch with the mean training loss and the accuracy on the validation table. */
  readonly onEpoch?: (epoch: number, loss: number, accuracy: number) => void;
  /** Called after each epoch with the share that is done, up to 1. */
  readonly onProgress?: (done: number) => void;
}

export interface ProbeTables {
  readonly train: FeatureTable;
  readonly validation: FeatureTable;
  readonly test: FeatureTable;
}

interface ProbeContext {
  readonly session: EngineSession<'step' | 'logits'>;
  readonly setting: ProbeSetting;
  readonly port: Port;
}

/** Trains a linear classifier on `train` and measures it on `test`; `validation` is only reported. */
export async function linearProbe(
  engine: Engine,
  tables: ProbeTables,
  setting: ProbeSetting,
  host: ProbeHost,
): Promise<ProbeResult> {
  const scaling = fitScaling(tables.train);
  const [train, validation, test] = [tables.train, tables.validation, tables.test].map((table) =>
    scaled(table, scaling),
  );
  const batched = { ...setting, batchSize: Math.min(setting.batchSize, train.labels.length) };
  const context = {
    session: await loadClassifier(engine, train.width, batched),
    setting: batched,
    port: host.port,
  };
  try {
    for (let epoch = 0; epoch < setting.epochs; epoch++) {
      const loss = await trainEpoch(context, train, epoch);
      host.onProgress?.((epoch + 1) / setting.epochs);
      if (host.onEpoch !== undefined) host.onEpoch(epoch + 1, loss, await accuracyOn(context, validation));
    }
    const logits = await logitsOf(context, test);
    return {
      top1: top1(logits, test.labels, setting.classes),
      logits,
      validationLogits: await logitsOf(context, validation),
      classifier: await readClassifier(context, scaling),
    };
  } finally {
    await context.session.dispose();
  }
}

async function loadClassifier(
  engine: Engine,
  width: number,
  setting: ProbeSetting,
): Promise<EngineSession<'step' | 'logits'>> {
  const head = classifierHead(width, setting.classes);
  const optimiser = optimiserNamed(setting.optimiser);
  const state = [...head.parameters, ...optimiser.slots(head.parameters)];
  const programs = {
    step: linearStepProgram(head, setting.batchSize, width, optimiser),
    logits: logitsProgram(head, setting.batchSize, width),
  };
  // A linear classifier is convex: it starts from zero.
  const initial = Object.fromEntries(
    Object.entries(initialValues(state, setting.seed)).map(([name, values]) => [name, values.fill(0)]),
  );
  return engine.load({ state: tensorSpecs(state), programs }, initial);
}

async function trainEpoch(
  { session, setting, port }: ProbeContext,
  table: FeatureTable,
  epoch: number,
): Promise<number> {
  const { batchSize, seed } = setting;
  const perEpoch = Math.floor(table.labels.length / batchSize);
  const order = permutation(table.labels.length, seed, epoch);
  let sum = 0;
  for (let batch = 0; batch < perEpoch; batch++) {
    throwIfStopped(port);
    const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
    const rate = Float32Array.of(learningRateAt(setting, perEpoch, epoch * perEpoch + batch));
    const { loss } = await session.run('step', { ...batchOf(table, rows, batchSize), rate });
    sum += loss[0];
  }
  // Let messages in: the engine's calls block the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  return sum / perEpoch;
}

function batchOf(table: FeatureTable, rows: ArrayLike<number>, batchSize: number) {
  const features = new Float32Array(batchSize * table.width);
  const labels = new Int32Array(batchSize);
  for (let i = 0; i < rows.length; i++) {
    table.copyRow(rows[i], features, i * table.width);
    labels[i] = table.labels[rows[i]];
  }
  return { features, labels };
}

async function readClassifier({ session }: ProbeContext, scaling: Scaling): Promise<LinearClassifier> {
  const state = await session.readState(['classifier/kernel', 'classifier/bias']);
  return {
    kernel: state['classifier/kernel'] as Float32Array,
    bias: state['classifier/bias'] as Float32Array,
    scaling,
  };
}

async function accuracyOn(context: ProbeContext, table: FeatureTable): Promise<number> {
  return top1(await logitsOf(context, table), table.labels, context.setting.classes);
}

async function logitsOf(
  { session, setting, port }: ProbeContext,
  table: FeatureTable,
): Promise<Float32Array> {
  const { batchSize, classes } = setting;
  const all = new Float32Array(table.labels.length * classes);
  for (let start = 0; start < table.labels.length; start += batchSize) {
    throwIfStopped(port);
    const rows = Int32Array.from(
      { length: Math.min(batchSize, table.labels.length - start) },
      (_, i) => start + i,
    );
    const { logits } = await session.run('logits', { features: batchOf(table, rows, batchSize).features });
    all.set(logits.subarray(0, rows.length * classes), start * classes);
  }
  return all;
}
