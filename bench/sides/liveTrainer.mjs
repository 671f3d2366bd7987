/**
 * A trainer without maths, started by the product's keeper: it records 30 scalars 20 times a second by the trainer's own
 * recorder, tells the keeper as the trainer does, and notes when each step's bytes had been written. With the variable
 * LIVE_TRAINER=silent it does not announce the bytes, as a program of others that only logs. Argument: the run's folder.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FORMAT_VERSION } from '../../src/domain/run/layout';
import { connectToKeeper } from '../../src/trainer/port';
import { openRecorder } from '../../src/trainer/recording/recorder';
import { STAMPS_FILE, TAGS } from './liveTags.mjs';

const GAP_MS = 50;
/** Nobody may be left to stop it. */
const MOST_STEPS = 6000;
const STOPPED = 130;

const folder = process.argv[2] ?? '';
const isSilent = process.env['LIVE_TRAINER'] === 'silent';
const keeper = connectToKeeper();
let writtenAt = 0;
/** The recorder announces bytes as soon as their write has returned. */
const port = {
  ...keeper,
  send: (/** @type {import('../../src/protocol/trainer').TrainerMessage} */ message) => {
    if (message.type === 'appended') writtenAt = Date.now();
    if (message.type !== 'appended' || !isSilent) keeper.send(message);
  },
};

void train();

async function train() {
  const engine = { name: 'none', device: 'none', reason: 'a benchmark' };
  port.send({ type: 'ready', formatVersion: FORMAT_VERSION, engine });
  const stamps = await recordSteps();
  writeFileSync(join(folder, STAMPS_FILE), JSON.stringify(stamps));
  port.send({ type: 'stopped' });
  await port.flush();
  process.exit(STOPPED);
}

/** Until it is stopped; gives when the write of each step had returned. */
async function recordSteps() {
  const recorder = openRecorder(folder, 0, port);
  const stamps = [];
  const began = performance.now();
  for (let step = 0; !port.stopped.aborted && step < MOST_STEPS; step++) {
    await sleep(Math.max(0, began + step * GAP_MS - performance.now()));
    recorder.record(step, scalarsAt(step));
    stamps.push(writtenAt);
    port.send({ type: 'progress', progress: progressAt(step), headline: null });
  }
  recorder.close();
  return stamps;
}

/** @param {number} step */
function scalarsAt(step) {
  const values = TAGS.map((tag, i) => [tag, Math.exp(-step / 500) + 0.1 * Math.sin(step * (1 + i))]);
  return /** @type {Record<string, number>} */ (Object.fromEntries(values));
}

/** @param {number} step */
function progressAt(step) {
  const stage = /** @type {const} */ ('contrastive');
  const place = { stage, epoch: 1, epochs: 1, step, steps: MOST_STEPS, fraction: step / MOST_STEPS };
  return { ...place, secondsLeft: null, viewsPerSecond: 1000 / GAP_MS };
}
