/** onnxruntime's webgpu provider on software Vulkan: the trainer's own step against the oracle, state, memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialConfiguration } from '../../src/domain/configuration/schema';
import type { StepErrors } from './webgpuChild';
import { buildWebgpuProgram, type WebgpuProgram } from './webgpuDriver';

let program: WebgpuProgram;
beforeAll(async () => {
  program = await buildWebgpuProgram();
});
afterAll(() => program.remove());

const MODELS: readonly PartialConfiguration[] = [
  { model: { encoder: 'small-resnet', width: 4 } },
  { model: { encoder: 'small-resnet', width: 8 }, loss: { name: 'supcon', temperature: 0.07 } },
  { model: { encoder: 'resnet18', width: 4 }, loss: { name: 'cross-entropy' } },
];

describe('a training step', () => {
  it.each(MODELS)('has the loss and gradients of the oracle: %j', async (configuration) => {
    const errors = (await program.run('step', JSON.stringify(configuration))) as StepErrors;
    expect(errors.device).toBe('webgpu, software driver');
    expect(errors.loss).toBeLessThanOrEqual(1e-5);
    expect(Object.keys(errors.gradients).length).toBeGreaterThan(10);
    for (const [name, error] of Object.entries(errors.gradients))
      expect(error, name).toBeLessThanOrEqual(1e-2);
  });

  it('has the loss of the oracle wherever the oracle has come to', async () => {
    expect(await program.run('follow', '10')).toBeLessThanOrEqual(1e-4);
  });

  it('repeats bit by bit, in another process and across save and resume', async () => {
    const first = (await program.run('losses', '6')) as { whole: number[]; resumed: number[] };
    expect(first.whole).toHaveLength(6);
    expect(first.resumed).toEqual(first.whole.slice(3));
    expect(await program.run('losses', '6')).toEqual(first);
  });
});

describe('a session', () => {
  it('keeps state on the device between programs, copies it in and out, and refuses what is not there', async () => {
    expect(await program.run('session')).toEqual([
      { before: [1, 2], total: [30], most: [20] },
      { before: [11, 22], total: [30], most: [20] },
      { twice: [42, 84] },
      { flag: [0, 1] },
      { sum: [21, 42], count: [2], untouched: [7, 8] },
      { sum: [5, 6], count: [2] },
      { twice: [10, 12] },
      "Error: There is no state tensor named 'sums'",
      "Error: The state tensor 'sum' must hold float32[2], but is a Float32Array of 3",
      'Error: The session was disposed',
      'Error: The session was disposed',
    ]);
  });

  it('takes no memory as it goes on', async () => {
    expect(await program.run('memory')).toBeLessThan(1);
  });
});

describe('the engine', () => {
  it('refuses in a sentence what it cannot do', async () => {
    expect(await program.run('refusals')).toEqual([
      'HumanError: WebGPU runs on a graphics card: set "kind" of "device" to "gpu" or "auto".',
      'HumanError: WebGPU takes the fastest graphics card itself: set "index" of "device" to 0.',
      'HumanError: No graphics card that WebGPU can use was found: set "kind" of "device" to "cpu".',
      'HumanError: This graphics card has no float16 in WebGPU: set "precision" to "float32", or use another engine.',
    ]);
  });

  it('says what to do where there is no device', async () => {
    expect(await program.runWithoutDriver('device')).toMatch(
      /^HumanError: No graphics card that WebGPU can use was found: install the card's driver/,
    );
  });
});
