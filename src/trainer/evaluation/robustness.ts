/**
 * A classifier under corruption (Hendrycks and Dietterich, ICLR 2019): the test images once clean and once for each
 * corruption and severity. One batch of corrupted images exists at a time. What chance decides of an image depends on
 * seed, corruption, severity and image, so every run meets the same images.
 */
import type { Corruption, Severity } from '../../domain/corruptions/corruption';
import { SEVERITIES } from '../../domain/corruptions/corruption';
import { PURPOSE, randomStream } from '../../domain/random/stream';
import type { Robustness } from '../../domain/run/results';
import type { ImageSet } from '../../formats/datasets/imageSet';
import { allocateImageSet, imageBytes } from '../../formats/datasets/imageSet';
import type { ChannelStatistics } from '../../formats/datasets/split';
import type { TrainingSession } from '../job';
import type { Port } from '../port';
import { ENCODE_BATCH, encodeImages } from './encode';
import { allIndices } from './encodings';
import type { ShippedClassifier } from './shippedClassifier';
import { accuracyAndError } from './shippedClassifier';

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

/** Measures the classifier on clean images and under every corruption that means something to their channels. */
export async function measureRobustness(
  subject: RobustnessSubject,
  corruptions: readonly Corruption[],
  { port, onProgress }: RobustnessHost,
): Promise<Robustness> {
  const { set } = subject;
  const used = corruptions.filter(({ needsColour }) => !needsColour || set.channels > 1);
  const clean = await measure(subject, logitsOfAll(subject, set, port));
  const rows: Measured[][] = [];
  for (const corruption of used) {
    const row: Measured[] = [];
    for (const severity of SEVERITIES) {
      row.push(await measure(subject, corruptedLogits(subject, { corruption, severity }, port)));
      const done = rows.length * SEVERITIES.length + row.length;
      onProgress?.(done / (used.length * SEVERITIES.length));
    }
    rows.push(row);
  }
  return figureOf(subject, used, { clean, rows });
}

/** One row of measurements a corruption, one entry a severity. */
interface Measurements {
  readonly clean: Measured;
  readonly rows: readonly (readonly Measured[])[];
}

function figureOf(
  { classifier, set, seed }: RobustnessSubject,
  used: readonly Corruption[],
  { clean, rows }: Measurements,
): Robustness {
  const bySeverity = (of: keyof Measured) => [
    clean[of],
    ...SEVERITIES.map((_, s) => mean(rows.map((row) => row[s][of]))),
  ];
  const errors = (row: readonly Measured[]) => row.map(({ top1 }) => 1 - top1);
  return {
    top1: mean(rows.flat().map(({ top1 }) => top1)),
    clean: 1 - clean.top1,
    corrupted: Object.fromEntries(used.map(({ name }, i) => [name, errors(rows[i])])),
    families: Object.fromEntries(used.map(({ name, family }) => [name, family])),
    top1BySeverity: bySeverity('top1'),
    eceBySeverity: bySeverity('ece'),
    samples: set.count,
    split: 'test',
    feature: classifier.feature,
    protocol: `answers of ${classifier.name} to ${set.count} images under ${used.length} corruptions at ${SEVERITIES.length} severities, seed ${seed}; errors are shares wrong`,
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
  readonly severity: Severity;
}

/** Writes the corrupted image `from` of the subject's set to place `to` of the batch. */
function corruptImage(
  { set, seed }: RobustnessSubject,
  { corruption, severity }: CorruptionAt,
  { from, to, batch }: { from: number; to: number; batch: ImageSet },
): void {
  const bytes = imageBytes(set);
  const random = randomStream(seed, PURPOSE.corruption, keyOf(corruption.name), severity, from);
  corruption.apply(
    set.images.subarray(from * bytes, (from + 1) * bytes),
    batch.images.subarray(to * bytes, (to + 1) * bytes),
    { size: { height: set.height, width: set.width, channels: set.channels }, severity, random },
  );
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
