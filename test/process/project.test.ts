/** `supcon project` and `supcon compare-maps` on made-up runs, as a user runs them. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MadeRun } from '../unit/runs/maps/sources';
import { makeRun } from '../unit/runs/maps/sources';
import type { Workspace } from './realRun';
import { makeWorkspace, runCli, startCli, until } from './realRun';

const RUN: MadeRun = { rows: 200, dimensions: 8, classes: 4, epochs: [1, 2] };

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
  makeRun(join(workspace.runs, 'first'), RUN);
  makeRun(join(workspace.runs, 'second'), { ...RUN, seed: 1 });
});
afterAll(() => workspace.remove());

function supcon(...parameters: string[]) {
  return runCli(workspace, ...parameters, '--dir', workspace.runs);
}

const mapsOf = (run: string) => join(workspace.runs, run, 'embeddings', '.maps');

test('a map is printed with what it distorts, and is the same bytes in another process', async () => {
  const once = await supcon('project', 'first', '--out', 'once.csv');
  expect(once.errors).toBe('');
  expect(once.code).toBe(0);
  expect(once.output).toMatch(/trustworthiness at 15 .*0\.\d{3}/);
  expect(once.output).toMatch(/first, features, epoch 2/);
  const kept = readdirSync(mapsOf('first'));
  rmSync(mapsOf('first'), { recursive: true });
  await supcon('project', 'first', '--out', 'again.csv');
  const [a, b] = ['once.csv', 'again.csv'].map((name) => readFileSync(join(workspace.folder, name), 'utf8'));
  expect(a).toBe(b);
  expect(a.split('\n')[0]).toMatch(/^id,x,y,class,/);
  expect(a.trim().split('\n')).toHaveLength(201);
  expect(readdirSync(mapsOf('first')).sort()).toEqual(kept.sort());
});

test('projector files and JSON say what was asked', async () => {
  await supcon('project', 'first', '--out', 'projector', '--epoch', '1');
  expect(readdirSync(join(workspace.folder, 'projector'))).toContain('projector_config.pbtxt');
  const { output } = await supcon(
    'project',
    'first',
    '--json',
    '--method',
    'pca',
    '--dimensions',
    '3',
    '--limit',
    '80',
  );
  const { request, quality, classes } = JSON.parse(output) as {
    request: { method: string; limit: number };
    quality: { fullAccuracy: number };
    classes: unknown[];
  };
  expect([request.method, request.limit, classes.length]).toEqual(['pca', 80, 4]);
  expect(quality.fullAccuracy).toBeGreaterThan(0.8);
});

test('axes run from class to class, or between samples by their ids', async () => {
  const axes = ['--axis', 'class 0:class 1', '--axis', 'train/2+train/6:class 3'];
  const { output, errors, code } = await supcon('project', 'first', '--json', '--out', 'axes.json', ...axes);
  expect([errors, code]).toEqual(['', 0]);
  const { request } = JSON.parse(output) as { request: object };
  expect(request).toMatchObject({
    ...{ method: 'axes', dimensions: 2 },
    axes: [
      { from: { class: 'class 0' }, to: { class: 'class 1' } },
      { from: { ids: ['train/2', 'train/6'] }, to: { class: 'class 3' } },
    ],
  });
  const written = JSON.parse(readFileSync(join(workspace.folder, 'axes.json'), 'utf8')) as {
    axes: string[];
    rows: [string, number, number, string][];
  };
  expect(written.axes).toEqual(['class 0 to class 1', 'selection of 2 to class 3']);
  const ofClass = (name: string) => written.rows.filter((row) => row[3] === name).map((row) => row[1]);
  expect(Math.max(...ofClass('class 0'))).toBeLessThan(Math.min(...ofClass('class 1')));
});

test('two runs lie in one frame, with the figures of the pair', async () => {
  const { output, errors, code } = await supcon(
    'compare-maps',
    'first',
    'second',
    '--json',
    '--epoch',
    '2,1',
    '--out',
    'pair.csv',
  );
  expect([errors, code]).toEqual(['', 0]);
  const { pair, epochs } = JSON.parse(output) as {
    pair: { shared: number; joinedBy: string; cka: number; alignment: { isWeak: boolean } };
    epochs: object;
  };
  expect(epochs).toEqual({ left: 2, right: 1 });
  expect([pair.shared, pair.joinedBy]).toEqual([200, 'id']);
  expect(pair.cka).toBeGreaterThan(0.3);
  expect(readFileSync(join(workspace.folder, 'pair.csv'), 'utf8').trim().split('\n')).toHaveLength(401);
});

test('Ctrl+C cancels, keeps what was finished and leaves no half of a map', async () => {
  const folder = makeRun(join(workspace.runs, 'large'), { ...RUN, rows: 6000, dimensions: 64, epochs: [1] });
  const parameters = ['project', 'large', '--dir', workspace.runs, '--out', 'large.csv'];
  const { child, finished } = startCli(workspace, parameters);
  const kept = join(folder, 'embeddings', '.maps');
  // The graph is kept before the layout begins, which takes seconds.
  await until(
    'the graph is kept',
    () => existsSync(kept) && readdirSync(kept).some((name) => name.endsWith('.map')),
  );
  child.kill('SIGINT');
  const { code, errors } = await finished;
  expect(code).toBe(130);
  expect(errors).toMatch(/cancelled/);
  expect(readdirSync(kept)).toHaveLength(1);
  expect(existsSync(join(workspace.folder, 'large.csv'))).toBe(false);
});

test('what cannot be is one sentence', async () => {
  writeFileSync(join(workspace.folder, 'words.csv'), 'a,b\nx,y\nz,w\n');
  for (const [sentence, ...parameters] of [
    [/--method must be/, 'project', 'first', '--method', 'tsne'],
    [/--method axes needs --axis/, 'project', 'first', '--method', 'axes'],
    [/--axis belongs to --method axes/, 'project', 'first', '--method', 'pca', '--axis', 'class 0:class 1'],
    [/the classes are class 0/, 'project', 'first', '--axis', 'class 0:class 9'],
    [/needs 3 axes/, 'project', 'first', '--dimensions', '3', '--axis', 'class 0:class 1'],
    [/--neighbours must be a whole number/, 'project', 'first', '--neighbours', '1'],
    [/no vectors called logits/, 'project', 'first', '--table', 'logits'],
    [/no embeddings of epoch 7/, 'project', 'first', '--epoch', '7'],
    [/--out must be/, 'project', 'first', '--out', 'map.png'],
    [/There is no run "third"/, 'project', 'third'],
    [/words\.csv/, 'project', 'words.csv'],
    [/--epoch must be/, 'compare-maps', 'first', 'second', '--epoch', '1,2,3'],
  ] as const) {
    const { code, errors } = await supcon(...parameters);
    expect(errors).toMatch(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  }
});
