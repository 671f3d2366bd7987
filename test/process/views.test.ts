/** The process behind the editor's preview: what it draws, what it asks first, and what it says of a run's encoder. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Drawn, PreviewAnswer, PreviewRequest } from '../../src/protocol/preview';
import { parsePreviewAnswer } from '../../src/protocol/preview';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, runCli, runFolder, startCli, writeIdxSet } from './realRun';

let workspace: Workspace;
beforeAll(async () => {
  workspace = makeWorkspace();
  const path = workspace.write('tiny.supcon.json', {
    ...TINY,
    evaluation: { samples: 20, references: false },
  });
  expect((await runCli(workspace, 'train', path, '--dir', workspace.runs)).code).toBe(0);
});
afterAll(() => workspace.remove());

/** Sends requests and then the end of the input; all answers. */
async function serve(path: string, requests: readonly PreviewRequest[]): Promise<PreviewAnswer[]> {
  const parameters = ['serve-views', path, '--dir', workspace.runs];
  const lines = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { output } = await startCli(workspace, parameters, lines).finished;
  const answers = output
    .split('\n')
    .filter((line) => line !== '')
    .map(parsePreviewAnswer);
  return answers.map((answer) => answer ?? expect.fail('no answer'));
}

const draw = (changes: object = {}) =>
  ({ type: 'draw', first: 0, samples: 2, epoch: 0, run: '', ...changes }) as const;

function drawings(answers: readonly PreviewAnswer[]): Drawn[] {
  return answers.flatMap((answer) => (answer.type === 'drawn' ? [answer] : []));
}

test('draws the same views for the same epoch, others for another, of samples in a fixed order', async () => {
  const path = workspace.write('views.supcon.json', { ...TINY, augmentation: { views: 3 } });
  const answers = await serve(path, [
    draw(),
    draw({ epoch: 1 }),
    draw(),
    draw({ first: 1, samples: 1 }),
    draw({ first: 431, samples: 5 }),
  ]);
  expect(answers[0]).toMatchObject({
    type: 'opened',
    views: 3,
    count: 432,
    height: 12,
    epochs: TINY.stage1.epochs,
    warnings: [],
  });
  const [first, other, again, second, last] = drawings(answers);
  expect(first.rows.map(({ views }) => views.length)).toEqual([3, 3]);
  expect(Buffer.from(first.rows[0].image, 'base64')).toHaveLength(12 * 12 * 3);
  expect(new Set(first.rows.flatMap(({ views }) => views)).size).toBe(6);
  expect(again.rows).toEqual(first.rows);
  expect(other.rows[0].image).toEqual(first.rows[0].image);
  expect(other.rows[0].views).not.toEqual(first.rows[0].views);
  expect(second.rows).toEqual(first.rows.slice(1));
  expect(last.rows).toHaveLength(1);
});

test('compares views by the encoder of a run of the same model, and says why another one cannot', async () => {
  const path = join(workspace.folder, 'tiny.supcon.json');
  const run = basename(runFolder(workspace, 'tiny-'));
  const [opened, drawn] = await serve(path, [draw({ run })]);
  expect(opened).toMatchObject({ runs: [{ id: run, name: 'tiny' }] });
  const [{ comparison, rows }] = drawings([drawn]);
  expect(comparison).toMatchObject({ step: 54 });
  for (const { cosines } of rows) {
    expect(cosines?.[0][0]).toBeCloseTo(1, 5);
    expect(cosines?.[0][1]).toBeCloseTo(cosines?.[1][0] ?? NaN, 6);
    expect(Math.abs(cosines?.[0][1] ?? NaN)).toBeLessThanOrEqual(1.000001);
  }
  const [, gone] = await serve(path, [draw({ run: 'gone' })]);
  expect(gone).toMatchObject({
    comparison: { problem: expect.stringMatching(/not there any more/) as string },
  });
  expect(drawings([gone])[0].rows).toHaveLength(2);

  writeIdxSet(join(workspace.folder, 'larger'), { images: 480, side: 16 });
  const larger = workspace.write('larger.supcon.json', { ...TINY, dataset: { kind: 'idx', path: 'larger' } });
  const [, refused] = await serve(larger, [draw({ run })]);
  expect(refused).toMatchObject({
    comparison: {
      problem: expect.stringMatching(/trained on images of 12 x 12 x 1, and these are 16/) as string,
    },
  });

  const other = workspace.write('other.supcon.json', { ...TINY, model: { ...TINY.model, width: 8 } });
  expect((await serve(other, []))[0]).toMatchObject({ type: 'opened', runs: [] });
});

test('the sheet comes with the similarities of its views', async () => {
  const path = join(workspace.folder, 'tiny.supcon.json');
  const { code, output } = await runCli(
    workspace,
    'views',
    path,
    '--count',
    '3',
    '--run',
    'tiny',
    '--dir',
    workspace.runs,
  );
  expect(code).toBe(0);
  expect(output).toMatch(/encoder at step 54/);
  expect(output.match(/1\.00/g)).toHaveLength(3);
});

test('loads no module of data or views before it is agreed to', async () => {
  const marker = join(workspace.folder, 'it-ran');
  for (const name of ['own-data.mjs', 'own-views.mjs'])
    cpSync(join(resolve('examples'), name), join(workspace.folder, name));
  writeFileSync(
    join(workspace.folder, 'marking.mjs'),
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '');\nexport { default } from './own-views.mjs';`,
  );
  const path = workspace.write('own.supcon.json', {
    ...TINY,
    dataset: { kind: './own-data.mjs' },
    augmentation: { policy: './marking.mjs' },
  });
  const [asked, refused] = await serve(path, [draw()]);
  if (asked.type !== 'consent') return expect.fail('not asked');
  expect(asked.modules.map(({ files }) => files)).toEqual([1, 2]);
  expect(refused).toMatchObject({
    type: 'failed',
    message: expect.stringMatching(/was not agreed to/) as string,
  });
  expect(existsSync(marker)).toBe(false);
  const hashes = asked.modules.map(({ hash }) => hash);
  const agreed = await serve(path, [{ type: 'agree', hashes }, draw()]);
  expect(agreed.map(({ type }) => type)).toEqual(['consent', 'opened', 'drawn']);
  expect(existsSync(marker)).toBe(true);
});

test.each([
  ['a file that is not there', 'gone.supcon.json', /no readable configuration/],
  ['a file that is no configuration', 'wrong.supcon.json', /unknown key/],
])('says in one sentence what is wrong with %s', async (_, name, sentence) => {
  workspace.write('wrong.supcon.json', { nonsense: 1 });
  expect(await serve(name, [])).toMatchObject([
    { type: 'failed', message: expect.stringMatching(sentence) as string },
  ]);
});
