/**
 * Checkpoints: the whole state of a session and where the loop stood, as one safetensors file. Random
 * numbers are pure functions of seed and step, so nothing else is needed to continue exactly.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../domain/errors';
import { BEST_CHECKPOINT, FORMAT_VERSION, RUN_FILE } from '../domain/run/layout';
import type { EngineInfo } from '../domain/run/state';
import type { NamedValues, TensorSpecs } from '../engine/engine';
import { writeFileAtomically } from '../formats/files';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors';
import type { LoopState } from './loop/state';
import type { ModelInput } from './model/input';

export interface Checkpoint {
  readonly loop: LoopState;
  readonly state: NamedValues;
  /** What ran the steps so far; absent in checkpoints of version 0.1.0. Another engine would round differently. */
  readonly engine?: EngineInfo;
  /** What the model takes; absent in the first checkpoints. */
  readonly input?: ModelInput;
}

export interface KeepingOptions {
  /** How many of the newest checkpoints stay. */
  readonly keep: number;
  /** Written into each. */
  readonly input?: ModelInput;
}

export interface CheckpointStore {
  /** Writes a checkpoint and removes all but the newest few and the best. */
  write(checkpoint: Checkpoint): Promise<void>;
  /** Copies the newest checkpoint to `best.safetensors`. */
  markBest(): void;
  /** The newest readable checkpoint, or undefined; damaged ones are passed over. */
  readNewest(): Checkpoint | undefined;
  /** The checkpoint of the best validation accuracy, or undefined where there is none that can be read. */
  readBest(): Checkpoint | undefined;
}

const NAME = /^step-(\d+)\.safetensors$/;

/** Opens the checkpoint folder of a run. `specs` are the tensors that a checkpoint must hold. */
export function openCheckpoints(
  runFolder: string,
  specs: TensorSpecs,
  { keep, input }: KeepingOptions,
): CheckpointStore {
  const folder = join(runFolder, RUN_FILE.checkpoints);
  mkdirSync(folder, { recursive: true });
  return {
    async write(checkpoint) {
      const whole = input === undefined ? checkpoint : { ...checkpoint, input };
      await writeFileAtomically(join(folder, nameOf(checkpoint.loop.step)), encode(whole, specs));
      for (const old of names(folder).slice(keep)) rmSync(join(folder, old), { force: true });
    },
    markBest() {
      const newest = names(folder).at(0);
      // None could be written yet, for example on a full disk.
      if (newest === undefined) return;
      copyFileSync(join(folder, newest), join(folder, BEST_CHECKPOINT));
    },
    readNewest: () => readCheckpoint(runFolder, specs, 'last'),
    readBest: () => readCheckpoint(runFolder, specs, 'best'),
  };
}

/**
 * A checkpoint of a run with the tensors of `specs`: the newest readable one, or that of the best evaluation;
 * undefined if there is none. Throws HumanError if it does not fit or is newer than this version.
 */
export function readCheckpoint(
  runFolder: string,
  specs: TensorSpecs,
  which: 'best' | 'last',
): Checkpoint | undefined {
  const folder = join(runFolder, RUN_FILE.checkpoints);
  if (!existsSync(folder)) return undefined;
  const candidates =
    which === 'last' ? names(folder) : readdirSync(folder).filter((name) => name === BEST_CHECKPOINT);
  for (const name of candidates) {
    const checkpoint = tryDecode(join(folder, name), specs);
    if (checkpoint !== undefined) return checkpoint;
  }
  return undefined;
}

/** Checkpoint names, newest first. */
function names(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
}

function nameOf(step: number): string {
  const DIGITS = 9;
  return `step-${String(step).padStart(DIGITS, '0')}.safetensors`;
}

function encode({ loop, state, engine, input }: Checkpoint, specs: TensorSpecs): Uint8Array {
  const tensors = Object.entries(specs).map(([name, { shape, dtype }]) => ({
    name,
    shape,
    dtype,
    values: state[name],
  }));
  return encodeSafetensors(tensors, {
    formatVersion: String(FORMAT_VERSION),
    loop: JSON.stringify(loop),
    ...(engine === undefined ? {} : { engine: JSON.stringify(engine) }),
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
}

function tryDecode(path: string, specs: TensorSpecs): Checkpoint | undefined {
  try {
    return decode(path, specs);
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    process.stderr.write(`Passing over the damaged checkpoint ${path}: ${String(thrown)}\n`);
    return undefined;
  }
}

function decode(path: string, specs: TensorSpecs): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(readFileSync(path));
  if (Number(metadata['formatVersion']) > FORMAT_VERSION) {
    throw new HumanError(
      `${path} was written by a newer SupCon Lab: update the extension to resume this run.`,
    );
  }
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const state: Record<string, Float32Array | Int32Array> = {};
  for (const [name, { shape }] of Object.entries(specs)) {
    const tensor = byName.get(name);
    if (tensor === undefined || tensor.shape.join() !== shape.join()) {
      throw new HumanError(
        `${path} does not fit the configuration (tensor ${name}): start a new run instead of resuming.`,
      );
    }
    state[name] = tensor.values;
  }
  const engine = metadata['engine'] as string | undefined;
  const input = metadata['input'] as string | undefined;
  return {
    loop: JSON.parse(metadata['loop']) as LoopState,
    state,
    ...(engine === undefined ? {} : { engine: JSON.parse(engine) as EngineInfo }),
    ...(input === undefined ? {} : { input: JSON.parse(input) as ModelInput }),
  };
}
