/** The offline linear probe of a run: its setting, and what is said of it. */
import { top1, topK } from '../../domain/metrics/accuracy';
import type { Configuration } from '../../domain/configuration/schema';
import type { Accuracy, Feature, Figure } from '../../domain/run/results';
import { describeSchedule } from '../../domain/schedules/schedule';
import type { Engine } from '../../engine/engine';
import type { OptimiserSetting } from '../optimiser/createOptimiser';
import { stageTwoOptimiser } from '../optimiser/createOptimiser';
import type { ChosenProbe } from './chosenProbe';
import { chosenProbe } from './chosenProbe';
import type { ProbeHost, ProbeSetting, ProbeTables } from './probe';

/** k of the accuracy beside top-1. */
const TOP = 5;

/** What a probe needs to know of a run. */
export interface ProbedRun {
  readonly engine: Engine;
  readonly configuration: Configuration;
  readonly classes: number;
}

/** Trains the probe that the configuration asks for. */
export function runProbe(run: ProbedRun, tables: ProbeTables, host: ProbeHost): Promise<ChosenProbe> {
  return chosenProbe(run.engine, tables, probeSetting(run), host);
}

/** How a probe was trained, for results.json. */
export function probeProtocol({ configuration }: ProbedRun, { learningRate }: ChosenProbe): string {
  const { stage2, evaluation } = configuration;
  const choice =
    evaluation.probeRates.length === 0
      ? ''
      : ` (chosen on the validation split from ${evaluation.probeRates.join(', ')})`;
  return `${describeOptimiser(stageTwoOptimiser(configuration))}, ${describeSchedule({ ...stage2, learningRate })}${choice}, ${stage2.epochs} epochs of ${stage2.batchSize}, features centred and scaled to unit largest variance, trained on the train split`;
}

/** What is said of an accuracy beside its value. */
export interface AccuracyLabel {
  readonly classes: number;
  readonly feature: Feature;
  readonly split: Figure['split'];
  readonly protocol: string;
}

/** Top-1, and top-5 where there are more than five classes, of logits, row-major [samples, classes]. */
export function accuracyFigure(
  logits: Float32Array,
  labels: Int32Array,
  { classes, ...said }: AccuracyLabel,
): Accuracy {
  return {
    top1: top1(logits, labels, classes),
    ...(classes > TOP ? { top5: topK(logits, labels, { classes, k: TOP }) } : {}),
    ...said,
  };
}

/** The same on the test split. */
export function testAccuracy(
  logits: Float32Array,
  labels: Int32Array,
  said: Omit<AccuracyLabel, 'split'>,
): Accuracy {
  return accuracyFigure(logits, labels, { ...said, split: 'test' });
}

function probeSetting({ configuration, classes }: ProbedRun): ProbeSetting & { rates: readonly number[] } {
  const { stage2, seed, evaluation } = configuration;
  const optimiser = stageTwoOptimiser(configuration);
  return { ...stage2, optimiser, classes, seed, rates: evaluation.probeRates };
}

function describeOptimiser(setting: OptimiserSetting): string {
  const decay = setting.weightDecay > 0 ? `, weight decay ${setting.weightDecay}` : '';
  return `${constantsOf(setting)}${decay}`;
}

function constantsOf({ name, momentum, beta2, rho, trustCoefficient }: OptimiserSetting): string {
  switch (name) {
    case 'sgd':
      return `SGD momentum ${momentum}`;
    case 'rmsprop':
      return `RMSProp rho ${rho} momentum ${momentum}`;
    case 'adam':
      return `Adam betas ${momentum} and ${beta2}`;
    case 'adamw':
      return `AdamW betas ${momentum} and ${beta2}`;
    case 'lars':
      return `LARS momentum ${momentum} trust coefficient ${trustCoefficient}`;
  }
}
