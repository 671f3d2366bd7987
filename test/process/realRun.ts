/** The built command line, run as a user runs it, on runs small enough for a test. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createEventParser } from '../../src/formats/events/reader';
import { createSeriesStore } from '../../src/formats/events/series';
import { EVENT_FILE_MARK } from '../../src/domain/run/layout';
import type { RunSummary } from '../../src/domain/run/state';

const CLI = resolve('dist/cli.js');

/** Steps in an epoch of `TINY`: 480 images less a tenth for validation, in batches of 16. */
export const TINY_STEPS_PER_EPOCH = 27;

/** A tiny encoder on the small IDX set that every workspace has: some milliseconds a step. */
export const TINY = {
  name: 'tiny',
  seed: 7,
  engine: 'onnx',
  threads: 1,
  dataset: { kind: 'idx', path: 'images' },
  model: { width: 4, projectionWidth: 8 },
  stage1: { epochs: 2, batchSize: 16, learningRate: 0.05, warmupEpochs: 0.5 },
  stage2: { epochs: 2, batchSize: 32 },
  evaluation: { samples: 20 },
  embeddings: { samples: 20 },
  captureCode: false,
};

export interface IdxSet {
  readonly images: number;
  readonly labels?: number;
  readonly classes?: number;
  readonly side?: number;
  readonly missingBytes?: number;
}

/** Writes a folder of IDX files whose classes are stripes of different widths. */
export function writeIdxSet(folder: string, set: IdxSet): void {
  const { images, labels = images, classes = 4, side = 12, missingBytes = 0 } = set;
  mkdirSync(folder);
  for (const part of ['train', 't10k']) {
    const stripe = (i: number) => Math.floor((i % side) / (1 + (Math.floor(i / side / side) % classes))) % 2;
    const pixels = new Uint8Array(images * side * side - missingBytes).map(
      (_, i) => 180 * stripe(i) + ((i * 31) % 50),
    );
    const answers = new Uint8Array(labels).map((_, i) => i % classes);
    writeFileSync(
      join(folder, `${part}-images-idx3-ubyte`),
      Buffer.concat([idxHeader(0x803, images, side, side), pixels]),
    );
    writeFileSync(
      join(folder, `${part}-labels-idx1-ubyte`),
      Buffer.concat([idxHeader(0x801, labels), answers]),
    );
  }
}

function idxHeader(magic: number, ...sizes: number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * sizes.length);
  [magic, ...sizes].forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
}

export interface Workspace {
  readonly folder: string;
  readonly runs: string;
  /** Writes a configuration and returns its path. */
  write(name: string, configuration: unknown): string;
  remove(): void;
}

/** A folder with a small image set, a place for runs, and the runtime folder of its own queue. */
export function makeWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-real-'));
  writeIdxSet(join(folder, 'images'), { images: 480 });
  return {
    folder,
    runs: join(folder, 'runs'),
    write(name, configuration) {
      const path = join(folder, name);
      writeFileSync(path, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Variables that keep queue, cache and settings inside a workspace: another workspace is another machine. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    XDG_RUNTIME_DIR: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_CONFIG_HOME: join(folder, 'settings'),
  };
}

/** Starts `supcon` with something to read, if only the end, and collects what it prints. */
export function startCli(workspace: Workspace, parameters: readonly string[], input = '') {
  const child = spawn(process.execPath, [CLI, ...parameters], {
    cwd: workspace.folder,
    env: environmentOf(workspace.folder),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may be over before it has read anything.
  child.stdin.on('error', () => undefined).end(input);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const finished = new Promise<Finished>((done) => {
    child.once('close', (code) => done({ code, output, errors }));
  });
  return { child, finished, printed: () => output };
}

/** Runs `supcon` to its end. */
export function runCli(workspace: Workspace, ...parameters: string[]): Promise<Finished> {
  return startCli(workspace, parameters).finished;
}

/** `supcon list --json`. */
export async function listJson(workspace: Workspace): Promise<RunSummary[]> {
  const { output } = await runCli(workspace, 'list', '--json', '--dir', workspace.runs);
  return JSON.parse(output) as RunSummary[];
}

/** The only run of a workspace, or the one whose folder has this prefix. */
export function runFolder(workspace: Workspace, prefix = ''): string {
  const names = readdirSync(workspace.runs).filter(
    (name) => !name.startsWith('.') && name.startsWith(prefix),
  );
  if (names.length !== 1) throw new Error(`Expected one run, found ${names.join(', ')}`);
  return join(workspace.runs, names[0]);
}

/** Value of a tag by step, as the reader of the product merges all segments of a run. */
export function readTag(folder: string, tag: string): Map<number, number> {
  const store = createSeriesStore();
  const files = readdirSync(folder).filter((name) => name.includes(EVENT_FILE_MARK));
  for (const name of files.sort()) createEventParser().push(readFileSync(join(folder, name)), store);
  const series = store.series.get(tag);
  if (series === undefined) return new Map();
  const { steps, values } = series.columns();
  return new Map(Array.from(steps, (step, i) => [step, values[i]]));
}

/** Waits until a condition holds; fails after `limitMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
