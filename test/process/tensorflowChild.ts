/**
 * A process of its own on TensorFlow's library: prints the losses of 60 training steps as hexadecimal, how much memory
 * 2,000 runs of a small program with 256 KiB inputs take, and how many native tensors are left.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { EngineModule, NamedValues } from '../../src/engine/engine';
import { createEngine } from '../../src/engine/choose';
import { loadTensorflow } from '../../src/engine/tensorflow/binding';
import { findTensorflow } from '../../src/engine/tensorflow/library';
import { parityInputs, parityStep } from '../engine/parityStep';

/** What the process prints. */
export interface ChildReport {
  readonly node: string;
  readonly losses: readonly string[];
  readonly growthMegabytes: number;
  readonly tensors: number;
}

const OPTIONS = { threads: 2, device: { kind: 'cpu', index: 0 } } as const;
const LOSSES = 60;
const SMALL_RUNS = 2000;
const ELEMENTS = 65_536;

void main();

async function main(): Promise<void> {
  const { engine } = await createEngine('tensorflow', OPTIONS);
  const report: ChildReport = {
    node: process.version,
    losses: await trainingLosses(engine),
    growthMegabytes: await growth(engine),
    tensors: liveTensors(),
  };
  process.stdout.write(JSON.stringify(report));
}

type Engine = Awaited<ReturnType<typeof createEngine>>['engine'];

async function trainingLosses(engine: Engine): Promise<string[]> {
  const { module, initial } = parityStep({ model: { encoder: 'resnet18', width: 16 } });
  const session = await engine.load(module, initial);
  const losses: string[] = [];
  for (let step = 0; step < LOSSES; step++)
    losses.push(hexadecimal(await session.run('train', parityInputs(step))));
  await session.dispose();
  return losses;
}

function hexadecimal({ loss }: NamedValues): string {
  return Buffer.from(new Uint8Array(loss.buffer)).toString('hex');
}

/** After as many runs to warm up, because the first ones fill caches. */
async function growth(engine: Engine): Promise<number> {
  const session = await engine.load(ACCUMULATE, { sum: new Float32Array(ELEMENTS) });
  const run = async (): Promise<void> => {
    for (let index = 0; index < SMALL_RUNS; index++)
      await session.run('add', { x: new Float32Array(ELEMENTS) });
  };
  await run();
  const before = process.memoryUsage().rss;
  await run();
  const after = process.memoryUsage().rss;
  await session.dispose();
  return (after - before) / 2 ** 20;
}

const row = { shape: [ELEMENTS], dtype: 'float32' } as const;

const ACCUMULATE: EngineModule<'add'> = {
  state: { sum: row },
  programs: {
    add: {
      inputs: { x: row },
      build: ({ x }, { sum }) => {
        const next = tf.add(sum, x);
        return { outputs: { next }, state: { sum: next } };
      },
    },
  },
};

function liveTensors(): number {
  const library = findTensorflow();
  if ('missing' in library) throw new Error(library.missing);
  return loadTensorflow(library.addon, OPTIONS).binding.getNumOfTensors();
}
