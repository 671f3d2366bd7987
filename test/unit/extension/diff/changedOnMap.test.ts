import { expect, it } from 'vitest';
import { compareRuns } from '../../../../src/domain/diff/compareRuns';
import { changedOnMap } from '../../../../src/extension/diff/changedOnMap';
import { factsOf, predictionsOf } from '../../domain/diff/facts';

it('asks for the changed samples of the first two runs of a comparison, and nothing of configurations', () => {
  const diff = compareRuns([
    factsOf('a', { predictions: predictionsOf([0, 1, 2, 0], [0, 1, 2, 0]) }),
    factsOf('b', { predictions: predictionsOf([0, 1, 2, 0], [0, 2, 2, 1]) }),
    factsOf('c', { predictions: predictionsOf([0, 1, 2, 0], [1, 1, 2, 0]) }),
  ]);
  const changed = changedOnMap(diff);
  expect([...(changed?.ids ?? [])].sort()).toEqual(['test/1', 'test/3']);
  expect(changed?.asked).toEqual({ runs: ['/runs/a', '/runs/b'], instead: 'changed' });
  const [first, second] = diff.columns;
  expect(changedOnMap({ ...diff, columns: [first, { ...second, kind: 'configuration' }] })).toBeUndefined();
});
