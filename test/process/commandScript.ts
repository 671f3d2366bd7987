/** A script for process tests that logs as others do: an event file by the product's own writer, a CSV, or JSON lines. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFileVersion, encodeScalars } from '../../src/formats/events/writer';

const [kind = 'events', folder = '.', count = '10'] = process.argv.slice(2);
const steps = Number(count);
const STEP_MS = 20;
mkdirSync(folder, { recursive: true });

/** What a step says, as one piece of the file. */
function pieceOf(step: number): string | Uint8Array {
  const [loss, accuracy] = [6 - step / 100, step / steps];
  if (kind === 'events') return encodeScalars(step, step, { 'train/loss': loss, 'val/accuracy': accuracy });
  if (kind === 'csv') return `${step},${loss},${accuracy}\n`;
  return `${JSON.stringify({ step, train: { loss }, val: { accuracy } })}\n`;
}

const FILES: Readonly<Record<string, string>> = {
  events: 'events.out.tfevents.1.host',
  csv: 'metrics.csv',
  jsonl: 'log.jsonl',
};
const file = join(folder, FILES[kind] ?? 'log');

async function run(): Promise<void> {
  if (kind === 'events') appendFileSync(file, encodeFileVersion(0));
  if (kind === 'csv') appendFileSync(file, 'step,train_loss,val_accuracy\n');
  for (let step = 0; step < steps; step++) {
    appendFileSync(file, pieceOf(step));
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

void run();
