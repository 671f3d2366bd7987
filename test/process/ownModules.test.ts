/** Modules of the user's own: agreed to once by content, trained, resumed from their copies, and refused with a line. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModulesFile } from '../../src/domain/run/modules';
import { TAG } from '../../src/domain/metrics/tags';
import type { Workspace } from './realRun';
import { TINY, environmentOf, makeWorkspace, readTag, runCli, runFolder, startCli, until } from './realRun';

const EXAMPLES = resolve('examples');
const EPOCHS = 12;

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
});
afterAll(() => workspace.remove());

/** Everything but the loss is built in. */
const ONLY_LOSS = { dataset: TINY.dataset, augmentation: {}, model: TINY.model };

const MODULES = ['own-data.mjs', 'own-views.mjs', 'own-encoder.mjs', 'own-loss.mjs'];

function configure(name: string, loss: string, changes: object = {}): string {
  return workspace.write(`${name}.supcon.json`, {
    ...TINY,
    name,
    dataset: { kind: './own-data.mjs' },
    augmentation: { policy: './own-views.mjs' },
    model: { ...TINY.model, encoder: './own-encoder.mjs' },
    loss: { name: loss },
    stage1: { ...TINY.stage1, epochs: EPOCHS },
    evaluation: { ...TINY.evaluation, references: false, everyEpochs: 100 },
    ...changes,
  });
}

function copyExamples(): void {
  for (const name of MODULES) cpSync(join(EXAMPLES, name), join(workspace.folder, name));
}

const train = (path: string, ...more: string[]) =>
  runCli(workspace, 'train', path, '--dir', workspace.runs, ...more);

const runs = () => (existsSync(workspace.runs) ? readdirSync(workspace.runs) : []);

test('a run with its own data, views, encoder and loss is asked about, trains, and resumes exactly from its copies', async () => {
  copyExamples();
  const path = configure('own', './own-loss.mjs');

  const unasked = await train(path);
  expect(unasked.code).toBe(2);
  expect(unasked.errors).toMatch(/would load the module .*own-data\.mjs .*agree with --trust/);
  expect(runs()).toEqual([]);

  expect((await train(path, '--trust')).code).toBe(0);
  const whole = runFolder(workspace, 'own-');
  const { modules } = JSON.parse(readFileSync(join(whole, 'modules.json'), 'utf8')) as ModulesFile;
  expect(modules.map(({ key }) => key)).toEqual([
    'dataset.kind',
    'augmentation.policy',
    'model.encoder',
    'loss.name',
  ]);
  for (const { entry, source } of modules)
    expect(readFileSync(join(whole, entry), 'utf8')).toBe(readFileSync(source, 'utf8'));
  const losses = readTag(whole, TAG.loss);
  expect([...losses.values()].every(Number.isFinite)).toBe(true);
  expect(losses.get(losses.size - 1)).toBeLessThan(losses.get(0) ?? 0);

  // Agreed to once: the same content is not asked about again.
  const again = configure('again', './own-loss.mjs');
  const { child, finished } = startCli(workspace, ['train', again, '--dir', workspace.runs]);
  await until('it has begun', () => readLosses('again-') > 20);
  child.kill('SIGINT');
  expect((await finished).code).toBe(130);
  for (const name of MODULES) rmSync(join(workspace.folder, name));
  expect((await runCli(workspace, 'resume', 'again', '--dir', workspace.runs)).code).toBe(0);
  expect(readTag(runFolder(workspace, 'again-'), TAG.loss)).toEqual(losses);
});

function readLosses(prefix: string): number {
  if (!runs().some((name) => name.startsWith(prefix))) return 0;
  return readTag(runFolder(workspace, prefix), TAG.loss).size;
}

test('the modules of a run folder from another machine run only after consent: resume, evaluate, export', async () => {
  copyExamples();
  const marker = join(workspace.folder, 'marked');
  const loss = readFileSync(join(EXAMPLES, 'own-loss.mjs'), 'utf8');
  workspace.write(
    'marking.mjs',
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '');\n${loss}`,
  );
  const path = configure('travels', './marking.mjs', { model: TINY.model });
  const { child, finished } = startCli(workspace, ['train', path, '--dir', workspace.runs, '--trust']);
  await until('it has begun', () => readLosses('travels-') > 2);
  child.kill('SIGINT');
  expect((await finished).code).toBe(130);
  rmSync(marker);

  const other = makeWorkspace();
  try {
    cpSync(runFolder(workspace, 'travels-'), join(other.runs, 'travels'), { recursive: true });
    const supcon = (command: string, ...more: string[]) =>
      runCli(other, command, 'travels', '--dir', other.runs, ...more);
    const weights = ['--weights', join(other.folder, 'weights.safetensors')];
    for (const { code, errors } of [
      await supcon('resume'),
      await supcon('evaluate'),
      await supcon('export', ...weights),
    ]) {
      expect(code).toBe(2);
      expect(errors).toMatch(/would load the module .*travels.*own-data\.mjs .*agree with --trust/);
    }
    const asked = askStarter(other, { resume: join(other.runs, 'travels') });
    expect(JSON.parse(asked)).toHaveProperty('consent.length', 3);
    expect(existsSync(marker)).toBe(false);

    expect((await supcon('export', '--trust', ...weights)).code).toBe(0);
    expect(existsSync(marker)).toBe(true);
    // Agreed to once: the others need no more.
    expect((await supcon('resume')).code).toBe(0);
    expect((await supcon('evaluate')).code).toBe(0);
  } finally {
    other.remove();
  }
});

/** What the editor's starter answers. */
function askStarter({ folder }: Workspace, request: object): string {
  return execFileSync(process.execPath, [resolve('dist/starter.js'), JSON.stringify(request)], {
    encoding: 'utf8',
    env: environmentOf(folder),
  });
}

test('an operation outside the kernel table ends the run with its name and the line of the module', async () => {
  copyExamples();
  workspace.write(
    'odd-loss.mjs',
    'export default ({ tf }) => (embeddings) =>\n  tf.mean(tf.cumsum(embeddings, 1));\n',
  );
  const { code, errors, output } = await train(configure('odd', './odd-loss.mjs'), '--trust');
  expect(code).not.toBe(0);
  expect(output + errors).toMatch(/odd-loss\.mjs: The operation Cumsum .*odd-loss\.mjs:2:/);
});

test.each([
  ['no function', 'export default 3;', /no function as its default export/],
  ['no scalar', 'export default () => (embeddings) => embeddings;', /the loss must be a scalar/],
  [
    'a value that is read',
    'export default ({ tf }) => (z) => tf.scalar(z.dataSync()[0]);',
    /was read inside a traced program/,
  ],
  ['a package', "import 'lodash'; export default () => 0;", /imports the package "lodash"/],
])('a loss module with %s is refused in one sentence', async (_, text, sentence) => {
  workspace.write('wrong-loss.mjs', text);
  const { code, errors, output } = await train(configure('wrong', './wrong-loss.mjs'), '--trust');
  expect(code).not.toBe(0);
  expect(output + errors).toMatch(sentence);
});

test.each([
  ['data', { dataset: { kind: './wrong.mjs' } }, 'export default () => ({});', /"classNames" must be a list/],
  [
    'data with a label out of range',
    { dataset: { kind: './wrong.mjs' } },
    `const part = { height: 1, width: 1, channels: 1, images: new Uint8Array(2), labels: [0, 2] };
     export default () => ({ classNames: ['a', 'b'], train: part, test: part });`,
    /"train" has the label 2 at place 1, and there are 2 classes/,
  ],
  [
    'views',
    { augmentation: { policy: './wrong.mjs' } },
    'export default () => (image) => image.fill(NaN);',
    /wrong\.mjs made a value that is not a number/,
  ],
  [
    'an encoder',
    { model: { encoder: './wrong.mjs' } },
    'export default () => ({});',
    /must return \{parameters/,
  ],
])('a module of %s that returns nonsense is refused in one sentence', async (_, changes, text, sentence) => {
  copyExamples();
  workspace.write('wrong.mjs', text);
  const { code, errors, output } = await train(configure('nonsense', 'supcon', changes), '--trust');
  expect(code).not.toBe(0);
  expect(output + errors).toMatch(sentence);
});

test.each(['train', 'sweep start'])(
  'nothing of a module runs before `supcon %s` was told to trust it',
  async (command) => {
    copyExamples();
    const marker = join(workspace.folder, 'it-ran');
    workspace.write(
      'sly.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, ''); export default () => 0;`,
    );
    const path = configure('sly', 'supcon', {
      dataset: { kind: './sly.mjs' },
      ...(command === 'sweep start' ? { sweep: { seeds: 2 } } : {}),
    });
    const { code, errors } = await runCli(workspace, ...command.split(' '), path, '--dir', workspace.runs);
    expect(code).toBe(2);
    expect(errors).toMatch(/would load the module .*sly\.mjs/);
    expect(existsSync(marker)).toBe(false);
  },
);

test.each([
  ['a module', { loss: { name: './own-loss.mjs' } }, /names the module .*own-loss\.mjs.*no agent may start/],
  [
    'a module in one run of a sweep',
    { loss: { name: 'supcon' }, sweep: { grid: { 'loss.name': ['supcon', './own-loss.mjs'] } } },
    /names the module .*own-loss\.mjs/,
  ],
  ['a command', { command: { program: 'touch', arguments: ['it-ran'] } }, /runs a command, which no agent/],
])(
  'a start that no person asked for is refused where there is %s, though it was agreed to',
  async (_, own, sentence) => {
    copyExamples();
    const agreed = configure('agreed', './own-loss.mjs', {
      ...ONLY_LOSS,
      stage1: { ...TINY.stage1, epochs: 1 },
    });
    expect((await train(agreed, '--trust')).code).toBe(0);
    const before = runs();
    const path =
      'command' in own
        ? workspace.write('agent.supcon.json', { name: 'agent', ...own })
        : configure('agent', 'supcon', { ...ONLY_LOSS, ...own });
    const request = { source: path, runsFolder: workspace.runs, ownCode: 'refuse' };
    expect(JSON.parse(askStarter(workspace, request))).toEqual({
      error: expect.stringMatching(sentence) as string,
    });
    expect(runs()).toEqual(before);
  },
);
