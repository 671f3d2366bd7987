/** A machine for tests of set-up: two small wheels, a Python whose pip copies them, and folders of its own. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SetUpCommandOptions } from '../../../../src/cli/commands/setup';
import { setUpIn } from '../../../../src/cli/commands/setup';
import type { SetUpWorld } from '../../../../src/cli/setUpWorld';
import type { Ended } from '../../../../src/engine/tensorflow/install/childProcess';
import type { Wheel } from '../../../../src/engine/tensorflow/install/wheels';
import { machineFolders } from '../../../../src/engine/tensorflow/machineFolders';
import { zipOf } from './zip';

const PYTHON_MODE = 0o755;

/** What the fake pip does with a wheel of a name: copies it, or something else. */
export interface PipBehaviour {
  /** Writes other bytes of the same length, without a word. */
  readonly tampers?: string;
  /** Prints this and fails. */
  readonly fails?: Readonly<Record<string, string>>;
  /** Never ends of itself. */
  readonly hangs?: string;
}

export interface TestWorld extends SetUpWorld {
  readonly base: string;
  readonly cancel: AbortController;
  /** What was printed on both streams. */
  printed(): string;
  /** What pip was called with, once per call. */
  pipCalls(): readonly string[];
  setPip(behaviour: PipBehaviour): void;
  /** Runs `supcon setup tensorflow` in this world. */
  run(options: SetUpCommandOptions, changes?: Partial<SetUpWorld>): Promise<number>;
  remove(): void;
}

const CONTENTS = {
  'tensorflow-cpu': [
    { name: 'tensorflow/libtensorflow_cc.so.2', content: 'the library' },
    { name: 'tensorflow/libtensorflow_framework.so.2', content: 'its framework' },
    { name: 'tensorflow/include/tensorflow/c/c_api.h', content: 'a header' },
    { name: 'tensorflow/python/keras.py', content: 'not wanted' },
  ],
  'nvidia-cudnn': [
    { name: 'nvidia/cudnn/lib/libcudnn.so.9', content: 'cuda', mode: 0o100755 },
    { name: 'nvidia/cudnn/include/cudnn.h', content: 'not wanted' },
  ],
};

/** A self-test that is passed. */
export const PASSED: Ended = { code: 0, signal: null, output: '{"version":"2.21.0","usesGpu":true}\n' };

/** Makes the folders, wheels and programs. */
export function makeWorld(): TestWorld {
  const base = mkdtempSync(join(tmpdir(), 'supcon-set-up-'));
  const files = Object.entries(CONTENTS).map(([name, entries]) => ({ name, bytes: zipOf(entries) }));
  for (const { name, bytes } of files) writeFileSync(join(base, name), bytes);
  const python = join(base, 'python3');
  const addon = join(base, 'prebuilt.node');
  writeFileSync(addon, 'an add-on');
  const calls = join(base, 'calls');
  const cancel = new AbortController();
  let printed = '';
  const output = { write: (text: string) => (printed += text) };
  const world: TestWorld = {
    base,
    cancel,
    folders: machineFolders(join(base, 'data')),
    machine: () => ({ platform: 'linux-x64', glibc: '2.36', hasAvx: true, hasNvidiaDriver: true }),
    wheels: () => files.map(wheelOf),
    python: () => Promise.resolve(python),
    addon: () => ({ kind: 'prebuilt', file: addon }),
    selfTest: () => Promise.resolve(PASSED),
    output,
    errors: output,
    ask: undefined,
    signal: cancel.signal,
    printed: () => printed,
    pipCalls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    setPip: (behaviour) => writeFileSync(python, pipProgram(base, behaviour), { mode: PYTHON_MODE }),
    run: (options, changes = {}) => setUpIn({ ...world, ...changes }, options),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
  world.setPip({});
  return world;
}

function wheelOf({ name, bytes }: { name: string; bytes: Buffer }): Wheel {
  const version = '2.21.0';
  const file = `${name.replaceAll('-', '_')}-${version}-cp311-cp311-manylinux_2_27_x86_64.whl`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, version, file, sha256, bytes: bytes.length };
}

/** A program that answers `-m pip ...` as a Python would. */
export function pipProgram(base: string, behaviour: PipBehaviour): string {
  return `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const behaviour = ${JSON.stringify(behaviour)};
const words = process.argv.slice(2);
if (words.includes('--version')) {
  console.log('pip 25.1 from somewhere (python 3.11)');
  process.exit(0);
}
const after = (option) => words[words.indexOf(option) + 1];
const requirement = readFileSync(after('--requirement'), 'utf8').trim();
appendFileSync(${JSON.stringify(join(base, 'calls'))}, requirement + ' ' + words.join(' ') + '\\n');
const [name, version] = requirement.split(' ')[0].split('==');
if (behaviour.hangs === name) {
  setInterval(() => undefined, 1000);
} else if (behaviour.fails?.[name] !== undefined) {
  console.error(behaviour.fails[name]);
  process.exitCode = 1;
} else {
  const bytes = readFileSync(join(${JSON.stringify(base)}, name));
  if (behaviour.tampers === name) bytes[40] ^= 1;
  const file = name.replaceAll('-', '_') + '-' + version + '-cp311-cp311-manylinux_2_27_x86_64.whl';
  writeFileSync(join(after('--dest'), file), bytes);
}
`;
}
