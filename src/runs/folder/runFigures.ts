/**
 * What the small files of a run say beside its curves: reliability diagram, confusion matrix, histograms of each epoch,
 * and the test samples behind a cell of the matrix. A file that is missing or damaged is a figure that is not there.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { RUN_FILE } from '../../domain/run/layout';
import type { CellSample, EpochDiagnostics, RunFigures } from '../../domain/run/runFigures';
import { predictionsFileSchema } from '../../protocol/recorded';
import { readSmallFile } from './runFiles';

const resultsSchema = v.object({
  formatVersion: v.number(),
  perClass: v.fallback(
    v.nullable(
      v.object({
        classes: v.array(v.string()),
        confusion: v.exactOptional(v.array(v.array(v.number()))),
      }),
    ),
    null,
  ),
  calibration: v.fallback(
    v.nullable(
      v.object({
        ece: v.number(),
        reliability: v.exactOptional(
          v.array(v.object({ count: v.number(), accuracy: v.number(), confidence: v.number() })),
        ),
      }),
    ),
    null,
  ),
});

const diagnosticsSchema = v.object({
  formatVersion: v.number(),
  epoch: v.number(),
  step: v.number(),
  classAlignment: v.fallback(v.number(), Number.NaN),
  uniformity: v.fallback(v.number(), Number.NaN),
  histograms: v.object({ sameClass: v.array(v.number()), otherClass: v.array(v.number()) }),
});

/** More epochs than a slider can tell apart: of longer runs every other, every third, ... is read, the last always. */
const MOST_EPOCHS = 200;

/** Everything that charts draw of a run beside its curves. Never throws. */
export async function readRunFigures(folder: string): Promise<RunFigures> {
  const [results, epochs] = await Promise.all([
    readIfSound(join(folder, RUN_FILE.results), resultsSchema),
    readEpochs(folder),
  ]);
  const { calibration, perClass } = results ?? { calibration: null, perClass: null };
  return {
    reliability: calibration?.reliability ? { ece: calibration.ece, bins: calibration.reliability } : null,
    confusion: perClass?.confusion ? { classes: perClass.classes, counts: perClass.confusion } : null,
    epochs,
  };
}

/** The test samples of a true class that got an answer, the most confident first; null where answers are not recorded. */
export async function readCellSamples(
  folder: string,
  cell: { readonly trueClass: number; readonly answer: number },
): Promise<readonly CellSample[] | null> {
  const file = await readIfSound(join(folder, RUN_FILE.predictions), predictionsFileSchema);
  if (!file) return null;
  return file.labels
    .map((label, place) => ({
      label,
      place,
      answer: file.answers[place],
      confidence: file.confidence[place] ?? 0,
    }))
    .filter(({ label, answer }) => label === cell.trueClass && answer === cell.answer)
    .map(({ place, confidence }) => ({ place, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
}

async function readEpochs(folder: string): Promise<EpochDiagnostics[]> {
  const home = join(folder, RUN_FILE.diagnostics);
  const names = (await readdir(home).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const stride = Math.ceil(names.length / MOST_EPOCHS);
  const kept = names.filter((_, i) => (names.length - 1 - i) % stride === 0);
  const files = await Promise.all(kept.map((name) => readIfSound(join(home, name), diagnosticsSchema)));
  return files.flatMap((file) => {
    if (!file) return [];
    const { epoch, step, classAlignment, uniformity, histograms } = file;
    return [{ epoch, step, classAlignment, uniformity, ...histograms }];
  });
}

async function readIfSound<T extends { formatVersion: number }>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | undefined> {
  return readSmallFile(path, schema).catch(() => undefined);
}
