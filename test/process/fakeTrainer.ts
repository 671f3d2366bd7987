/**
 * A trainer without maths: says ready, appends a line for every step to an event file, announces the same
 * bytes, and ends as the variable FAKE_TRAINER tells it. Each step's bytes depend on its number alone.
 */
import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMAT_VERSION } from '../../src/domain/run/layout';
import { encodeFileVersion, encodeScalars, encodeSessionStart } from '../../src/formats/events/writer';
import type { TrainerMessage } from '../../src/protocol/trainer';
import { parseKeeperMessage } from '../../src/protocol/trainer';
import { parseBehaviour } from './behaviour';

const folder = process.argv[2] ?? '';
const behaviour = parseBehaviour(process.env['FAKE_TRAINER'] ?? '{}');
const checkpoint = join(folder, 'checkpoints', 'step.safetensors');

function send(message: TrainerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

function writeCheckpoint(step: number): void {
  mkdirSync(join(folder, 'checkpoints'), { recursive: true });
  writeFileSync(checkpoint, String(step));
}

function firstStep(): number {
  return statSync(checkpoint, { throwIfNoEntry: false }) === undefined ? 0 : behaviour.resumeAt;
}

async function leave(code: number, message?: TrainerMessage): Promise<never> {
  if (message !== undefined) await send(message);
  process.exit(code);
}

let stopping = false;
process.on('message', (raw) => {
  if (parseKeeperMessage(raw)?.type === 'stop' && behaviour.onStop === 'obey') stopping = true;
});
process.on('SIGINT', () => {
  if (behaviour.onInterrupt === 'obey') process.exit(130);
});
process.on('disconnect', () => {
  if (behaviour.onDisconnect === 'stay') return;
  writeCheckpoint(0);
  process.exit(130);
});

async function append(file: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, file);
  const offset = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(path, bytes);
  } catch {
    // The folder was deleted: go on, as a real trainer would with a full disk.
  }
  await send({ type: 'appended', file, offset, bytes });
}

async function train(): Promise<void> {
  const first = firstStep();
  const file = `events.out.tfevents.${first}`;
  process.stdout.write(`training began ${new Date().toISOString()}\n`);
  await send({
    type: 'ready',
    formatVersion: FORMAT_VERSION,
    engine: { name: 'fake', device: 'none', reason: 'a test' },
  });
  await append(file, encodeFileVersion(0));
  await append(file, encodeSessionStart(0, first));
  for (let step = first; step < behaviour.steps && !stopping; step++) {
    await append(file, encodeScalars(step, step, { 'loss/optimised': step / 4, 'loss/unscaled': -step }));
    writeCheckpointSometimes(step);
    await send({ type: 'progress', headline: null, progress: progressAt(step) });
    await new Promise((resolve) => setTimeout(resolve, behaviour.stepMs));
  }
  if (stopping) {
    writeCheckpoint(0);
    await leave(130, { type: 'stopped' });
  }
  if (behaviour.end === 'fail') {
    await leave(1, { type: 'failed', reason: 'The loss is not finite at step 3.' });
  } else {
    await leave(behaviour.end === 'completed' ? 0 : behaviour.end, { type: 'completed' });
  }
}

function writeCheckpointSometimes(step: number): void {
  if (step % 10 === 0 && statSync(folder, { throwIfNoEntry: false }) !== undefined) writeCheckpoint(step);
}

function progressAt(step: number) {
  const { steps } = behaviour;
  const rest = { secondsLeft: null, viewsPerSecond: null };
  return { stage: 'contrastive' as const, epoch: 1, epochs: 1, step, steps, fraction: step / steps, ...rest };
}

void train();
