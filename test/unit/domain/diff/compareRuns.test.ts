/** Sections of a diff beside the code: what counts as a difference, and what can be told. */
import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../../src/domain/diff/compareRuns';
import type { RunFacts, TagFigures } from '../../../../src/domain/diff/facts';
import { diffMarkdown } from '../../../../src/domain/diff/markdown';
import type { DiffSection, MetricSection } from '../../../../src/domain/diff/runDiff';
import { configurationOf, factsOf, predictionsOf, resultsOf } from './facts';

function differing({ rows }: DiffSection): string[] {
  return rows.filter(({ differs }) => differs).map(({ key }) => key);
}

function rowOf({ rows }: MetricSection, key: string) {
  const row = rows.find((each) => each.key === key);
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
}

function tag(name: string, last: number, more: Partial<TagFigures> = {}): TagFigures {
  return { tag: name, points: 9, last, lastStep: 8, min: last, minStep: 8, max: last, maxStep: 8, ...more };
}

describe('configuration', () => {
  test('is compared by meaning, in the order of the schema, without what only names a run', () => {
    const a = configurationOf({ name: 'a', group: 'g', loss: { temperature: 0.1 } });
    const b = configurationOf({ seed: 9, stage1: { batchSize: 128 }, loss: { temperature: 0.2 }, name: 'b' });
    const { configuration } = compareRuns([
      factsOf('a', { configuration: a }),
      factsOf('b', { configuration: b }),
    ]);
    expect(differing(configuration)).toEqual(['seed', 'loss.temperature', 'stage1.batchSize']);
    const batch = configuration.rows.find(({ key }) => key === 'stage1.batchSize');
    expect(batch?.cells.map(({ text }) => text)).toEqual(['64 images', '128 images']);
    expect(batch?.description).toContain('encoder sees N x V views');
  });

  test('says how a run departs from its preset', () => {
    const own = configurationOf({ preset: 'demonstration', loss: { temperature: 0.7 } });
    const { configuration } = compareRuns([factsOf('a'), factsOf('b', { configuration: own })]);
    const cells = configuration.rows.find(({ key }) => key === 'loss.temperature')?.cells;
    expect(cells?.[1]).toMatchObject({ text: '0.7', note: 'preset: 0.1', differs: true });
  });

  test('that this version cannot read is taken as it stands, with the reason', () => {
    const odd = configurationOf({ loss: { temperature: 0.1, sharpness: 3 }, seed: 1 });
    const { configuration } = compareRuns([factsOf('a'), factsOf('b', { configuration: odd })]);
    expect(differing(configuration)).toContain('loss.sharpness');
    expect(configuration.problems.join()).toContain('unknown key "loss.sharpness"');
  });
});

test('what a run does not record is unknown, not different', () => {
  const nothing: Partial<RunFacts> = {
    dataset: null,
    environment: null,
    configuration: null,
    code: null,
    results: null,
    predictions: null,
    summary: null,
  };
  const diff = compareRuns([factsOf('a'), factsOf('b', nothing)]);
  for (const name of ['configuration', 'data', 'environment', 'engine', 'outcome'] as const) {
    expect(differing(diff[name]), name).toEqual([]);
  }
  expect(diff.data.rows[0].cells[1]).toMatchObject({ text: 'not recorded', value: null });
  expect(rowOf(diff.metrics, 'linearProbe').cells[1]).toMatchObject({ value: null, delta: null });
  expect(diff.samples.diffs[0].reason).toContain('b: the answers to single samples are not recorded');
});

describe('metrics', () => {
  const seeds = (key: string, probes: readonly number[]) =>
    probes.map((probe, i) => ({
      ...{ key: `${key}${i}`, seed: i, results: resultsOf({ probe }) },
      tags: [tag('accuracy/knn_validation', probe, { max: probe + 0.01, maxStep: 4 })],
    }));
  const group = (name: string, probes: readonly number[]) =>
    factsOf(name, {
      key: `${name}0`,
      results: resultsOf({ probe: probes[0] }),
      tags: seeds(name, probes)[0].tags,
      replicates: seeds(name, probes),
    });

  test('of seed groups have a mean difference, an interval and the number of seeds', () => {
    const { metrics } = compareRuns([group('a', [0.9, 0.91, 0.92]), group('b', [0.8, 0.81, 0.82])]);
    const { cells } = rowOf(metrics, 'linearProbe');
    expect(cells[0].value).toBeCloseTo(0.91);
    expect(cells[1].delta).toMatchObject({ text: '−10.0', counts: '3+3', verdict: 'worse' });
    expect(cells[1].delta?.low).toBeGreaterThanOrEqual(-0.12);
    expect(cells[1].delta?.high).toBeLessThanOrEqual(-0.08);
  });

  test('of seed groups have the same for the best and the last value of a tag', () => {
    const { metrics } = compareRuns([group('a', [0.9, 0.91, 0.92]), group('b', [0.8, 0.81, 0.82])]);
    for (const [statistic, mean] of [
      ['best', 0.92],
      ['last', 0.91],
    ] as const) {
      const { cells } = rowOf(metrics, `accuracy/knn_validation ${statistic}`);
      expect(cells[0].value).toBeCloseTo(mean);
      expect(cells[0].title).toContain('mean of ');
      expect(cells[1].delta).toMatchObject({ text: '−10.0', counts: '3+3', verdict: 'worse' });
    }
  });

  test('cannot be told from chance where the interval holds zero, or there is one seed', () => {
    const close = compareRuns([group('a', [0.9, 0.92, 0.94]), group('b', [0.89, 0.92, 0.945])]);
    expect(rowOf(close.metrics, 'linearProbe').cells[1].delta).toMatchObject({
      verdict: 'cannot tell',
      counts: '3+3',
    });
    const single = compareRuns([group('a', [0.9]), group('b', [0.8, 0.81, 0.82])]);
    expect(rowOf(single.metrics, 'linearProbe').cells[1].delta).toMatchObject({
      verdict: 'cannot tell',
      interval: 'cannot tell: one seed',
      counts: '1+3',
    });
  });

  test('of two runs of one seed group are those of the runs themselves', () => {
    const all = seeds('a', [0.9, 0.8]);
    const own = (i: number) => factsOf(`a${i}`, { key: `a${i}`, results: all[i].results, replicates: all });
    const { cells } = rowOf(compareRuns([own(0), own(1)]).metrics, 'linearProbe');
    expect(cells[1].delta).toMatchObject({ text: '−10.0', counts: '1+1', verdict: 'cannot tell' });
  });

  test('know that a calibration error is better when it is lower', () => {
    const { metrics } = compareRuns([factsOf('a'), factsOf('b', { results: resultsOf({ ece: 0.01 }) })]);
    expect(rowOf(metrics, 'ece').cells[1].delta).toMatchObject({ direction: 'better', text: '−0.0100' });
  });

  test('keep best and last of a curve apart, and pass NaN through', () => {
    const curve = [
      tag('accuracy/knn_validation', 0.8, { max: 0.9, maxStep: 4 }),
      tag('val_loss', NaN, { min: 2 }),
    ];
    const { metrics } = compareRuns([factsOf('a', { tags: curve }), factsOf('b', { tags: curve })]);
    expect(rowOf(metrics, 'accuracy/knn_validation best').cells[0]).toMatchObject({
      text: '90.0 %',
      value: 0.9,
    });
    expect(rowOf(metrics, 'accuracy/knn_validation last').cells[0].text).toBe('80.0 %');
    expect(rowOf(metrics, 'val_loss last').cells[1]).toMatchObject({ text: 'NaN', value: null, delta: null });
    expect(rowOf(metrics, 'val_loss best')).toMatchObject({ better: 'lower' });
  });

  test('refuse to subtract losses of different temperature', () => {
    const tags = [tag('loss/optimised', 5), tag('loss/headroom', 0.5)];
    const configuration = configurationOf({ loss: { temperature: 0.5 } });
    const { metrics } = compareRuns([factsOf('a', { tags }), factsOf('b', { tags, configuration })]);
    expect(rowOf(metrics, 'loss/optimised last').cells[1]).toMatchObject({ delta: null });
    expect(rowOf(metrics, 'loss/optimised last').cells[1].note).toContain('loss.temperature');
    expect(rowOf(metrics, 'loss/headroom last').cells[1].delta).toMatchObject({ verdict: 'equal' });
  });
});

test('classes of one run a side are told from noise by their number of test samples', () => {
  const results = resultsOf({ accuracy: [0.85, 0.795, 0.7] });
  const { classes } = compareRuns([factsOf('a'), factsOf('b', { results })]);
  expect(classes.rows.map(({ cells }) => cells[1].delta?.verdict)).toEqual(['worse', 'cannot tell', 'equal']);
  expect(classes.rows.map(({ minor }) => minor)).toEqual([false, true, true]);
});

describe('samples', () => {
  const labels = [0, 1, 2, 0];
  const sides = (a: RunFacts['predictions'], b: RunFacts['predictions']) =>
    compareRuns([factsOf('a', { predictions: a }), factsOf('b', { predictions: b })]).samples.diffs[0];

  test('of one data set are joined by place and counted by what changed', () => {
    const diff = sides(predictionsOf(labels, [0, 2, 2, 1]), predictionsOf(labels, [1, 1, 2, 2]));
    expect(diff).toMatchObject({ joinedBy: 'id', joined: 4, counts: { worse: 1, better: 1, other: 1 } });
    expect(diff.shown.map(({ id, change }) => [id, change])).toEqual([
      ['test/0', 'worse'],
      ['test/1', 'better'],
      ['test/3', 'other'],
    ]);
  });

  test('of two data sets are joined by content, copies one by one, classes by name', () => {
    const own = predictionsOf([0, 0, 1], [0, 1, 1], {
      datasetHash: 'other',
      classes: ['coat', 'shirt'],
      hashes: ['sample 1', 'sample 9', 'sample 0'],
    });
    const diff = sides(predictionsOf(labels, [0, 2, 2, 0]), own);
    // Sample 1 is a coat, answered `dress` before and `coat` now; sample 0 is a shirt both times.
    expect(diff).toMatchObject({
      joinedBy: 'content',
      joined: 2,
      unmatched: 1,
      counts: { better: 1, worse: 0 },
    });
    expect(diff.shown[0]).toMatchObject({
      baselineId: 'test/1',
      id: 'test/0',
      answer: 'coat',
      label: 'coat',
    });
    const none = sides(predictionsOf(labels, labels), { ...own, hashes: ['x', 'y', 'z'] });
    expect(none).toMatchObject({ joinedBy: null, reason: 'The two test sets have no sample in common.' });
  });
});

test('Markdown shows what people and files wrote without letting it become markup', () => {
  const name = 'a|b `c` <img src=x> [d](e)';
  const text = diffMarkdown(compareRuns([factsOf('a'), factsOf(name)]), 'all');
  expect(text).toContain('\\`c\\` \\<img src=x\\> \\[d\\](e)');
  expect(text).toContain('a\\|b');
});
