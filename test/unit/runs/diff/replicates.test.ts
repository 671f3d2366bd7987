/** Seed groups on the disk: the runs beside two compared ones that differ from them in the seed alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeScalars } from '../../../../src/formats/events/writer';
import { compareRunFolders } from '../../../../src/runs/diff/compare';
import { resultsOf } from '../../domain/diff/facts';
import { fill, temporaryFolder } from '../folders';

const TAG = 'accuracy/knn_validation';

interface Made {
  readonly temperature: number;
  readonly seed: number;
  readonly accuracy: number;
  readonly group?: string;
  readonly isEnded?: boolean;
}

/** A run of our trainer whose only curve ends at its accuracy. */
function run(
  runs: string,
  { temperature, seed, accuracy, group = `t${temperature}`, isEnded = true }: Made,
): string {
  const folder = join(runs, `${group}-${temperature}-${seed}`);
  fill(folder, {
    'config.json': { formatVersion: 1, name: 'run', group, seed, loss: { temperature } },
    ...(isEnded ? { 'results.json': resultsOf({ probe: accuracy }) } : {}),
  });
  const points = [accuracy - 0.1, accuracy].map((value, i) => encodeScalars(1000 + i, i, { [TAG]: value }));
  writeFileSync(join(folder, 'events.out.tfevents.1.host'), Buffer.concat(points));
  return folder;
}

it('final figures and recorded tags are means over them, without runs of other settings, other groups or no end', async () => {
  const runs = temporaryFolder();
  const [a] = [0.7, 0.71, 0.72].map((accuracy, seed) => run(runs, { temperature: 0.1, seed, accuracy }));
  const [b] = [0.8, 0.81, 0.82].map((accuracy, seed) => run(runs, { temperature: 0.5, seed, accuracy }));
  run(runs, { temperature: 0.1, seed: 7, accuracy: 0.1, group: 'other' });
  run(runs, { temperature: 0.2, seed: 7, accuracy: 0.1, group: 't0.1' });
  run(runs, { temperature: 0.1, seed: 7, accuracy: 0.1, isEnded: false });
  const { metrics, columns } = await compareRunFolders([a, b]);
  expect(columns.map(({ replicates }) => replicates)).toEqual([3, 3]);
  for (const key of ['linearProbe', `${TAG} last`]) {
    const cells = metrics.rows.find((row) => row.key === key)?.cells;
    expect(cells?.map(({ text }) => text)).toEqual(['71.0 %', '81.0 %']);
    expect(cells?.[1].delta).toMatchObject({ text: '+10.0', counts: '3+3', verdict: 'better' });
  }
});
