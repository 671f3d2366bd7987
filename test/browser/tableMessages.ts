/** Messages as the host of the runs table sends them, of any size, the same for the same arguments. */
import type { WireRow, WireTableMessage } from '../../src/protocol/pages/table';
import { runSummary } from './messages';

const HOUR_MS = 3_600_000;

/** One finished run; change what the test is about. */
export function wireRow(place: number, changes: Partial<WireRow> = {}): WireRow {
  const name = `fmnist-supcon-t${(place % 4) + 1}-s${Math.floor(place / 4) + 1}`;
  const createdAt = Date.now() - (place + 1) * HOUR_MS;
  const summary = runSummary({
    id: name,
    name,
    folder: `/runs/${name}`,
    state: 'ended',
    endState: 'completed',
    createdAt,
    endedAt: createdAt + HOUR_MS / 2,
    seed: Math.floor(place / 4),
  });
  return {
    summary: { ...summary, tags: [...summary.tags], acknowledged: [] },
    settings: {
      'loss.temperature': ((place % 4) + 1) / 10,
      'stage1.epochs': 100,
      seed: Math.floor(place / 4),
    },
    figures: { knn: 0.8 + ((place * 7) % 13) / 100, ece: 0.02 + ((place * 5) % 11) / 1000 },
    tags: { 'loss/headroom': { last: 0.3 + (place % 9) / 100, min: 0.2, max: 1 } },
    seedGroup: `t${(place % 4) + 1}`,
    ...changes,
  };
}

/** A snapshot of so many runs; with `settings`, each run has so many more settings. */
export function tableSnapshot(
  count: number,
  {
    settings = 0,
    ...changes
  }: Partial<Extract<WireTableMessage, { type: 'snapshot' }>> & { settings?: number } = {},
): WireTableMessage {
  const rows = Array.from({ length: count }, (_, place) => {
    const row = wireRow(place);
    const more = Array.from(
      { length: settings },
      (__, i) => [`wide.setting${i}`, (place * 31 + i * 17) % 997] as const,
    );
    return { ...row, settings: { ...row.settings, ...Object.fromEntries(more) } };
  });
  return {
    type: 'snapshot',
    sequence: 1,
    rows,
    layout: null,
    trusted: true,
    ...changes,
  };
}
