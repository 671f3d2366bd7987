import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../../src/domain/random/stream';
import { NO_FILTER } from '../../../../../src/domain/run/list/filter';
import { DEFAULT_VIEW, parseListView, parseSavedFilters } from '../../../../../src/domain/run/list/view';
import type { ListView } from '../../../../../src/domain/run/list/view';
import type { RunRecord } from '../../../../../src/domain/run/record';
import type { RunSummary } from '../../../../../src/domain/run/state';
import { TreeModel } from '../../../../../src/extension/views/tree/treeModel';
import { descriptionText, messageText } from '../../../../../src/extension/views/tree/treeTexts';
import { runSummary } from '../../../../browser/messages';

function record(name: string, changes: Partial<RunSummary> = {}): RunRecord {
  const summary = runSummary({ id: name, name, folder: `/runs/${name}`, createdAt: 1, ...changes });
  return { summary, settings: { name }, figures: {} };
}

const ENDED = { state: 'ended', endState: 'completed' } as const;
const BY_HEADLINE: ListView = { ...DEFAULT_VIEW, sort: [{ by: 'headline', descending: true }] };
const NOW = 0;

describe('the tree', () => {
  it('has the runs at its top, or groups that say how many they are and what they reach', () => {
    const model = new TreeModel();
    const reached = (value: number) => ({ ...ENDED, headline: { label: 'kNN', value } });
    const runs = [record('a-seed1', reached(0.8)), record('a-seed2', reached(0.9)), record('b-seed1')];
    model.update(runs, DEFAULT_VIEW, NOW);
    expect(model.childrenOf()).toEqual(['/runs/a-seed1', '/runs/a-seed2', '/runs/b-seed1']);
    model.update(runs, { ...DEFAULT_VIEW, grouping: 'experiment' }, NOW);
    expect(model.childrenOf()).toEqual(['group:experiment:a', 'group:experiment:b']);
    expect(model.childrenOf('group:experiment:a')).toEqual(['/runs/a-seed1', '/runs/a-seed2']);
    expect(model.parentOf('/runs/b-seed1')).toBe('group:experiment:b');
    expect(model.rowOf('group:experiment:a')?.description).toBe('85.0 ± 7.1 % kNN, n 2');
    expect(model.rowOf('group:experiment:b')?.description).toBe('1 run · 1 live');
  });

  it('draws again what reads differently, and all of it only when rows come, go or move', () => {
    const model = new TreeModel();
    const view: ListView = { ...DEFAULT_VIEW, grouping: 'experiment' };
    const still = [record('a-seed1', ENDED), record('b-seed1', ENDED)];
    const runs = (fraction: number) => {
      const { progress } = runSummary();
      return [...still, record('a-seed2', { progress: progress && { ...progress, fraction } })];
    };
    expect(model.update(runs(0.1), view, NOW)).toBe('all');
    expect(model.update(runs(0.1), view, NOW)).toEqual([]);
    expect(model.update(runs(0.2), view, NOW)).toEqual(['/runs/a-seed2']);
    const ended = [...still, record('a-seed2', ENDED)];
    expect(model.update(ended, view, NOW)).toEqual(['/runs/a-seed2', 'group:experiment:a']);
    expect(model.update([...ended, record('b-seed2', ENDED)], view, NOW)).toEqual([
      '/runs/b-seed2',
      'group:experiment:b',
    ]);
    expect(model.update([...ended, record('c', ENDED)], view, NOW)).toBe('all');
  });

  it('never moves a row for what a live run measures, but for what has ended or was written', () => {
    const model = new TreeModel();
    const at = (value: number) => ({ headline: { label: 'kNN', value } });
    const rest = record('ended', { ...ENDED, ...at(0.5) });
    const order = () => model.shown.map(({ summary }) => summary.name);
    model.update([rest, record('live', at(0.1))], BY_HEADLINE, NOW);
    expect(model.update([rest, record('live', at(0.9))], BY_HEADLINE, NOW)).toEqual(['/runs/live']);
    expect(order()).toEqual(['ended', 'live']);
    expect(model.rowOf('/runs/live')?.description).toContain('90.0 %');
    model.update([rest, record('live', { ...ENDED, ...at(0.9) })], BY_HEADLINE, NOW);
    expect(order()).toEqual(['live', 'ended']);
  });

  it('shows the figure that it is sorted by', () => {
    const model = new TreeModel();
    const runs = [{ ...record('a', ENDED), figures: { ece: 0.031, linearProbe: 0.91 } }, record('b', ENDED)];
    const shownFor = (by: string) => {
      model.update(runs, { ...DEFAULT_VIEW, sort: [{ by, descending: true }] }, NOW);
      return model.childrenOf().map((id) => model.rowOf(id)?.description);
    };
    expect(shownFor('linearProbe')).toEqual(['91.0 % linear probe', '88.4 % kNN']);
    expect(shownFor('ece')).toEqual(['0.0310 calibration error', '88.4 % kNN']);
    expect(shownFor('name')).toEqual(['88.4 % kNN', '88.4 % kNN']);
  });

  it('is what a new tree would be, whatever came before', () => {
    const random = randomStream(5);
    const model = new TreeModel();
    let runs: RunRecord[] = [];
    for (let round = 0; round < 200; round++) {
      const name = `${'abc'[random.integer(3)]}-seed${random.integer(4)}`;
      const others = runs.filter(({ summary }) => summary.name !== name);
      const changes = {
        ...ENDED,
        tags: random.integer(2) === 0 ? ['t'] : [],
        archived: random.integer(4) === 0,
      };
      runs =
        random.integer(3) === 0
          ? others
          : [...others, record(name, { ...changes, createdAt: random.integer(9) })];
      const grouping = (['none', 'experiment', 'date'] as const)[random.integer(3)];
      const view = {
        ...DEFAULT_VIEW,
        grouping,
        filter: { ...NO_FILTER, tags: random.integer(2) === 0 ? ['t'] : [] },
      };
      model.update(runs, view, NOW);
      const fresh = new TreeModel();
      fresh.update(runs, view, NOW);
      const ids = fresh.childrenOf().flatMap((id) => [id, ...fresh.childrenOf(id)]);
      for (const id of ['', ...ids]) {
        expect(model.childrenOf(id)).toEqual(fresh.childrenOf(id));
        expect(model.parentOf(id)).toBe(fresh.parentOf(id));
        expect(model.rowOf(id)).toEqual(fresh.rowOf(id));
      }
    }
  });
});

describe('what stands around the tree', () => {
  const all = [record('a', ENDED), record('b', { ...ENDED, archived: true })];

  it('says that runs are hidden, by what, and of how many', () => {
    const filter = { ...NO_FILTER, starred: true };
    expect(messageText(DEFAULT_VIEW, all, all.slice(0, 1))).toBe('');
    expect(messageText({ ...DEFAULT_VIEW, filter }, all, [])).toBe('0 of 2 runs shown. Filter: starred.');
    expect(messageText(DEFAULT_VIEW, all.slice(1), [])).toMatch(/^The only run is archived: choose/);
    expect(descriptionText(DEFAULT_VIEW, all)).toBe('1 archived');
    const sorted: ListView = {
      ...DEFAULT_VIEW,
      grouping: 'seedGroup',
      sort: [{ by: 'knn', descending: true }],
    };
    expect(descriptionText(sorted, all)).toBe('by seed group · ↓ kNN · 1 archived');
  });
});

describe('a view that was kept', () => {
  it('is read part by part, and what is damaged falls back alone', () => {
    const view = { grouping: 'date', sort: [{ by: 'knn', descending: true }], filter: { tags: ['a'] } };
    expect(parseListView(view)).toEqual({ ...view, filter: { ...NO_FILTER, tags: ['a'] } });
    expect(parseListView({ ...view, sort: [] }).sort).toEqual(DEFAULT_VIEW.sort);
    expect(parseListView({ ...view, grouping: 'moon' })).toMatchObject({ grouping: 'none', sort: view.sort });
    for (const kept of [undefined, null, 7, [], 'x']) expect(parseListView(kept)).toEqual(DEFAULT_VIEW);
  });

  it('has the saved filters that can be read', () => {
    expect(parseSavedFilters({ good: { states: ['failed'] }, bad: { states: 'failed' }, worse: 3 })).toEqual({
      good: { ...NO_FILTER, states: ['failed'] },
    });
    expect(parseSavedFilters('nonsense')).toEqual({});
  });
});
