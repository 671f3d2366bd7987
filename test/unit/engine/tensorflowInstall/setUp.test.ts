import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT_CODE } from '../../../../src/domain/errors';
import { readInstallation } from '../../../../src/engine/tensorflow/install/installation';
import { findTensorflow } from '../../../../src/engine/tensorflow/library';
import { parseSetUpMessage } from '../../../../src/protocol/setUp';
import { machineFolders } from '../../../../src/engine/tensorflow/machineFolders';
import type { TestWorld } from './world';
import { PASSED, makeWorld } from './world';

const TENSORFLOW = 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl';
const NVIDIA = 'nvidia_cudnn-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl';

let world: TestWorld;

beforeEach(() => (world = makeWorld()));
afterEach(() => {
  vi.unstubAllEnvs();
  world.remove();
});

/** Paths of all files below the data folder. */
function everything(): string[] {
  const data = join(world.base, 'data');
  if (!existsSync(data)) return [];
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(join(data, name)).isFile());
}

function library(): string {
  return readFileSync(join(world.folders.installed, 'deps/lib/libtensorflow_cc.so.2'), 'utf8');
}

describe('setting up', () => {
  it('lists every file with its size, and changes nothing without a yes', async () => {
    const questions: string[] = [];
    const ask = (question: string) => {
      questions.push(world.printed());
      return Promise.resolve(question.includes('y/N') ? 'n' : 'y');
    };
    expect(await world.run({}, { ask })).toBe(EXIT_CODE.completed);
    expect(questions).toHaveLength(1);
    for (const { file, bytes } of world.wheels('cpu')) expect(questions[0]).toMatch(`${bytes} B  ${file}`);
    expect(everything()).toEqual([]);
    expect(world.pipCalls()).toEqual([]);
  });

  it('refuses to go on where nobody can be asked', async () => {
    expect(await world.run({})).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain('agree with --yes');
    expect(everything()).toEqual([]);
  });

  it('puts libraries and add-on where the engine finds them, and keeps nothing else', async () => {
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.completed);
    expect(library()).toBe('the library');
    expect(readFileSync(join(world.folders.installed, 'deps/nvidia/cudnn/lib/libcudnn.so.9'), 'utf8')).toBe(
      'cuda',
    );
    expect(everything().sort()).toEqual(
      [
        'installation.json',
        'lib/napi-v8/tfjs_binding.node',
        'deps/lib/libtensorflow_cc.so.2',
        'deps/lib/libtensorflow_framework.so.2',
        'deps/nvidia/cudnn/lib/libcudnn.so.9',
      ]
        .map((name) => join('engines/tensorflow/installed', name))
        .sort(),
    );
    expect(readInstallation(world.folders.installed)).toMatchObject({ variant: 'cpu', version: '2.21.0' });
  });

  it('is found from then on', async () => {
    vi.stubEnv('XDG_DATA_HOME', join(world.base, 'data-home'));
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', '');
    expect(findTensorflow()).not.toMatchObject({ source: 'set-up' });
    await world.run({ yes: true }, { folders: machineFolders() });
    expect(findTensorflow()).toMatchObject({ source: 'set-up' });
  });

  it('does nothing the second time', async () => {
    await world.run({ yes: true });
    const calls = world.pipCalls().length;
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.completed);
    expect(world.pipCalls()).toHaveLength(calls);
    expect(world.printed()).toContain('already set up');
  });

  it('repairs a library that lost a file', async () => {
    await world.run({ yes: true });
    writeFileSync(join(world.folders.installed, 'deps/lib/libtensorflow_cc.so.2'), 'cut');
    await world.run({ yes: true });
    expect(library()).toBe('the library');
  });

  it('has pip fetch one pinned version by its hash, and keep no copy', async () => {
    await world.run({ yes: true });
    const [{ sha256 }] = world.wheels('cpu');
    expect(world.pipCalls()[0]).toContain(`tensorflow-cpu==2.21.0 --hash=sha256:${sha256}`);
    for (const option of ['--require-hashes', '--no-deps', '--only-binary=:all:', '--no-cache-dir'])
      expect(world.pipCalls()[0]).toContain(option);
    expect(world.pipCalls()[0]).toContain('--platform manylinux_2_27_x86_64');
  });

  it('prints JSON messages of the protocol: the plan, progress, the end', async () => {
    await world.run({ yes: true, json: true });
    const messages = world.printed().trim().split('\n').map(parseSetUpMessage);
    expect(messages).not.toContain(undefined);
    expect(messages.map((message) => message?.type)).toEqual(
      expect.arrayContaining(['plan', 'progress', 'done']),
    );
    expect(messages[0]).toMatchObject({
      type: 'plan',
      installed: false,
      files: [{ name: TENSORFLOW }, { name: NVIDIA }],
    });
    expect(messages.at(-1)?.type).toBe('done');
  });
});

describe('a download that breaks', () => {
  it('keeps what has arrived, and the next attempt fetches the rest only', async () => {
    world.setPip({ fails: { 'nvidia-cudnn': 'ERROR: Read timed out.' } });
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain(
      `pip could not download ${NVIDIA} (Read timed out.): check the network`,
    );
    expect(existsSync(world.folders.installed)).toBe(false);
    world.setPip({});
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.completed);
    expect(world.pipCalls().map((call) => call.split('==')[0])).toEqual([
      'tensorflow-cpu',
      'nvidia-cudnn',
      'nvidia-cudnn',
    ]);
    expect(existsSync(world.folders.partial)).toBe(false);
  });

  it('does not take a file that was cut off, or changed, for a whole one', async () => {
    mkdirSync(world.folders.partial, { recursive: true });
    const [tensorflow, nvidia] = world.wheels('cpu');
    writeFileSync(join(world.folders.partial, tensorflow.file), 'half');
    writeFileSync(join(world.folders.partial, nvidia.file), Buffer.alloc(nvidia.bytes));
    await world.run({ yes: true });
    expect(world.pipCalls()).toHaveLength(2);
    expect(library()).toBe('the library');
  });

  it('is repeated after a cancel, which ends pip', async () => {
    world.setPip({ hangs: 'nvidia-cudnn' });
    const running = world.run({ yes: true });
    while (world.pipCalls().length < 2) await delay(10);
    world.cancel.abort();
    expect(await running).toBe(EXIT_CODE.stopped);
    expect(readdirSync(world.folders.partial)).toEqual([TENSORFLOW]);
    world.setPip({});
    const { signal } = new AbortController();
    expect(await world.run({ yes: true }, { signal })).toBe(EXIT_CODE.completed);
  });

  it('says what pip said when there is no such version', async () => {
    world.setPip({ fails: { 'tensorflow-cpu': 'ERROR: No matching distribution found for tensorflow-cpu' } });
    await world.run({ yes: true });
    expect(world.printed()).toContain('pip found no tensorflow-cpu 2.21.0 in its package index');
  });
});

describe('a wheel that is not the pinned one', () => {
  it.each([
    [
      'by pip',
      {
        fails: {
          'tensorflow-cpu': 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
        },
      },
    ],
    ['by us where pip does not look', { tampers: 'tensorflow-cpu' }],
  ])('is refused %s', async (_, behaviour) => {
    world.setPip(behaviour);
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain(`${TENSORFLOW} is not the file that SupCon Lab knows`);
    expect(everything()).toEqual([]);
  });
});

describe('a self-test that fails', () => {
  it.each([
    [{ ...PASSED, code: null, signal: 'SIGILL' as const, output: '' }, 'This processor lacks instructions'],
    [{ ...PASSED, output: '{"version":"2.9.1","usesGpu":false}' }, 'The library says it is TensorFlow 2.9.1'],
    [{ ...PASSED, code: 1, output: "libc.so.6: version `GLIBC_2.38' not found" }, 'do not fit together'],
  ])('leaves the old library in place', async (ended, sentence) => {
    await world.run({ yes: true });
    const selfTest = () => Promise.resolve(ended);
    expect(await world.run({ yes: true, gpu: true }, { selfTest })).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain(sentence);
    expect(library()).toBe('the library');
    expect(existsSync(world.folders.staging)).toBe(false);
    expect(readInstallation(world.folders.installed)?.variant).toBe('cpu');
  });

  it('for a graphics card that TensorFlow does not use is one', async () => {
    const output = 'Could not load dynamic library \'libcudnn.so.9\'\n{"version":"2.21.0","usesGpu":false}';
    const selfTest = () => Promise.resolve({ ...PASSED, output });
    expect(await world.run({ yes: true, gpu: true }, { selfTest })).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain('could not load the CUDA library libcudnn.so.9');
  });
});

describe('a set-up that was killed', () => {
  it('between its two last moves gives the old library back, whatever comes next', async () => {
    await world.run({ yes: true });
    renameSync(world.folders.installed, world.folders.previous);
    mkdirSync(world.folders.staging);
    world.setPip({ fails: { 'tensorflow-cpu': 'ERROR: Network is unreachable' } });
    expect(await world.run({ yes: true })).toBe(EXIT_CODE.badInput);
    expect(library()).toBe('the library');
    expect(readdirSync(world.folders.root)).not.toContain('staging');
  });
});

describe('removal', () => {
  it('leaves nothing behind, downloads included', async () => {
    await world.run({ yes: true });
    mkdirSync(world.folders.partial, { recursive: true });
    writeFileSync(join(world.folders.partial, TENSORFLOW), 'half');
    expect(await world.run({ remove: true })).toBe(EXIT_CODE.completed);
    const data = join(world.base, 'data');
    expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
  });

  it('leaves what is not its own', async () => {
    await world.run({ yes: true });
    writeFileSync(join(world.base, 'data', 'notes.txt'), 'mine');
    await world.run({ remove: true });
    expect(everything()).toEqual(['notes.txt']);
  });
});

describe('two at once', () => {
  it('refuses the second, for set-up and removal', async () => {
    world.setPip({ hangs: 'tensorflow-cpu' });
    const first = world.run({ yes: true });
    while (world.pipCalls().length < 1) await delay(10);
    const { signal } = new AbortController();
    expect(await world.run({ yes: true }, { signal })).toBe(EXIT_CODE.badInput);
    expect(await world.run({ remove: true }, { signal })).toBe(EXIT_CODE.badInput);
    expect(world.printed()).toContain('by another process');
    world.cancel.abort();
    expect(await first).toBe(EXIT_CODE.stopped);
  });
});
