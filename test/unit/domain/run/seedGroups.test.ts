import { describe, expect, it } from 'vitest';
import { seedGroupsOf } from '../../../../src/domain/run/seedGroups';
import { runSummary } from '../../../browser/messages';

function run(name: string, seed: number | null, temperature: number) {
  const summary = runSummary({ folder: `/runs/${name}`, name, seed });
  return { summary, settings: { 'loss.temperature': temperature, seed, name } };
}

describe('seed groups', () => {
  it('are runs that differ in the seed alone, in the order of their first', () => {
    const runs = [
      run('b-s1', 1, 0.2),
      run('a-s1', 1, 0.1),
      run('a-s2', 2, 0.1),
      run('b-s2', 2, 0.2),
      run('c-s1', 1, 0.5),
    ];
    const groups = seedGroupsOf(runs);
    expect(groups.map(({ name, folders }) => ({ name, folders }))).toEqual([
      { name: 'b', folders: ['/runs/b-s1', '/runs/b-s2'] },
      { name: 'a', folders: ['/runs/a-s1', '/runs/a-s2'] },
    ]);
    expect(seedGroupsOf(runs.slice(1)).find(({ name }) => name === 'a')?.key).toBe(groups[1].key);
  });

  it('hold runs of earlier versions, which lack later keys, and part where such a key is set', () => {
    const later = { 'stage2.optimiser': 'sgd', 'stage2.weightDecay': 0, 'loss.overlap': 'jaccard' };
    const [old, fresh, other] = [run('a-s1', 1, 0.1), run('a-s2', 2, 0.1), run('a-s3', 3, 0.1)];
    const groups = seedGroupsOf([
      old,
      { ...fresh, settings: { ...fresh.settings, ...later } },
      { ...other, settings: { ...other.settings, ...later, 'stage2.optimiser': 'adam' } },
    ]);
    expect(groups.map(({ folders }) => folders)).toEqual([['/runs/a-s1', '/runs/a-s2']]);
  });

  it('are not made of one seed twice, nor of runs without a seed', () => {
    expect(seedGroupsOf([run('a', 1, 0.1), run('b', 1, 0.1)])).toEqual([]);
    expect(seedGroupsOf([run('a', null, 0.1), run('b', null, 0.1)])).toEqual([]);
  });
});
