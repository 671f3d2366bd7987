import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import {
  placesOfKey,
  projectorKey,
  rememberSelections,
  rememberedLayout,
  rememberedSelections,
  savedPlaces,
} from '../../../../src/extension/page/projectorMemory';

function memory() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

describe('what is remembered of projectors', () => {
  it('are one or two sources, and nothing of what is no such state', () => {
    expect(savedPlaces({ places: ['/runs/a'], epoch: 3 })).toEqual(['/runs/a']);
    expect(savedPlaces({ places: ['/runs/a', '/runs/b'] })).toEqual(['/runs/a', '/runs/b']);
    for (const state of [
      undefined,
      null,
      7,
      {},
      { places: 7 },
      { places: ['/runs/a', {}] },
      { places: ['/runs/a', '/runs/b', '/runs/c'] },
    ])
      expect(savedPlaces(state)).toBeUndefined();
    for (const places of [['/runs/a'], ['/runs/a', '/runs/b']])
      expect(placesOfKey(projectorKey(places))).toEqual(places);
    for (const key of [undefined, '', '{', '[]', '["a","b","c"]', '{"left":"a"}', '[1]'])
      expect(placesOfKey(key)).toEqual([]);
  });

  it('is the default where what was kept is damaged', () => {
    const own = memory();
    own.kept.set('projector.layout', { speed: 'fast', hasDensity: true });
    expect(rememberedLayout(own)).toMatchObject({ speed: 1, hasDensity: true, colourBy: 'class' });
    own.kept.set('projector.selections:/runs/a', [{ name: 7 }]);
    expect(rememberedSelections(own, '/runs/a')).toEqual([]);
  });

  it('are selections of each source, as long as they are not too many', async () => {
    const own = memory();
    const selections = [{ name: 'boots', ids: ['train/1', 'train/2'] }];
    await rememberSelections(own, '/runs/a', selections);
    expect(rememberedSelections(own, '/runs/a')).toEqual(selections);
    expect(rememberedSelections(own, '/runs/b')).toEqual([]);
    const many = [{ name: 'all', ids: Array.from({ length: 100_001 }, String) }];
    await expect(rememberSelections(own, '/runs/a', many)).rejects.toThrow(HumanError);
    expect(rememberedSelections(own, '/runs/a')).toEqual(selections);
  });
});
