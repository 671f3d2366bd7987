/** A process on WebGPU: does one task, named on the command line, and prints its result as JSON. */
import { setTimeout as delay } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/gradients';
import type { PartialConfiguration } from '../../src/domain/configuration/schema';
import { createEagerEngine } from '../../src/engine/eager/eagerEngine';
import type { Engine, EngineModule, EngineSession, NamedValues, Values } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/options';
import { createWebgpuEngine } from '../../src/engine/webgpu/webgpuEngine';
import { SLOT_PREFIX } from '../../src/trainer/optimiser/sgd';
import { parityInputs, parityStep } from './parityStep';

const GPU: EngineOptions = { device: { kind: 'gpu', index: 0 } };
const SMALL: PartialConfiguration = { model: { encoder: 'small-resnet', width: 4 } };

/** Errors of one step from a common state, against the oracle. */
export interface StepErrors {
  readonly device: string;
  readonly loss: number;
  /** Relative norm of the difference, by tensor; tensors below 1e-4 of the whole gradient count as that. */
  readonly gradients: Readonly<Record<string, number>>;
}

async function step(configuration: string): Promise<StepErrors> {
  const { module, initial } = parityStep(JSON.parse(configuration) as PartialConfiguration);
  const engine = await createWebgpuEngine(GPU);
  const [actual, oracle] = [await oneStep(engine), await oneStep(createEagerEngine())];
  const slots = Object.keys(oracle.state).filter((name) => name.startsWith(SLOT_PREFIX));
  const whole = Math.hypot(...slots.map((name) => norm(oracle.state[name])));
  const error = (name: string): number =>
    difference(actual.state[name], oracle.state[name]) / Math.max(norm(oracle.state[name]), 1e-4 * whole);
  return {
    device: engine.device,
    loss: difference(actual.outputs['loss'], oracle.outputs['loss']) / norm(oracle.outputs['loss']),
    gradients: Object.fromEntries(slots.map((name) => [name, error(name)])),
  };

  async function oneStep(on: Engine): Promise<{ outputs: NamedValues; state: NamedValues }> {
    const session = await on.load(module, initial);
    const result = { outputs: await session.run('train', parityInputs(0)), state: await session.readState() };
    await session.dispose();
    return result;
  }
}

/** The largest difference of losses over steps that each start from the oracle's state. */
async function follow(steps: string): Promise<number> {
  const { module, initial } = parityStep(SMALL);
  const session = await (await createWebgpuEngine(GPU)).load(module, initial);
  const oracle = await createEagerEngine().load(module, initial);
  let worst = 0;
  for (let index = 0; index < Number(steps); index++) {
    await session.writeState(await oracle.readState());
    const [actual, expected] = await Promise.all(
      [session, oracle].map((each) => each.run('train', parityInputs(index))),
    );
    worst = Math.max(worst, difference(actual['loss'], expected['loss']));
  }
  await session.dispose();
  return worst;
}

/** Losses of a run, and of one that is stopped half-way, saved, and resumed in a new session. */
async function losses(steps: string): Promise<{ whole: number[]; resumed: number[] }> {
  const { module, initial } = parityStep(SMALL);
  const engine = await createWebgpuEngine(GPU);
  const half = Number(steps) / 2;
  const first = await engine.load(module, initial);
  const whole = await lossesOf(first, 0, half);
  const saved = await first.readState();
  whole.push(...(await lossesOf(first, half, 2 * half)));
  await first.dispose();
  const second = await engine.load(module, saved);
  const resumed = await lossesOf(second, half, 2 * half);
  await second.dispose();
  return { whole, resumed };
}

async function lossesOf(session: EngineSession<'train'>, from: number, to: number): Promise<number[]> {
  const found: number[] = [];
  for (let index = from; index < to; index++)
    found.push((await session.run('train', parityInputs(index)))['loss'][0]);
  return found;
}

const vector = (length: number) => ({ shape: [length], dtype: 'float32' }) as const;

/** `add` accumulates x into the state and counts; `look` reads it. */
const SUMS: EngineModule<'add' | 'look' | 'flag'> = {
  state: { sum: vector(2), count: { shape: [], dtype: 'int32' }, untouched: vector(2) },
  programs: {
    add: {
      inputs: { x: vector(2), unused: vector(2) },
      build: ({ x }, { sum, count }) => ({
        outputs: { before: sum, total: tf.sum(x), most: tf.max(x) },
        state: { sum: tf.add(sum, x), count: tf.add(count, tf.scalar(1, 'int32')) },
      }),
    },
    look: { inputs: {}, build: (_inputs, { sum }) => ({ outputs: { twice: tf.mul(sum, 2) } }) },
    flag: { inputs: {}, build: () => ({ outputs: { flag: tf.greater(tf.tensor1d([1, 2]), 1) } }) },
  },
};
const START = { sum: Float32Array.of(1, 2), count: Int32Array.of(0), untouched: Float32Array.of(7, 8) };
const ADD = { x: Float32Array.of(10, 20), unused: new Float32Array(2) };

/** What a session gives, call by call, and the words in which it refuses. */
async function session(): Promise<unknown[]> {
  const engine = await createWebgpuEngine(GPU);
  const open = await engine.load(SUMS, START);
  const found: unknown[] = [plain(await open.run('add', ADD)), plain(await open.run('add', ADD))];
  found.push(plain(await open.run('look', {})), plain(await open.run('flag', {})));
  found.push(plain(await open.readState()));
  await open.writeState({ sum: Float32Array.of(5, 6) });
  found.push(plain(await open.readState(['sum', 'count'])), plain(await open.run('look', {})));
  found.push(await refusal(() => open.readState(['sums'])));
  found.push(await refusal(() => open.writeState({ sum: new Float32Array(3) })));
  await open.dispose();
  await open.dispose();
  found.push(await refusal(() => open.run('look', {})), await refusal(() => open.readState()));
  return found;
}

/** Megabytes by which resident memory grows in 1,000 steps, over 2,000 of them after 500. */
async function memory(): Promise<number> {
  const open = await (await createWebgpuEngine(GPU)).load(SUMS, START);
  const resident: number[] = [];
  for (const steps of [500, 2000]) {
    for (let index = 0; index < steps; index++) await open.run('add', ADD);
    resident.push(await residentMegabytes());
  }
  await open.dispose();
  return (resident[1] - resident[0]) / 2;
}

/** After what JavaScript has dropped is freed: finalisers run between turns. */
async function residentMegabytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await delay(20);
  }
  return process.memoryUsage.rss() / 1e6;
}

/** The words in which the engine refuses options, in order. */
async function refusals(): Promise<string[]> {
  const asked: EngineOptions[] = [
    { device: { kind: 'cpu', index: 0 } },
    { device: { kind: 'gpu', index: 1 } },
    { device: { kind: 'auto', index: 0 } },
    { ...GPU, precision: 'mixed' },
  ];
  const found: string[] = [];
  for (const options of asked) found.push(await refusal(() => createWebgpuEngine(options)));
  return found;
}

/** The words in which the engine says that there is no device. */
function device(): Promise<string> {
  return refusal(() => createWebgpuEngine(GPU));
}

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'not refused';
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  }
}

function plain(values: NamedValues): Record<string, number[]> {
  return Object.fromEntries(Object.entries(values).map(([name, array]) => [name, Array.from(array)]));
}

function norm(values: Values): number {
  return Math.hypot(...values);
}

function difference(actual: Values, expected: Values): number {
  return Math.hypot(...Array.from(expected, (value, index) => value - actual[index]));
}

const TASKS: Readonly<Record<string, (parameter: string) => Promise<unknown>>> = {
  step,
  follow,
  losses,
  session,
  memory,
  refusals,
  device,
};

const [, , task, parameter = ''] = process.argv;
process.stdout.write(JSON.stringify(await TASKS[task](parameter)));
