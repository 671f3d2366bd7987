/** Rows for tests of the table. */
import { RandomStream } from '../../../../src/domain/random/stream';
import type { RunRow } from '../../../../src/domain/runsTable/row';
import { runSummary } from '../../../browser/messages';

/** A finished run; change what the test is about. */
export function tableRow(name: string, changes: Partial<Omit<RunRow, 'summary'>> = {}): RunRow {
  const summary = runSummary({
    id: name,
    name,
    folder: `/runs/${name}`,
    state: 'ended',
    endState: 'completed',
  });
  return { summary, settings: {}, figures: {}, tags: {}, seedGroup: name, ...changes };
}

/** Rows with gaps, ties, NaN and infinities, the same for a seed. */
export function randomRows(seed: number, count: number): RunRow[] {
  const random = new RandomStream(seed);
  const pick = <T>(values: readonly T[]): T => values[random.uint32() % values.length];
  return Array.from({ length: count }, (_, i) =>
    tableRow(`run-${i}`, {
      settings: {
        'loss.temperature': pick([0.05, 0.1, 0.1, 0.5, null]),
        'loss.name': pick(['supcon', 'SimCLR', 'triplet']),
        ...(pick([true, false]) ? { 'model.padding': pick([true, false]) } : {}),
      },
      figures: pick([{}, { knn: pick([0.1, 0.5, 0.9, NaN, Infinity, -Infinity]) }]),
      tags: {},
      seedGroup: pick([`alone-${i}`, 'a', 'b', 'c']),
    }),
  );
}
