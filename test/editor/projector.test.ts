/**
 * Two runs as maps in a real editor: laid in one frame, played over their epochs, with a selection that both panes share,
 * the neighbours and the picture of a sample, its file, and all of it back after a reload. The runs are written as trainers
 * write them, on pictures that the data set's own reader finds.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { DEFAULT_RUNS_FOLDER, FORMAT_VERSION, RUN_FILE } from '../../src/domain/run/layout';
import { openDataset } from '../../src/formats/datasets/dataset';
import { makeRun } from '../unit/runs/maps/sources';
import { type Editor, openEditor } from './harness/editor';
import { endedRunFiles } from './harness/endedRuns';
import { type EditorServer, startServer } from './harness/server';
import { waitFor } from './harness/workspace';

const SOON_MS = 60_000;
const RUNS = ['plain', 'contrastive'];
const CLASSES = ['boot', 'coat', 'dress'];
const PICTURES_A_CLASS = 30;
/** Samples of the training part are at least as many. */
const ROWS = 48;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  server = await startServer({ workspaceTrust: 'off' });
  const images = join(server.workspace, 'images');
  await writePictures(images);
  const dataset = { kind: 'folders' as const, path: images };
  const cacheFolder = join(server.workspace, '.cache');
  const { contentHash } = await openDataset({ ...dataset, seed: 1, testFraction: 0.2, cacheFolder });
  RUNS.forEach((name, place) => writeRun({ name, place, dataset, contentHash }));
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

/** One brightness a class, one for each picture. */
async function writePictures(folder: string): Promise<void> {
  for (const [label, name] of CLASSES.entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < PICTURES_A_CLASS; i++) {
      const pixels = new Uint8Array(64).fill(60 + 60 * label + i);
      const raw = { width: 8, height: 8, channels: 1 } as const;
      const image = await sharp(pixels, { raw }).toColourspace('b-w').png().toBuffer();
      writeFileSync(join(folder, name, `${i}.png`), image);
    }
  }
}

interface WrittenRun {
  readonly name: string;
  readonly place: number;
  readonly dataset: object;
  readonly contentHash: string;
}

/** A run that has ended, with three epochs of features. */
function writeRun({ name, place, dataset, contentHash }: WrittenRun): void {
  const folder = join(server.workspace, DEFAULT_RUNS_FOLDER, name);
  const made = { rows: ROWS, dimensions: 12, classes: CLASSES.length, epochs: [1, 2, 3] };
  makeRun(folder, { ...made, seed: place, dataset: contentHash });
  for (const [file, content] of Object.entries(endedRunFiles(name, { seed: 1, place, value: 0.9 })))
    writeFileSync(join(server.workspace, file), content);
  const configuration = { formatVersion: FORMAT_VERSION, name, seed: 1, dataset };
  writeFileSync(join(folder, RUN_FILE.config), JSON.stringify(configuration));
}

const page = (): Promise<Frame> => editor.dashboard('wide');

/** Waits until a part of the page contains the words; the frame is looked up anew, because a reload replaces it. */
async function untilText(selector: string, words: string | RegExp): Promise<void> {
  const holds = async () => {
    const text = await (await page()).locator(selector).first().innerText({ timeout: 1000 });
    return typeof words === 'string' ? text.includes(words) : words.test(text);
  };
  await waitFor(`"${String(words)}" in ${selector}`, () => holds().catch(() => false), SOON_MS);
}

test('two runs lie in one frame, are played, selected from, and asked about their samples', async () => {
  onTestFailed(() => editor.screenshot('projector-failed'));
  await editor.runCommand('SupCon: Compare Embeddings');
  for (const name of RUNS) await editor.pick(name);
  await editor.page.keyboard.press('Enter');
  await untilText('.strip', 'trustworthiness');
  await untilText('.side', /shared samples\s*48/);
  await untilText('.strip', 'Drawn by the processor');

  const frame = await page();
  await frame.getByRole('button', { name: 'Previous epoch' }).click();
  await untilText('.epoch-words', 'epoch 2, last 3');
  await frame.getByLabel('speed').selectOption('8');
  await frame.getByRole('button', { name: 'Play' }).click();
  await untilText('.epoch-words', 'epoch 3, last 3');

  await frame.getByRole('searchbox', { name: 'Search samples' }).fill('train/4');
  await frame.getByRole('button', { name: 'Select found' }).click();
  await untilText('.side', /9 samples selected/);

  await frame.locator('.map').focus();
  await editor.page.keyboard.press('n');
  await frame.locator('.card-of-sample').waitFor();
  await editor.page.keyboard.press('Enter');
  const neighbours = frame.getByRole('list', { name: 'Neighbours', exact: true }).locator('li');
  await waitFor('ten neighbours', async () => (await neighbours.count()) === 10, SOON_MS);
  await waitFor('the picture of the sample', () => hasPicture(frame), SOON_MS);
  await editor.screenshot('projector');
  expect(await frame.locator('.tick.is-ready').count()).toBe(3);
});

/** Whether the card's picture has been drawn: what is empty is transparent. */
function hasPicture(frame: Frame): Promise<boolean> {
  return frame
    .locator('.card-of-sample canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
      return pixels?.some((value) => value > 0) ?? false;
    });
}

test('a reload brings the same maps back, at the same epoch and with the selection', async () => {
  onTestFailed(() => editor.screenshot('projector-reloaded-failed'));
  await (await page()).getByRole('button', { name: 'Previous epoch' }).click();
  await untilText('.epoch-words', 'epoch 2, last 3');
  await editor.reload();
  await untilText('.epoch-words', 'epoch 2, last 3');
  await untilText('.side', /9 samples selected/);
});

test('the file of a sample opens beside the map', async () => {
  onTestFailed(() => editor.screenshot('projector-file-failed'));
  await untilText('.strip', 'trustworthiness');
  const frame = await page();
  await frame.locator('.map').focus();
  await editor.page.keyboard.press('n');
  await frame.locator('.card-of-sample').waitFor();
  await editor.page.keyboard.press('Enter');
  await frame.getByRole('button', { name: 'Open file' }).first().click();
  await editor.page.getByRole('tab', { name: /\.png/ }).waitFor();
});
