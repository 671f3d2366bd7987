/** Which engine a run gets, and what it says of the choice, on machines of every kind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../src/domain/errors';
import { chooseEngine, createEngine } from '../../../src/engine/choose';
import type { CandidateName, Findings } from '../../../src/engine/choice/candidates';
import type { Answer, Question } from '../../../src/engine/choice/process';
import type { ChoiceTools } from '../../../src/engine/choice/tools';
import type { TrialModule } from '../../../src/engine/choice/trial';
import { createEagerEngine } from '../../../src/engine/eager/eagerEngine';
import type { EngineOptions } from '../../../src/engine/options';

describe('createEngine', () => {
  it('takes onnx for auto, and says why', async () => {
    const { engine, info } = await createEngine('auto', { threads: 2 });
    expect(engine.name).toBe('onnx');
    expect(info).toMatchObject({ name: 'onnx', precision: 'float32', reason: 'onnxruntime is built in.' });
    expect(info.device).toContain('cpu, 2 threads');
  });

  it('takes what it is asked for', async () => {
    expect((await createEngine('eager')).info).toMatchObject({ name: 'eager', device: 'cpu, 1 thread' });
    expect((await createEngine('onnx', { threads: 1 })).info.device).toContain('cpu, 1 thread');
  });
});

const trial: TrialModule = {
  module: {
    state: { w: { shape: [2], dtype: 'float32' } },
    programs: {
      train: {
        inputs: { x: { shape: [2], dtype: 'float32' } },
        build: ({ x }, { w }) => ({ outputs: { loss: tf.sum(tf.mul(x, w)) } }),
      },
    },
  },
  initial: { w: Float32Array.of(1, 2) },
};

/** Milliseconds of a step, or why the engine is missing once it is tried. */
type Machine = Readonly<Partial<Record<CandidateName, number | string>>>;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-choice-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface FakeTools extends ChoiceTools {
  readonly asked: Question[];
  readonly created: CandidateName[];
}

/** Tools that see the given engines; those that are not named are known to be missing. */
function toolsFor(machine: Machine, losses: Partial<Record<CandidateName, number>> = {}): FakeTools {
  const asked: Question[] = [];
  const created: CandidateName[] = [];
  const names = (kind: string | undefined): CandidateName[] => {
    if (kind === 'gpu') return ['tensorflow', 'webgpu'];
    return kind === 'cpu' ? ['tensorflow', 'onnx'] : ['tensorflow', 'webgpu', 'onnx'];
  };
  const find = ({ device }: EngineOptions): Findings =>
    Object.fromEntries(
      names(device?.kind).map((name) => [
        name,
        machine[name] === undefined ? { missing: `No ${name} here.` } : { version: `${name} 1` },
      ]),
    );
  const answerTo = ({ name, trial: step }: Question): Answer => {
    const state = machine[name];
    if (typeof state !== 'number') return { missing: state ?? 'not here' };
    const measured = { stepMs: state, loss: losses[name] ?? 5 };
    return { device: name, precision: 'float32', ...(step === undefined ? {} : { measured }) };
  };
  return {
    asked,
    created,
    memory: join(folder, 'choice.json'),
    find: (options) => Promise.resolve(find(options)),
    ask(question) {
      asked.push(question);
      return Promise.resolve(answerTo(question));
    },
    create(name) {
      created.push(name);
      return Promise.resolve({ ...createEagerEngine(), device: name });
    },
  };
}

const deviceOf = async (tools: FakeTools, options: EngineOptions = {}): Promise<string> =>
  (await chooseEngine('auto', options, trial, tools)).info.device;

describe('auto', () => {
  it('asks nobody where there is but one engine', async () => {
    const tools = toolsFor({ onnx: 70 });
    const { info } = await chooseEngine('auto', {}, trial, tools);
    expect(info.device).toBe('onnx');
    expect(info.reason).toContain('"supcon doctor"');
    expect(tools.asked).toEqual([]);
  });

  it('takes the fastest, and says how fast each was', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48.25, webgpu: 91 });
    const { info } = await chooseEngine('auto', {}, trial, tools);
    expect(info.device).toBe('tensorflow');
    expect(info.reason).toBe(
      'The fastest here in one step of this model: tensorflow 48.3 ms, onnx 70.0 ms, webgpu 91.0 ms.',
    );
    expect(tools.created).toEqual(['tensorflow']);
  });

  it('tells each candidate how fast the best so far was', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48, webgpu: 20 });
    await deviceOf(tools);
    expect(tools.asked.map(({ name, bestMs }) => [name, bestMs])).toEqual([
      ['tensorflow', Infinity],
      ['webgpu', 48],
      ['onnx', 20],
    ]);
  });

  it('asks once for each model and set of engines', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48 });
    await deviceOf(tools);
    const again = toolsFor({ onnx: 70, tensorflow: 48 });
    const { info } = await chooseEngine('auto', {}, trial, again);
    expect(again.asked).toEqual([]);
    expect(info.device).toBe('tensorflow');
    expect(info.reason).toMatch(/timed on \d{4}-\d\d-\d\d: tensorflow 48\.0 ms, onnx 70\.0 ms\.$/);
    const other = toolsFor({ onnx: 70, tensorflow: 48, webgpu: 10 });
    expect(await deviceOf(other)).toBe('webgpu');
    expect(other.asked).toHaveLength(3);
    const threads = toolsFor({ onnx: 70, tensorflow: 48 });
    await deviceOf(threads, { threads: 1 });
    expect(threads.asked).toHaveLength(2);
  });

  it('goes on with onnx where all others end their processes', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 'tensorflow ended its process with SIGILL.' });
    expect(await deviceOf(tools)).toBe('onnx');
    expect(tools.asked.map(({ name }) => name)).toEqual(['tensorflow']);
  });

  it.each([4.9, NaN, Infinity])(
    'does not take an engine whose first loss is %d where it is 5',
    async (loss) => {
      const tools = toolsFor({ onnx: 70, tensorflow: 48 }, { tensorflow: loss });
      expect(await deviceOf(tools)).toBe('onnx');
    },
  );

  it('allows losses the rounding of their type', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48 }, { tensorflow: 5.004 });
    expect(await deviceOf(tools)).toBe('tensorflow');
    const mixed = toolsFor({ onnx: 70, tensorflow: 48 }, { tensorflow: 5.05 });
    expect(await deviceOf(mixed, { precision: 'mixed' })).toBe('tensorflow');
  });

  it('takes what is built in where the chosen one then fails to load', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48 });
    const create: ChoiceTools['create'] = (name, options) =>
      name === 'tensorflow'
        ? Promise.reject(new HumanError('The library has gone.'))
        : tools.create(name, options);
    const { info } = await chooseEngine('auto', {}, trial, { ...tools, create });
    expect(info.device).toBe('onnx');
    expect(info.reason).toContain('The library has gone.');
  });

  it('refuses where a graphics card is asked for and there is none', async () => {
    const options = { device: { kind: 'gpu', index: 0 } } as const;
    await expect(deviceOf(toolsFor({ onnx: 70 }), options)).rejects.toThrow(
      'No tensorflow here. No webgpu here.',
    );
    const driverless = toolsFor({ onnx: 70, webgpu: 'The driver is too old.' });
    await expect(deviceOf(driverless, options)).rejects.toThrow('The driver is too old.');
  });
});

describe('an engine that is asked for by name', () => {
  const gpu = { device: { kind: 'gpu', index: 0 } } as const;
  const chosen = (name: 'onnx' | 'tensorflow' | 'eager', tools: FakeTools, options: EngineOptions = {}) =>
    chooseEngine(name, options, trial, tools);

  it('is taken as it is', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48 });
    expect((await chosen('onnx', tools)).info).toMatchObject({
      device: 'onnx',
      reason: "The configuration asks for the engine 'onnx'.",
    });
    expect((await chosen('eager', tools)).info.name).toBe('eager');
    expect(tools.asked).toEqual([]);
  });

  it('is first loaded in a process of its own where it could end this one, once', async () => {
    const tools = toolsFor({ onnx: 70, tensorflow: 48 });
    expect((await chosen('tensorflow', tools)).info.device).toBe('tensorflow');
    await chosen('tensorflow', tools);
    expect(tools.asked).toHaveLength(1);
    expect(tools.asked[0]).not.toHaveProperty('trial');
  });

  it.each([
    ['is not set up', toolsOf({ onnx: 70 }), 'No tensorflow here.'],
    ['ends its process', toolsOf({ onnx: 70, tensorflow: 'It ended with SIGILL.' }), 'It ended with SIGILL.'],
  ])('gives way to onnx where tensorflow %s', async (_what, tools, why) => {
    const { info } = await chosen('tensorflow', tools());
    expect(info.device).toBe('onnx');
    expect(info.reason).toBe(
      `The configuration asks for the engine 'tensorflow', but the run goes on with 'onnx': ${why}`,
    );
  });

  it('does not give way to what cannot do what is asked', async () => {
    const tools = toolsFor({ onnx: 70 });
    await expect(chosen('tensorflow', tools, { precision: 'mixed' })).rejects.toThrow(HumanError);
    await expect(chosen('tensorflow', tools, gpu)).rejects.toThrow('No tensorflow here.');
    await expect(chosen('onnx', tools, gpu)).rejects.toThrow('No webgpu here.');
  });

  it('is the graphics card of onnx where the device is one', async () => {
    expect((await chosen('onnx', toolsFor({ onnx: 70, webgpu: 9 }), gpu)).info.device).toBe('webgpu');
  });
});

/** Made when the test runs, after its folder. */
function toolsOf(machine: Machine): () => FakeTools {
  return () => toolsFor(machine);
}
