/** `supcon diff` on two real runs that differ in temperature, seed and one uncommitted line, and in nothing else. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDiff } from '../../src/domain/diff/runDiff';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, runCli, runFolder } from './realRun';

const BEFORE = 'export function crop(image) {\n  return image;\n}\n';
const AFTER = BEFORE.replace('return image;', 'return image.slice(1);');

let workspace: Workspace;
let baseline: string;
let other: string;
beforeAll(async () => {
  workspace = makeWorkspace();
  writeFileSync(
    join(workspace.folder, '.gitignore'),
    'runs\nimages\ncache\nsettings\nsupcon\n*.supcon.json\n',
  );
  writeFileSync(join(workspace.folder, 'augment.js'), BEFORE);
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '--message', 'Begin');
  baseline = await train('baseline', { ...TINY, captureCode: true, loss: { temperature: 0.1 } });
  writeFileSync(join(workspace.folder, 'augment.js'), AFTER);
  other = await train('other', { ...TINY, captureCode: true, loss: { temperature: 0.2 }, seed: 8 });
});
afterAll(() => workspace.remove());

function git(...parameters: string[]): void {
  execFileSync('git', parameters, { cwd: workspace.folder });
}

async function train(name: string, configuration: object): Promise<string> {
  const path = workspace.write(`${name}.supcon.json`, { ...configuration, name });
  const { code, errors } = await runCli(workspace, 'train', path, '--dir', workspace.runs);
  expect(errors).toBe('');
  expect(code).toBe(0);
  return runFolder(workspace, name);
}

function diff(...parameters: string[]) {
  return runCli(workspace, 'diff', 'baseline', 'other', '--dir', workspace.runs, ...parameters);
}

async function json(...parameters: string[]): Promise<RunDiff> {
  const { code, output, errors } = await diff('--json', ...parameters);
  expect(errors).toBe('');
  expect(code).toBe(0);
  return JSON.parse(output) as RunDiff;
}

test('configuration and code list exactly what was changed; data, environment and engine nothing', async () => {
  const found = await json();
  expect(found.columns.map(({ key }) => key)).toEqual([baseline, other]);
  const differing = (section: { rows: RunDiff['data']['rows'] }) =>
    section.rows.filter(({ differs }) => differs).map(({ key }) => key);
  expect(differing(found.configuration)).toEqual(['seed', 'loss.temperature']);
  for (const section of [found.data, found.environment, found.engine]) {
    expect(section.rows.length).toBeGreaterThan(1);
    expect(differing(section)).toEqual([]);
    expect(section.problems).toEqual([]);
  }
  expect(found.code.problems).toEqual([]);
  const [{ files }] = found.code.diffs;
  expect(files).toMatchObject([
    { path: 'augment.js', change: 'changed', basis: 'files', added: 1, removed: 1 },
  ]);
  expect(files[0].hunks).toHaveLength(1);
  expect(files[0].hunks[0].lines).toContain('+  return image.slice(1);');
});

test('figures, classes and samples of both runs are compared, and one seed tells nothing', async () => {
  const { metrics, classes, samples } = await json();
  const probe = metrics.rows.find(({ key }) => key === 'linearProbe');
  expect(probe?.cells[1].delta).toMatchObject({ counts: '1+1', low: null });
  expect(['cannot tell', 'equal']).toContain(probe?.cells[1].delta?.verdict);
  const loss = metrics.rows.find(({ key }) => key === 'loss/optimised last');
  expect(loss?.cells[1]).toMatchObject({ delta: null });
  expect(loss?.cells[1].note).toContain('loss.temperature');
  expect(metrics.rows.map(({ key }) => key)).toContain('accuracy/knn_validation last');
  expect(classes.rows).toHaveLength(4);
  const [{ joinedBy, joined, counts, shown }] = samples.diffs;
  expect([joinedBy, joined]).toEqual(['id', 480]);
  expect(shown.length).toBe(Math.min(200, counts.better + counts.worse + counts.other));
  // Right answers gained less those lost is the difference of the accuracies.
  const [a, b] = probe?.cells.map(({ value }) => value ?? 0) ?? [];
  expect((counts.better - counts.worse) / joined).toBeCloseTo(b - a, 10);
});

test('text and Markdown say what differs, and all of it only when asked', async () => {
  const { output } = await diff();
  expect(output).toContain('configuration: differs in 2 of ');
  expect(output).toMatch(/loss\.temperature\s+0\.1\s+0\.2/);
  expect(output).toMatch(/data: equal \(\d+\)/);
  expect(output).toMatch(/environment: equal \(\d+\)/);
  expect(output).toMatch(/engine: equal \(\d+\)/);
  expect(output).toContain('code: 1 file, 1 hunk');
  expect(output).toContain('-  return image;\n+  return image.slice(1);');
  expect(output).not.toContain('stage1.epochs');
  const everything = await diff('--all');
  expect(everything.output).toMatch(/stage1\.epochs\s+2 epochs\s+2 epochs/);
  const markdown = await diff('--markdown');
  expect(markdown.output).toMatch(/\| loss\.temperature +\| 0\.1 +\| 0\.2 +\|/);
  expect(markdown.output).toContain('```diff\naugment.js  +1 −1\n');
});

test('the baseline can be another one, and configuration files compare by meaning', async () => {
  const { columns } = await json('--baseline', 'other');
  expect(columns.map(({ key }) => key)).toEqual([other, baseline]);
  // Key order, a comment and a default that is written out are no differences.
  const a = workspace.write('a.supcon.json', '{ "seed": 1, "loss": { "temperature": 0.1 } }');
  const b = workspace.write('b.supcon.json', '{ /* tau */ "loss": { "temperature": 0.50, }, "stage1": {} }');
  const { output, code } = await runCli(workspace, 'diff', a, b);
  expect(code).toBe(0);
  expect(output).toContain('configuration: differs in 1 of ');
  expect(output).toMatch(/loss\.temperature\s+0\.1\s+0\.5/);
  expect(output).not.toContain('environment');
});

test.each([
  [['baseline'], 'A comparison needs two'],
  [['baseline', 'baseline'], 'named twice'],
  [['baseline', 'nowhere'], 'There is no run "nowhere"'],
  [['baseline', 'augment.js'], 'cannot be compared with a file'],
  [['baseline', 'other', '--json', '--markdown'], 'exclude each other'],
])('it refuses %j in one sentence', async (parameters, sentence) => {
  const { code, errors } = await runCli(workspace, 'diff', ...parameters, '--dir', workspace.runs);
  expect(code).toBe(2);
  expect(errors).toContain(sentence);
  expect(errors.trim().split('\n')).toHaveLength(1);
});

test('a damaged part is a sentence in its section and costs no other', async () => {
  writeFileSync(join(other, 'results.json'), '{ "formatVersion": 1, "linearProbe": { "top1": "much" } }');
  writeFileSync(join(other, 'dataset.json'), '{');
  rmSync(join(other, 'predictions.json'));
  const found = await json();
  expect(found.metrics.problems.join()).toContain('results.json is damaged');
  expect(found.data.problems.join()).toContain('dataset.json is damaged');
  expect(found.data.rows.every(({ differs }) => !differs)).toBe(true);
  expect(found.samples.diffs[0].reason).toContain('not recorded');
  expect(found.configuration.rows.filter(({ differs }) => differs)).toHaveLength(2);
});
