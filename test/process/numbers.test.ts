/** The numbers' worker as it is shipped, over files that grow, vanish, are damaged and come back. */
import { build } from 'esbuild';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildOptions, bundles } from '../../esbuild.config.mjs';
import { parseCommandConfiguration } from '../../src/domain/configuration/parse';
import { HumanError } from '../../src/domain/errors';
import { TAG } from '../../src/domain/metrics/tags';
import type { ChartAnswer, ChartQuery, LineChange } from '../../src/domain/series/query';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../src/formats/events/writer';
import { createNumbers, type TailedNumbers } from '../../src/runs/numbers/create';
import type { NumbersSource, RunNumbers } from '../../src/runs/numbers/numbers';
import { createReader } from '../../src/runs/numbers/reading/reader';
import { readLogs } from '../../src/runs/numbers/reading/readLogs';
import { eventually } from './support';

const base = mkdtempSync(join(tmpdir(), 'supcon-numbers-'));
const workerPath = join(base, 'numbers-worker.cjs');
const readerPath = join(base, 'log-reader.cjs');
const open: TailedNumbers[] = [];
const errors: Error[] = [];
let folders = 0;

beforeAll(async () => {
  for (const outfile of [workerPath, readerPath]) {
    const bundle = bundles.find(({ out }) => out === basename(outfile).replace('.cjs', '.js'));
    if (bundle === undefined) throw new Error(`There is no bundle of ${outfile}`);
    await build({ ...buildOptions(bundle, 'development'), outfile });
  }
});

afterEach(() => {
  for (const numbers of open.splice(0)) numbers.dispose();
  expect(errors.splice(0)).toEqual([]);
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function start(cacheFolder: string | null = null, mostMemoryBytes = 2 ** 29): TailedNumbers {
  const onError = (error: Error): void => void errors.push(error);
  const numbers = createNumbers({ workerPath, readerPath, cacheFolder, mostMemoryBytes, onError });
  open.push(numbers);
  return numbers;
}

function runFolder(): string {
  const folder = join(base, `run-${++folders}`);
  mkdirSync(folder);
  return folder;
}

function eventFile(folder: string, name = 'events.out.tfevents.1.host'): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, encodeFileVersion(1));
  return file;
}

function addScalars(file: string, steps: readonly number[], tag = 'loss'): void {
  appendFileSync(
    file,
    Buffer.concat(steps.map((step) => encodeScalars(1000 + step, step, { [tag]: step / 2 }))),
  );
}

const sourceOf = (run: string, more: Partial<NumbersSource> = {}): NumbersSource => ({
  ...{ run, paths: [run], live: false, viewsPerStep: null },
  ...more,
});

const queryOf = (run: string, more: Partial<ChartQuery> = {}): ChartQuery => ({
  ...{ lines: [{ run, tag: 'loss' }], groups: [], axis: 'step', range: null },
  ...{ pixels: 1000, smoothing: 0, band: 'deviation', ...more },
});

function lineOf({ lines }: ChartAnswer): LineChange {
  const line = lines.at(0);
  if (line === undefined) throw new Error('There is no line');
  return line;
}

const stepsOf = (answer: ChartAnswer): number[] => [...lineOf(answer).window.x];
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The runs as they were told last. */
function followRuns(numbers: TailedNumbers): () => RunNumbers | undefined {
  let last: RunNumbers | undefined;
  numbers.onRuns((runs) => (last = runs.at(0)));
  return () => last;
}

describe('reading', () => {
  it('finds the files of a run, its child folders and its hyper-parameters', async () => {
    const run = runFolder();
    addScalars(eventFile(run), [0, 1, 2]);
    addScalars(eventFile(join(run, 'validation')), [1, 2]);
    addScalars(eventFile(join(run, '1700000000.25')), [5], 'hp/metric');
    addScalars(eventFile(join(run, 'other')), [7]);
    writeFileSync(join(run, 'metrics.csv'), 'epoch,step,loss,val_loss\n0,1,4,\n0,2,,nan\n');
    writeFileSync(join(run, 'hparams.yaml'), 'lr: 0.1\nmodel:\n  width: 64\n');
    const numbers = start();
    const runs = followRuns(numbers);
    numbers.setSources([sourceOf(run), sourceOf(join(run, 'other'))]);
    const answer = await numbers.ask(
      queryOf(run, {
        lines: ['loss', 'validation/loss', 'hp/metric', 'metrics.csv/loss', 'val_loss', 'none'].map(
          (tag) => ({
            ...{ run, tag },
          }),
        ),
      }),
    );
    expect(answer.lines.map(({ window }) => [...window.x])).toEqual([[0, 1, 2], [1, 2], [5], [1], [2], []]);
    await eventually(() => runs()?.parameters['model.width'] === 64);
    const tags = runs()?.tags.map(({ tag }) => tag);
    const own = ['epoch', 'hp/metric', 'loss', 'metrics.csv/loss', 'val_loss', 'validation/loss'];
    // The loss also stands under our own name for it, for comparisons.
    expect(tags).toEqual([...own, TAG.loss].sort());
    expect(runs()?.tags.find(({ tag }) => tag === 'loss')).toMatchObject({ points: 3, last: 1, maxStep: 2 });
  });

  it('reads a command where it logs, and draws the collapse line of its loss', async () => {
    const [run, logs] = [runFolder(), runFolder()];
    const command = { program: 'train', workingFolder: logs, logs: 'tb', batchSize: 32, views: 2 };
    const loss = { name: 'supcon', temperature: 0.1, scale: 'raw' };
    const config = parseCommandConfiguration({ command, loss }, 'test');
    writeFileSync(join(run, 'config.json'), JSON.stringify({ ...config, formatVersion: 1 }));
    addScalars(eventFile(join(logs, 'tb')), [0, 1, 2], 'train/loss');
    const numbers = start();
    numbers.setSources([sourceOf(run)]);
    const lines = ['train/loss', TAG.loss, TAG.collapseLine].map((tag) => ({ run, tag }));
    const answer = await numbers.ask(queryOf(run, { lines }));
    const values = answer.lines.map(({ window }) => [...window.last]);
    expect(values[1]).toEqual(values[0]);
    expect(values[2]).toEqual(new Array(3).fill(expect.closeTo(Math.log(63), 6)));
  });

  it('says so where there is no run', async () => {
    const numbers = start();
    const missing = join(base, 'nowhere');
    numbers.setSources([sourceOf(missing)]);
    await expect(numbers.ask(queryOf(missing))).rejects.toThrow(HumanError);
    await expect(numbers.ask(queryOf('/unknown'))).rejects.toThrow(/not among the runs/);
  });

  it('tells how far it is, and ends at the end', async () => {
    const runs = [runFolder(), runFolder()];
    for (const run of runs) addScalars(eventFile(run), range(0, 20_000));
    const numbers = start();
    const seen: number[] = [];
    let isDone = false;
    numbers.onProgress(({ bytes, bytesRead, runsRead }) => {
      seen.push(bytesRead);
      isDone = runsRead === 2 && bytesRead === bytes;
    });
    numbers.setSources(runs.map((run) => sourceOf(run)));
    await eventually(() => isDone);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});

describe('a thread beside', () => {
  it('reads logs as they are read here', async () => {
    const file = eventFile(runFolder());
    addScalars(file, range(0, 1000));
    const logs = [{ path: file, kind: 'events' as const, prefix: '' }];
    const reader = createReader(readerPath);
    const read = await reader.read(logs);
    expect(read?.series.map(([tag, { steps }]) => [tag, steps.length])).toEqual([['loss', 1000]]);
    expect(read).toEqual(await readLogs(logs));
    reader.dispose();
    expect(await reader.read(logs)).toBeUndefined();
  });

  it('that dies leaves the reading to others', async () => {
    const reader = createReader(join(base, 'no-such-program.cjs'));
    expect(await reader.read([])).toBeUndefined();
  });
});

describe('following', () => {
  it('tells what is appended to a living run, and tells it once', async () => {
    const run = runFolder();
    const file = eventFile(run);
    addScalars(file, range(0, 100));
    const numbers = start();
    numbers.setSources([sourceOf(run, { live: true })]);
    const froms: number[] = [];
    let steps: number[] = [];
    numbers.watch(queryOf(run), (answer) => {
      const { from, window } = lineOf(answer);
      froms.push(from);
      steps = [...steps.slice(0, from), ...window.x];
      return Promise.resolve();
    });
    for (let at = 100; at < 200; at += 20) {
      await eventually(() => steps.length === at);
      addScalars(file, range(at, at + 20));
    }
    await eventually(() => steps.length === 200);
    expect(steps).toEqual(range(0, 200));
    expect(froms.filter((from) => from > 0).length).toBeGreaterThanOrEqual(5);
  });

  it('takes announced bytes before they are on the disk, and each once', async () => {
    const run = runFolder();
    const file = eventFile(run);
    const bytes = Buffer.from(encodeScalars(1, 0, { loss: 1 }));
    const numbers = start();
    numbers.setSources([sourceOf(run, { live: true })]);
    await numbers.ask(queryOf(run));
    numbers.offer(run, { file: 'events.out.tfevents.1.host', offset: encodeFileVersion(1).length, bytes });
    expect(stepsOf(await numbers.ask(queryOf(run)))).toEqual([0]);
    appendFileSync(file, bytes);
    addScalars(file, [1]);
    expect(stepsOf(await numbers.ask(queryOf(run)))).toEqual([0, 1]);
    numbers.offer(run, { file: '../../outside', offset: 0, bytes });
    numbers.offer(run, { file: 'events.out.tfevents.1.host', offset: 1e9, bytes });
    expect(stepsOf(await numbers.ask(queryOf(run)))).toEqual([0, 1]);
  });

  it('waits for a slow taker, who then gets everything', async () => {
    const run = runFolder();
    const file = eventFile(run);
    const numbers = start();
    numbers.setSources([sourceOf(run, { live: true })]);
    const answers: ChartAnswer[] = [];
    let release = (): void => undefined;
    numbers.watch(queryOf(run), (answer) => {
      answers.push(answer);
      return new Promise<void>((resolve) => (release = resolve));
    });
    await eventually(() => answers.length === 1);
    for (let step = 0; step < 10; step++) {
      addScalars(file, [step]);
      await numbers.ask(queryOf(run));
    }
    expect(answers).toHaveLength(1);
    release();
    await eventually(() => answers.length === 2);
    expect(stepsOf(answers[1])).toEqual(range(0, 10));
    release();
  });

  it('answers a question that changes, and none that has been given up', async () => {
    const run = runFolder();
    addScalars(eventFile(run), range(0, 1000));
    const numbers = start();
    numbers.setSources([sourceOf(run)]);
    const answers: ChartAnswer[] = [];
    const watch = numbers.watch(queryOf(run), (answer) => Promise.resolve(answers.push(answer)));
    await eventually(() => answers.length > 0 && stepsOf(answers[answers.length - 1]).length === 1000);
    watch.change(queryOf(run, { range: [10, 20] }));
    await eventually(() => lineOf(answers[answers.length - 1]).statistics.points === 11);
    expect(lineOf(answers[answers.length - 1]).from).toBe(0);
    watch.dispose();
    const before = answers.length;
    addScalars(join(run, 'events.out.tfevents.1.host'), [1000]);
    await numbers.ask(queryOf(run));
    expect(answers).toHaveLength(before);
  });

  it('outlives deletion, truncation, replacement and damage of files', async () => {
    const run = runFolder();
    const file = eventFile(run);
    addScalars(file, range(0, 50));
    const numbers = start();
    const runs = followRuns(numbers);
    numbers.setSources([sourceOf(run, { live: true })]);
    const steps = async (): Promise<number[]> => stepsOf(await numbers.ask(queryOf(run)));
    expect(await steps()).toEqual(range(0, 50));
    rmSync(run, { recursive: true });
    expect(await steps()).toEqual(range(0, 50));
    await eventually(() => runs()?.problems.some((sentence) => sentence.includes('is gone')) === true);
    mkdirSync(run);
    addScalars(eventFile(run), range(100, 103));
    expect(await steps()).toEqual([100, 101, 102]);
    truncateSync(file, 0);
    addScalars(file, [7]);
    truncateSync(file, 0);
    writeFileSync(file, Buffer.concat([encodeFileVersion(1), encodeScalars(1, 8, { loss: 1 })]));
    expect(await steps()).toEqual([8]);
    addScalars(file, [9]);
    appendFileSync(file, Buffer.alloc(40, 1));
    expect(await steps()).toEqual([8, 9]);
    await eventually(() => runs()?.problems.some((sentence) => sentence.includes('damaged')) === true);
  });

  it('keeps restarted, repeated and interleaved steps', async () => {
    const run = runFolder();
    const file = eventFile(run);
    addScalars(file, [0, 1, 2, 3]);
    appendFileSync(file, encodeSessionStart(2000, 2));
    addScalars(file, [2, 3, 4]);
    addScalars(file, [3, 3, 1]);
    const numbers = start();
    const runs = followRuns(numbers);
    numbers.setSources([sourceOf(run)]);
    expect(stepsOf(await numbers.ask(queryOf(run)))).toEqual([0, 1, 1, 2, 3, 3, 3, 4]);
    await eventually(() => runs()?.tags.at(0)?.stepsBack === 2);
  });

  it('reads a CSV again whose header has grown', async () => {
    const run = runFolder();
    const file = join(run, 'metrics.csv');
    writeFileSync(file, 'step,loss\n0,1\n1,2\n');
    const numbers = start();
    numbers.setSources([sourceOf(run, { live: true })]);
    expect(stepsOf(await numbers.ask(queryOf(run)))).toEqual([0, 1]);
    writeFileSync(file, 'step,loss,acc\n0,1,\n1,2,\n2,3,0.5\n');
    const answer = await numbers.ask(
      queryOf(run, {
        lines: [
          { run, tag: 'loss' },
          { run, tag: 'acc' },
        ],
      }),
    );
    expect(answer.lines.map(({ window }) => [...window.x])).toEqual([[0, 1, 2], [2]]);
  });
});

describe('the cache', () => {
  const cachesIn = (folder: string): string[] => {
    try {
      return readdirSync(folder).filter((name) => name.endsWith('.columns'));
    } catch {
      return [];
    }
  };

  it('gives the same numbers as the files, goes on where they have grown, and is left when it does not fit', async () => {
    const run = runFolder();
    const file = eventFile(run);
    addScalars(file, range(0, 5000));
    addScalars(file, range(0, 5000), 'progress/epoch');
    const caches = join(base, `cache-${folders}`);
    const first = start(caches, 0);
    first.setSources([sourceOf(run)]);
    const before = await first.ask(queryOf(run, { pixels: 50, axis: 'epoch' }));
    await eventually(() => cachesIn(caches).length === 1);
    expect(await first.ask(queryOf(run, { pixels: 50, axis: 'epoch' }))).toEqual(before);
    first.dispose();

    const second = start(caches);
    const runs = followRuns(second);
    second.setSources([sourceOf(run)]);
    expect(await second.ask(queryOf(run, { pixels: 50, axis: 'epoch' }))).toEqual(before);
    await eventually(() => runs()?.tags.find(({ tag }) => tag === 'loss')?.last === 4999 / 2);
    addScalars(file, [5000, 5001]);
    expect(lineOf(await second.ask(queryOf(run))).statistics).toMatchObject({ points: 5002, last: 5001 / 2 });
    second.dispose();

    const [name = ''] = cachesIn(caches);
    for (const damage of [16, 200_000]) {
      const path = join(caches, name);
      const bytes = Buffer.alloc(8, 0xee);
      writeFileSync(path, bytes, { flag: 'r+' });
      appendFileSync(path, Buffer.alloc(damage));
      const third = start(caches);
      third.setSources([sourceOf(run)]);
      expect(lineOf(await third.ask(queryOf(run))).statistics.points).toBe(5002);
      third.dispose();
    }
    writeFileSync(file, Buffer.concat([encodeFileVersion(1), encodeScalars(1, 3, { loss: 1 })]));
    const fourth = start(caches);
    fourth.setSources([sourceOf(run)]);
    expect(stepsOf(await fourth.ask(queryOf(run)))).toEqual([3]);
  });
});

it('10,000 tags are read, listed and drawn', async () => {
  const run = runFolder();
  const file = eventFile(run);
  const scalars = Object.fromEntries(range(0, 10_000).map((i) => [`tag/${i}`, i]));
  for (let step = 0; step < 3; step++) appendFileSync(file, encodeScalars(step, step, scalars));
  const numbers = start();
  const runs = followRuns(numbers);
  numbers.setSources([sourceOf(run)]);
  expect(stepsOf(await numbers.ask(queryOf(run, { lines: [{ run, tag: 'tag/9999' }] })))).toEqual([0, 1, 2]);
  await eventually(() => runs()?.tags.length === 10_000);
});
