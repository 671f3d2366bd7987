/**
 * A classifier under corruption (Hendrycks and Dietterich, ICLR 2019): the test images once clean and once for each
 * corruption and severity. One batch of corrupted images exists at a time. What chance decides of an image depends on
 * seed, corruption, severity and image, so every run meets the same images.
 */
import type { RandomStream } from '../../domain/random/stream';
import { PURPOSE, randomStream } from '../../domain/random/stream';
import type { Robustness } from '../../domain/run/results';
import type { ImageSet } from '../../formats/datasets/imageSet';
import { allocateImageSet, imageBytes } from '../../formats/datasets/imageSet';
import type { ChannelStatistics } from '../../formats/datasets/split';
import type { ImageSize } from '../data/image';
import type { TrainingSession } from '../job';
import type { Port } from '../port';
import { ENCODE_BATCH, encodeImages } from './encode';
import { allIndices } from './encodings';
import type { ShippedClassifier } from './shippedClassifier';
import { accuracyAndError } from './shippedClassifier';

/** One kind of corruption. */
export interface Corruption {
  readonly name: string;
  /** `noise`, `blur`, `weather`, `digital`. */
  readonly family: string;
  /** A corrupted copy of an image [height, width, channels], 0 to 255. @param severity 1 to 5 */
  apply(image: Uint8Array, size: ImageSize, severity: number, random: RandomStream): Uint8Array;
}

/** From mild to severe. */
export const SEVERITIES = [1, 2, 3, 4, 5] as const;

/** What is measured, and with what. */
export interface RobustnessSubject {
  readonly session: TrainingSession;
  readonly classifier: ShippedClassifier;
  /** The clean images. */
  readonly set: ImageSet;
  readonly statistics: ChannelStatistics;
  readonly seed: number;
}

export interface RobustnessHost {
  readonly port: Port;
  /** Called after each corruption and severity with the share that is done, up to 1. */
  readonly onProgress?: (done: number) => void;
}

interface Measured {
  readonly top1: number;
  readonly ece: number;
}

/** Measures the classifier on clean images and under every corruption. */
export async function measureRobustness(
  subject: RobustnessSubject,
  corruptions: readonly Corruption[],
  { port, onProgress }: RobustnessHost,
): Promise<Robustness> {
  const { set, classifier } = subject;
  const clean = await measure(subject, logitsOfAll(subject, set, port));
  const table: Measured[][] = [];
  for (const corruption of corruptions) {
    const row: Measured[] = [];
    for (const severity of SEVERITIES) {
      row.push(await measure(subject, corruptedLogits(subject, { corruption, severity }, port)));
      onProgress?.(
        (table.length * SEVERITIES.length + row.length) / (corruptions.length * SEVERITIES.length),
      );
    }
    table.push(row);
  }
  const bySeverity = (of: keyof Measured) => [
    clean[of],
    ...SEVERITIES.map((_, s) => mean(table.map((row) => row[s][of]))),
  ];
  return {
    top1: mean(table.flat().map(({ top1 }) => top1)),
    clean: 1 - clean.top1,
    corrupted: Object.fromEntries(
      corruptions.map(({ name }, i) => [name, table[i].map(({ top1 }) => 1 - top1)]),
    ),
    families: Object.fromEntries(corruptions.map(({ name, family }) => [name, family])),
    top1BySeverity: bySeverity('top1'),
    eceBySeverity: bySeverity('ece'),
    samples: set.count,
    split: 'test',
    feature: classifier.feature,
    protocol: `answers of ${classifier.name} to ${set.count} images under ${corruptions.length} corruptions at ${SEVERITIES.length} severities, seed ${subject.seed}; errors are shares wrong`,
  };
}

async function measure(
  { classifier, set }: RobustnessSubject,
  logits: Promise<Float32Array>,
): Promise<Measured> {
  return accuracyAndError(await logits, Int32Array.from(set.labels), classifier.classes);
}

async function logitsOfAll(subject: RobustnessSubject, set: ImageSet, port: Port): Promise<Float32Array> {
  const { session, classifier, statistics } = subject;
  return classifier.logitsOf(
    await encodeImages(session, { set, indices: allIndices(set.count), statistics }, port),
  );
}

async function corruptedLogits(
  subject: RobustnessSubject,
  what: CorruptionAt,
  port: Port,
): Promise<Float32Array> {
  const { set, classifier } = subject;
  const logits = new Float32Array(set.count * classifier.classes);
  const batch = allocateImageSet({ ...set, count: ENCODE_BATCH });
  for (let start = 0; start < set.count; start += ENCODE_BATCH) {
    const count = Math.min(ENCODE_BATCH, set.count - start);
    for (let i = 0; i < count; i++) corruptImage(subject, what, { from: start + i, to: i, batch });
    const part = await logitsOfAll(subject, { ...batch, count }, port);
    logits.set(part, start * classifier.classes);
  }
  return logits;
}

interface CorruptionAt {
  readonly corruption: Corruption;
  readonly severity: number;
}

/** Writes the corrupted image `from` of the subject's set to place `to` of the batch. */
function corruptImage(
  { set, seed }: RobustnessSubject,
  { corruption, severity }: CorruptionAt,
  { from, to, batch }: { from: number; to: number; batch: ImageSet },
): void {
  const size = imageBytes(set);
  const image = set.images.slice(from * size, (from + 1) * size);
  const random = randomStream(seed, PURPOSE.corruption, keyOf(corruption.name), severity, from);
  const { height, width, channels } = set;
  batch.images.set(corruption.apply(image, { height, width, channels }, severity, random), to * size);
}

/** A number for a name, so that a new corruption leaves what chance decides in the others alone. */
function keyOf(name: string): number {
  const BASE = 31;
  return Array.from(name).reduce(
    (key, character) => (Math.imul(key, BASE) + (character.codePointAt(0) ?? 0)) >>> 0,
    0,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
