/**
 * Both ends of the process in which an engine is tried. Loading an engine runs native code that may end its process:
 * TensorFlow on a processor without the instructions that it was built for, WebGPU in the driver of a card. Such an
 * end costs this process and not the run; its memory and its threads go with it.
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError, toError } from '../../domain/errors';
import type { EngineOptions } from '../options';
import { createCandidate, type CandidateName } from './candidates';
import { measure, type Measurement } from './measure';
import type { Trial } from './trial';

/** What is asked of the process: to load an engine, and to time a step on it if there is one. */
export interface Question {
  readonly name: CandidateName;
  readonly options: EngineOptions;
  readonly trial?: Trial;
  /** Time of the fastest candidate so far. */
  readonly bestMs: number;
}

/** What the engine is and did, or in a sentence why it cannot be used. */
export type Answer =
  | { readonly device: string; readonly precision: string; readonly measured?: Measurement }
  | { readonly missing: string };

/** The bundle of probeMain.ts, beside the program that runs. */
const PROGRAM = join(import.meta.dirname, 'engine-probe.js');
/** Loading, compiling and two steps of a large model take a minute on a slow machine. */
const PATIENCE_MS = 120_000;

/** Tries an engine in a process of its own. Never throws: what goes wrong is the answer. */
export function askProcess(question: Question, program = PROGRAM): Promise<Answer> {
  if (!existsSync(program)) {
    return Promise.resolve({
      missing: `${question.name} cannot be tried: the program ${program} is missing.`,
    });
  }
  return new Promise((resolve) => {
    const child = fork(program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(answer);
    };
    const timer = setTimeout(() => {
      finish({ missing: `${question.name} gave no answer in ${PATIENCE_MS / 1000} s.` });
    }, PATIENCE_MS);
    child.once('message', (answer) => finish(answer as Answer));
    child.once('error', (error) =>
      finish({ missing: `${question.name} could not be tried: ${error.message}.` }),
    );
    child.once('exit', (code, signal) => finish({ missing: describeEnd(question.name, code, signal) }));
    child.send(question, () => undefined);
  });
}

function describeEnd(name: CandidateName, code: number | null, signal: NodeJS.Signals | null): string {
  const hint = signal === 'SIGILL' ? ': this processor lacks instructions that it was built for' : '';
  return `${name} ended its process with ${signal ?? `exit code ${code ?? 'unknown'}`}${hint}.`;
}

/** The work of the process. */
export async function answer({ name, options, trial, bestMs }: Question): Promise<Answer> {
  try {
    const engine = await createCandidate(name, options);
    const { device, precision } = engine;
    if (trial === undefined) return { device, precision };
    return { device, precision, measured: await measure(engine, trial, bestMs) };
  } catch (thrown) {
    const { message } = toError(thrown);
    return { missing: thrown instanceof HumanError ? message : `${name} failed: ${message}.` };
  }
}
