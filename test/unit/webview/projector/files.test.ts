/** Words beside the maps, and maps as files. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAP_REQUEST } from '../../../../src/domain/maps/request';
import { partnerOf, partnersOf } from '../../../../webview/projector/state/partners';
import { exportCsv, exportJson } from '../../../../webview/projector/state/exports';
import { methodWords, pairFacts, qualityFacts, sampleWords } from '../../../../webview/projector/state/words';
import { classes } from './support';

const PARTNERS = partnersOf(Int32Array.of(-1, 0), 2);
const pane = (name: 'left' | 'right', ids: readonly string[], positions: readonly number[]) => ({
  pane: name,
  name: `run ${name}`,
  epoch: 3,
  ids,
  columns: [classes(['=boot', 'a,b'])],
  positions: Float32Array.from(positions),
  dimensions: 2 as const,
});
const SOURCE = {
  panes: [pane('left', ['a', 'b'], [1, 2, NaN, 4]), pane('right', ['b', 'c'], [5, 6, 7, 8])],
  places: [
    { pane: 'left', row: 0 },
    { pane: 'left', row: 1 },
    { pane: 'right', row: 1 },
  ] as const,
  partnerOf: (place: { pane: 'left' | 'right'; row: number }) => partnerOf(PARTNERS, place),
  neighboursOf: () => undefined,
};

describe('files', () => {
  it('have a row a sample, with its place on each map where it is on it', () => {
    const lines = exportCsv(SOURCE).trim().split('\n');
    expect(lines).toEqual([
      'id,x left,y left,class left,x right,y right,class right',
      "a,1,2,'=boot,,,",
      `b,,4,"a,b",5,6,'=boot`,
      'c,,,,7,8,"a,b"',
    ]);
  });

  it('tell votes of neighbours from what was recorded', () => {
    const columns = [classes(['bag', 'coat']), { ...classes(['coat', 'coat'], 'prediction'), isVoted: true }];
    const panes = [{ ...pane('left', ['a', 'b'], [1, 2, 3, 4]), columns }];
    const [head] = exportCsv({ ...SOURCE, panes }).split('\n');
    expect(head).toBe('id,x,y,class,prediction by neighbours');
  });

  it('of one map name no side, and tell neighbours by id if asked', () => {
    const left = SOURCE.panes.slice(0, 1);
    const list = { metric: 'cosine' as const, k: 1, rows: Int32Array.of(1), values: Float32Array.of(0.5) };
    const source = { ...SOURCE, panes: left, places: SOURCE.places.slice(0, 1), neighboursOf: () => list };
    const parsed: unknown = JSON.parse(exportJson(source, { request: { seed: 3 } }));
    expect(parsed).toEqual({
      request: { seed: 3 },
      maps: [{ pane: 'left', name: 'run left', epoch: 3 }],
      samples: [{ id: 'a', x: 1, y: 2, class: '=boot', neighbours: 'b' }],
    });
  });
});

describe('words', () => {
  const quality = { k: 15, rows: 600, trustworthiness: 0.96, continuity: 0.95, overlap: 0.2 };

  it('flag a map that shows classes better or worse apart than they are', () => {
    const flagged = (mapAccuracy: number | null, fullAccuracy: number | null) =>
      qualityFacts({ ...quality, mapAccuracy, fullAccuracy }, 128).filter(
        ({ isWarning }) => isWarning === true,
      );
    expect(flagged(0.9, 0.91)).toEqual([]);
    expect(flagged(0.8, 0.91)[0]?.meaning).toContain('mixes classes');
    expect(flagged(0.99, 0.91)[0]?.meaning).toContain('further apart than they are');
    expect(flagged(null, null)).toEqual([]);
    expect(qualityFacts({ ...quality, mapAccuracy: null, fullAccuracy: null }, 128)).toHaveLength(3);
  });

  it('say what was sampled and how the map was made', () => {
    expect(sampleWords(5000, 60_000)).toBe('5,000 of 60,000 samples, drawn class by class');
    expect(sampleWords(400, 400)).toBe('all 400 samples');
    expect(methodWords({ ...DEFAULT_MAP_REQUEST, seed: 3 })).toBe('UMAP, k 15, cosine, seed 3');
    expect(methodWords({ ...DEFAULT_MAP_REQUEST, method: 'pca' })).toBe('PCA, seed 0');
  });

  it('flag a pair that is weakly aligned', () => {
    const alignment = { residual: 0.4, anchoredShare: 0, pull: 0, isWeak: true };
    const figures = { shared: 3, onlyLeft: 1, onlyRight: 0, joinedBy: 'content', k: 15, cka: 0.5 } as const;
    const facts = pairFacts({ ...figures, alignment, jaccardMedian: 0.2, jaccardHistogram: [], classes: [] });
    expect(facts.filter(({ isWarning }) => isWarning === true).map(({ name }) => name)).toEqual(['residual']);
    expect(facts.find(({ name }) => name === 'anchored')?.value).toBe('none');
  });
});
