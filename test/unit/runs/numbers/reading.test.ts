/** Runs that another thread reads first: nobody can tell afterwards who read them. */
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../../../src/formats/events/writer';
import { FollowedRun } from '../../../../src/runs/numbers/followedRun';
import { readLogs, type ReadRun } from '../../../../src/runs/numbers/reading/readLogs';
import type { LogReader } from '../../../../src/runs/numbers/reading/reader';

const base = mkdtempSync(join(tmpdir(), 'supcon-reading-'));
const open: FollowedRun[] = [];
let folders = 0;

afterEach(() => {
  for (const run of open.splice(0)) run.dispose();
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A reader without a thread; `before` its answer something may happen to the files. */
function readerWith(before: (read: ReadRun | undefined) => ReadRun | undefined = (read) => read): LogReader {
  const read: LogReader['read'] = async (logs) => structuredClone(before(await readLogs(logs)));
  return { read, dispose: () => undefined };
}

function follow(folder: string): FollowedRun {
  const source = { run: folder, paths: [folder], live: false, viewsPerStep: null };
  const run = new FollowedRun({ source, cache: undefined, isOther: () => false, onChange: () => undefined });
  open.push(run);
  return run;
}

/** A run with two event files, of which one has a restart and a damaged record, a CSV file and hyper-parameters. */
function writeRun(): { folder: string; file: string } {
  const folder = join(base, `run-${++folders}`);
  mkdirSync(join(folder, 'validation'), { recursive: true });
  const file = join(folder, 'events.out.tfevents.1.host');
  const damaged = Buffer.from(encodeScalars(1009, 9, { loss: 9 }));
  damaged[damaged.length - 1] ^= 1;
  const steps = Array.from({ length: 200 }, (_, step) => record(step));
  writeFileSync(
    file,
    Buffer.concat([encodeFileVersion(1), ...steps, damaged, encodeSessionStart(2000, 150)]),
  );
  appendFileSync(file, Buffer.concat([record(150), record(151)]));
  writeFileSync(join(folder, 'validation', 'events.out.tfevents.2.host'), record(5));
  writeFileSync(join(folder, 'metrics.csv'), 'step,loss,val_loss\n1,4,\n2,,nan\n');
  writeFileSync(join(folder, 'hparams.yaml'), 'lr: 0.1\n');
  return { folder, file };
}

const record = (step: number): Buffer =>
  Buffer.from(encodeScalars(1000 + step, step, { loss: Math.sin(step), accuracy: step / 200 }));

/** Everything that can be asked of a run. */
function contentOf(run: FollowedRun): unknown {
  const numbers = run.numbers();
  const columns = numbers.tags.map(({ tag }) => run.store.seriesOf(tag).columns());
  return { numbers, columns, bytesRead: run.logs.bytesRead, from: run.store.firstWallTime };
}

it('a run that another thread read is as if it had been read here', async () => {
  const { folder, file } = writeRun();
  const [here, there] = [follow(folder), follow(folder)];
  await here.readFirst();
  await there.readFirst(readerWith());
  expect(here.numbers().tags.length).toBeGreaterThan(3);
  expect(here.numbers().skipped).toBe(1);
  expect(contentOf(there)).toEqual(contentOf(here));
  appendFileSync(file, record(152));
  for (const run of [here, there]) await run.look({ find: false });
  expect(there.store.seriesOf('loss').length).toBe(153);
  expect(contentOf(there)).toEqual(contentOf(here));
});

it('a file that was written anew while it was read is read again', async () => {
  const { folder, file } = writeRun();
  const run = follow(folder);
  const replaceFile = (read: ReadRun | undefined): ReadRun | undefined => {
    const other = join(base, 'other');
    writeFileSync(other, Buffer.concat([encodeFileVersion(1), record(7)]));
    renameSync(other, file);
    return read;
  };
  await run.readFirst(readerWith(replaceFile));
  expect([...run.store.seriesOf('loss').columns().steps]).toEqual([7]);
});

it('a run that the other thread cannot read is read here, with what is wrong with it', async () => {
  const { folder, file } = writeRun();
  appendFileSync(file, Buffer.alloc(64, 7));
  const run = follow(folder);
  await run.readFirst(readerWith());
  expect(run.store.seriesOf('loss').length).toBe(152);
  expect(run.numbers().problems).toEqual([expect.stringContaining('is damaged at byte')]);
});
