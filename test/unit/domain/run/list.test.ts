import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import {
  describeFilter,
  filterChoices,
  isActive,
  NO_FILTER,
  passes,
} from '../../../../src/domain/run/list/filter';
import type { RunFilter } from '../../../../src/domain/run/list/filter';
import { groupHeadline, groupRecords } from '../../../../src/domain/run/list/grouping';
import { NEWEST_FIRST, parseSortKeys, sortRecords } from '../../../../src/domain/run/list/sorting';
import type { RunRecord } from '../../../../src/domain/run/record';
import { experimentName } from '../../../../src/domain/run/seedGroup';
import type { RunSummary } from '../../../../src/domain/run/state';
import { runSummary } from '../../../browser/messages';

function record(
  name: string,
  summary: Partial<RunSummary> = {},
  more: Partial<Pick<RunRecord, 'settings' | 'figures'>> = {},
): RunRecord {
  const folder = `/runs/${name}`;
  return {
    summary: runSummary({ id: name, name, folder, state: 'ended', endState: 'completed', ...summary }),
    settings: { name, 'loss.temperature': 0.1 },
    figures: {},
    ...more,
  };
}

const names = (records: readonly RunRecord[]) => records.map(({ summary }) => summary.name);

describe('sorting', () => {
  const runs = [
    record('run-10', { createdAt: 3, endedAt: 4, seed: 2 }, { figures: { knn: 0.8, ece: 0.1 } }),
    record('run-9', { createdAt: 2, endedAt: 9, seed: null }, { figures: { knn: 0.9 } }),
    record(
      'Run-1',
      { createdAt: 1, endedAt: 2, seed: 2, headline: null },
      { settings: { 'loss.temperature': 0.5 } },
    ),
  ];

  it('takes the better end of a figure first, and puts runs without it last both ways', () => {
    const by = (text: string) => names(sortRecords(runs, parseSortKeys(text, runs)));
    expect(by('knn')).toEqual(['run-9', 'run-10', 'Run-1']);
    expect(by('-knn')).toEqual(['run-10', 'run-9', 'Run-1']);
    expect(by('ece')).toEqual(['run-10', 'run-9', 'Run-1']);
    expect(by('name')).toEqual(['Run-1', 'run-9', 'run-10']);
    expect(by('duration')).toEqual(['run-9', 'run-10', 'Run-1']);
    expect(by('-loss.temperature')).toEqual(['Run-1', 'run-10', 'run-9']);
    expect(by('seed, name')).toEqual(['Run-1', 'run-10', 'run-9']);
    expect(by('started')).toEqual(['run-10', 'run-9', 'Run-1']);
  });

  it('names what there is for a key that no run has', () => {
    expect(() => parseSortKeys('loss.temprature', runs)).toThrow(/"loss.temprature": name started, name/);
    expect(() => parseSortKeys('', runs)).toThrow(/cannot be sorted/);
  });

  it('is total: any mixture of missing, NaN and mixed values gives one order, whatever came first', () => {
    const random = randomStream(11);
    const values = [undefined, null, Number.NaN, 0, -1, 2, 'a', 'B', '10', true];
    const many = Array.from({ length: 60 }, (_, i) => {
      const value = values[random.integer(values.length)];
      return record(
        `r${i}`,
        { createdAt: random.integer(5) },
        { settings: value === undefined ? {} : { key: value } },
      );
    });
    const keys = [{ by: 'key', descending: true }, ...NEWEST_FIRST];
    const sorted = names(sortRecords(many, keys));
    for (let round = 0; round < 20; round++) {
      const shuffled = [...many].sort(() => random.integer(3) - 1);
      expect(names(sortRecords(shuffled, keys))).toEqual(sorted);
    }
  });
});

describe('filters', () => {
  const runs = [
    record('plain'),
    record('failed', { endState: 'failed', loss: 'simclr', notes: 'Learning rate TOO high' }),
    record('tagged', { tags: ['baseline'], starred: true, group: 'sweep-1' }),
    record('archived', { archived: true }),
    record('running', { state: 'running', endState: null }),
  ];
  const shown = (filter: Partial<RunFilter>) =>
    names(runs.filter((run) => passes(run, { ...NO_FILTER, ...filter })));

  it('hide archived runs alone by default', () => {
    expect(shown({})).toEqual(['plain', 'failed', 'tagged', 'running']);
    expect(shown({ archived: 'only' })).toEqual(['archived']);
    expect(shown({ archived: 'show' })).toHaveLength(5);
    expect(isActive(NO_FILTER)).toBe(false);
  });

  it('want any of a list and all of the kinds', () => {
    expect(shown({ states: ['failed', 'running'] })).toEqual(['failed', 'running']);
    expect(shown({ tags: ['baseline', 'other'], losses: ['supcon'] })).toEqual(['tagged']);
    expect(shown({ starred: true, groups: ['sweep-2'] })).toEqual([]);
    expect(shown({ text: ' high learning ' })).toEqual(['failed']);
    expect(shown({ text: 'base' })).toEqual(['tagged']);
  });

  it('can be read aloud, and say nothing when they ask for nothing', () => {
    const filter = { ...NO_FILTER, states: ['failed', 'killed'], tags: ['a'], starred: true, text: 'r18' };
    expect(describeFilter(filter)).toBe('starred, failed or killed, tag a, "r18"');
    expect(describeFilter(NO_FILTER)).toBe('');
  });

  it('offer what the runs at hand have', () => {
    const choices = filterChoices(runs);
    expect(choices.states).toEqual(['completed', 'failed', 'running']);
    expect([choices.tags, choices.losses, choices.groups]).toEqual([
      ['baseline'],
      ['simclr', 'supcon'],
      ['sweep-1'],
    ]);
  });
});

describe('groups', () => {
  it('take runs that differ in seed and names alone for repetitions of each other', () => {
    const settings = { 'loss.temperature': 0.1, seed: 1, name: 'a-s1' };
    const runs = [
      record('a-s1', { seed: 1 }, { settings }),
      record('a renamed', { seed: 2 }, { settings: { seed: 2, name: 'a-s2', 'loss.temperature': 0.1 } }),
      record('b-s1', { seed: 1 }, { settings: { ...settings, 'loss.temperature': 0.2 } }),
      record('c-s1', { seed: 1, group: 'g' }, { settings: { ...settings, group: 'g' } }),
    ];
    expect(groupRecords(runs, 'seedGroup', 0).map(({ records }) => records.length)).toEqual([2, 1, 1]);
    const [first] = groupRecords(runs, 'experiment', 0);
    expect([first.label, names(first.records)]).toEqual(['a', ['a-s1', 'a renamed', 'b-s1', 'c-s1']]);
  });

  it('keep a key while runs come and go, and take the order of the runs', () => {
    const runs = [record('x-seed1'), record('y-seed1'), record('x-seed2')];
    const keys = (records: readonly RunRecord[]) =>
      groupRecords(records, 'experiment', 0).map(({ key }) => key);
    expect(keys(runs)).toEqual(['x', 'y']);
    expect(keys([...runs].reverse())).toEqual(['x', 'y']);
    expect(keys(runs.slice(1))).toEqual(['y', 'x']);
  });

  it('are days of the local calendar, the last two by name', () => {
    const now = new Date(2026, 2, 1, 0, 30).getTime();
    const hour = 3_600_000;
    const runs = [record('a', { createdAt: now - 1 }), record('b', { createdAt: now - hour })];
    const older = record('c', { createdAt: new Date(2026, 1, 27, 23, 59).getTime() });
    const groups = groupRecords([...runs, older], 'date', now);
    expect(groups.map(({ label, key }) => `${label} ${key}`)).toEqual([
      'today 2026-03-01',
      'yesterday 2026-02-28',
      '2026-02-27 2026-02-27',
    ]);
  });

  it('average the headline over ended runs that show the same figure', () => {
    const value = (name: string, label: string, figure: number, state: RunSummary['state'] = 'ended') =>
      record(name, { state, headline: { label, value: figure } });
    const runs = [value('a', 'kNN', 0.8), value('b', 'kNN', 0.9), value('c', 'top-1', 0.1)];
    const live = value('d', 'kNN', 0, 'running');
    const headline = groupHeadline([...runs, live, record('e', { headline: null })]);
    expect(headline).toMatchObject({ label: 'kNN', count: 2 });
    expect(headline?.mean).toBeCloseTo(0.85, 12);
    expect(groupHeadline([live])).toBeUndefined();
  });
});

describe('the name of an experiment', () => {
  it.each([
    ['fmnist-supcon-r18-s3', 3, 'fmnist-supcon-r18'],
    ['tune temperature=0.1 seed=2', 2, 'tune temperature=0.1'],
    ['a_seed7', null, 'a'],
    ['deit-s16', 3, 'deit-s16'],
    ['supcon-generated-20260801-101500-a1b2', 1, 'supcon-generated'],
    ['seed 3', 3, 'seed 3'],
    ['s3', 3, 's3'],
  ])('of %s with seed %s is %s', (name, seed, experiment) => {
    expect(experimentName({ name, seed })).toBe(experiment);
  });
});
