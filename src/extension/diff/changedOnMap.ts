/** The way from a comparison to the maps of its first two runs: who is selected there. Pure. */
import type { RunDiff } from '../../domain/diff/runDiff';
import type { SelectedSamples } from '../selectionBus';

/** The samples whose answer changed from the first run to the second; undefined where one of them is no run. */
export function changedOnMap({ columns, samples }: RunDiff): SelectedSamples | undefined {
  const [baseline, second] = columns;
  if (baseline === undefined || second === undefined) return undefined;
  if (baseline.kind === 'configuration' || second.kind === 'configuration') return undefined;
  const shown = samples.diffs.find(({ column }) => column === 1)?.shown ?? [];
  const ids = new Set(shown.flatMap(({ baselineId, id }) => [baselineId, id]));
  return { ids: [...ids], asked: { runs: [baseline.key, second.key], instead: 'changed' } };
}
