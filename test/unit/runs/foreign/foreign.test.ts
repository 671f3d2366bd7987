/** Runs of other tools: found below a folder, summed up without guessing, followed, and never written to. */
import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canStop, stateInWords } from '../../../../src/domain/display/runLook';
import type { RunSummary } from '../../../../src/domain/run/state';
import { encodeFileVersion, encodeScalars } from '../../../../src/formats/events/writer';
import { findForeign } from '../../../../src/runs/foreign/findForeign';
import { updateForeignUserFile } from '../../../../src/runs/foreign/sideFolder';
import { listForeign, watchForeign, watchForeignRun } from '../../../../src/runs/foreign/watchForeign';
import { TAG } from '../../../../src/domain/metrics/tags';
import { fill, temporaryFolder } from '../folders';

const EVENTS = 'events.out.tfevents.1585754902.host.1.v2';

/** Folders as Keras, torch's add_hparams, Lightning and a script of one's own leave them. */
function tree(): string {
  const root = fill(temporaryFolder(), {
    [`keras/run-1/train/${EVENTS}`]: '',
    [`keras/run-1/validation/${EVENTS}`]: '',
    'keras/run-1/train/events.out.tfevents.1585754903.host.profile-empty': '',
    [`torch/exp/${EVENTS}`]: '',
    [`torch/exp/1585754902.6123/${EVENTS}`]: '',
    'lightning_logs/version_0/metrics.csv': 'step,loss\n0,1\n',
    'lightning_logs/version_0/hparams.yaml': 'lr: 0.1\n',
    'own/log.jsonl': '{"step":0,"loss":1}\n',
    'own/data.csv': 'a,b\n',
    [`node_modules/x/${EVENTS}`]: '',
    [`.hidden/${EVENTS}`]: '',
    [`ours/${EVENTS}`]: '',
    'ours/config.json': {},
  });
  symlinkSync(root, join(root, 'own', 'loop'));
  symlinkSync(join(root, 'torch', 'exp'), join(root, 'torch', 'latest-run'));
  return root;
}

describe('findForeign', () => {
  it('finds every run once, folds its parts into it, and follows no link', async () => {
    const found = await findForeign(tree());
    expect(found.map(({ name, logs }) => [name, logs.length])).toEqual([
      ['keras/run-1', 2],
      ['lightning_logs/version_0', 1],
      ['own', 1],
      ['torch/exp', 2],
    ]);
  });

  it('takes the folder itself for a run, and nothing for none', async () => {
    const root = fill(temporaryFolder(), { 'metrics.csv': 'step,loss\n' });
    expect((await findForeign(root)).map(({ folder }) => folder)).toEqual([root]);
    expect(await findForeign(join(root, 'nothing'))).toEqual([]);
  });
});

/** Name and hash of every file below a folder; links are not followed. */
function contentsOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return contentsOf(path);
    if (!entry.isFile()) return [path];
    return [`${path} ${createHash('sha1').update(readFileSync(path)).digest('hex')}`];
  });
}

describe('a run of others', () => {
  it('says when it was last written to, and never how it ended', async () => {
    const root = fill(temporaryFolder(), { 'a/metrics.csv': 'step,loss\n', [`b/${EVENTS}`]: '' });
    const longAgo = Date.now() / 1000 - 7200;
    utimesSync(join(root, 'a', 'metrics.csv'), longAgo, longAgo);
    const runs = await listForeign({ root, runsFolder: join(root, 'runs') });
    const [a, b] = ['a', 'b'].map((name) => runs.find((run) => run.name === name)) as RunSummary[];
    expect(a).toMatchObject({ kind: 'foreign', state: 'ended', endState: 'unknown', resumable: false });
    expect(stateInWords(a)).toMatch(/^last written 2 h.* ago$/);
    expect(b).toMatchObject({ state: 'running', createdAt: 1585754902000 });
    expect(canStop(b)).toBe(false);
  });

  it('keeps what people say of it beside our runs, and its own folder as it was', async () => {
    const root = tree();
    const before = contentsOf(root);
    const place = { root, runsFolder: join(temporaryFolder(), 'runs') };
    const folder = join(root, 'torch', 'exp');
    const noted = { folder, runsFolder: place.runsFolder };
    await updateForeignUserFile(noted, (user) => ({ ...user, name: 'best', star: true, tags: ['x'] }));
    // Another way to the same run.
    await updateForeignUserFile({ ...noted, folder: join(root, 'torch', 'latest-run') }, (user) => ({
      ...user,
      notes: 'n',
    }));
    const run = (await listForeign(place)).find((each) => each.folder === folder);
    expect(run).toMatchObject({ name: 'best', starred: true, tags: ['x'], notes: 'n' });
    expect(contentsOf(root)).toEqual(before);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Still not so: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('watching', () => {
  it('tells of runs that come', async () => {
    const root = temporaryFolder();
    let seen: readonly RunSummary[] | undefined;
    const watch = watchForeign({ root, runsFolder: join(root, '.supcon') }, (runs) => (seen = runs));
    await until(() => seen?.length === 0);
    fill(root, { [`new/${EVENTS}`]: '' });
    await until(() => seen?.length === 1);
    watch.dispose();
  });

  it('shows the curves of all parts, and those to come', async () => {
    const root = temporaryFolder();
    const bytes = (loss: number) =>
      Buffer.concat([encodeFileVersion(0), encodeScalars(1, 1, { epoch_loss: loss })]);
    fill(root, { [`r/train/${EVENTS}`]: '', [`r/validation/${EVENTS}`]: '' });
    const train = join(root, 'r', 'train', EVENTS);
    writeFileSync(train, bytes(2));
    writeFileSync(join(root, 'r', 'validation', EVENTS), bytes(3));
    const place = { root, runsFolder: join(root, '.supcon') };
    const watch = watchForeignRun(join(root, 'r'), place, {});
    await watch.caughtUp;
    const valuesOf = (tag: string) => [...(watch.series().find((each) => each.tag === tag)?.values ?? [])];
    expect(valuesOf('train/epoch_loss')).toEqual([2]);
    expect(valuesOf('validation/epoch_loss')).toEqual([3]);
    expect(watch.summary()).toMatchObject({ name: 'r', kind: 'foreign' });
    appendFileSync(train, encodeScalars(2, 2, { epoch_loss: 1 }));
    await until(() => valuesOf(TAG.loss).length === 2);
    expect(valuesOf(TAG.loss)).toEqual([2, 1]);
    expect(valuesOf('train/epoch_loss')).toEqual([2, 1]);
    watch.dispose();
  });

  it('reads a CSV anew when its logger wrote it anew with another column', async () => {
    const root = fill(temporaryFolder(), { 'r/metrics.csv': 'step,loss\n0,5\n1,4\n' });
    const watch = watchForeignRun(join(root, 'r'), { root, runsFolder: join(root, '.supcon') }, {});
    await watch.caughtUp;
    const valuesOf = (tag: string) => [...(watch.series().find((each) => each.tag === tag)?.values ?? [])];
    expect(valuesOf('loss')).toEqual([5, 4]);
    writeFileSync(join(root, 'r', 'metrics.csv'), 'step,acc,loss\n0,,5\n1,0.5,4\n2,0.6,3\n');
    await until(() => valuesOf('loss').length === 3);
    expect(valuesOf('loss')).toEqual([5, 4, 3]);
    expect(valuesOf('acc')).toEqual([0.5, 0.6]);
    watch.dispose();
  });
});
