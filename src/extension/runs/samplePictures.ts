/** Pictures of samples, read by a process of their own (`supcon sample-pictures`): a data set may take seconds to read. */
import { execFile } from 'node:child_process';
import { HumanError, wrapError } from '../../domain/errors';
import { MOST_PICTURES, parseSamplePictures, SAMPLE_PICTURES } from '../../protocol/samplePictures';
import type { StarterProgram } from './starter';
import { environmentOf, missingNode } from './starter';

/** Which pictures of which run. */
export interface WantedPictures {
  /** The run's folder. */
  readonly folder: string;
  /** Lasting names of samples, for example `test/12`. */
  readonly ids: readonly string[];
}

/** Pictures of one size: [ids, height, width, 3], 0 to 255. */
export interface SamplePictures {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

const DEADLINE_MS = 180_000;
/** Room for the largest answer as base64. */
const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const COLOURS = 3;
const KEPT_CHARACTERS = 500;

/**
 * Reads them, in several turns where they are many. Rejects with HumanError where there are none, and with an AbortError
 * once `signal` says so.
 */
export async function readSamplePictures(
  program: StarterProgram,
  { folder, ids }: WantedPictures,
  signal: AbortSignal,
): Promise<SamplePictures> {
  const turns: SamplePictures[] = [];
  for (let from = 0; from < ids.length; from += MOST_PICTURES)
    turns.push(await readTurn(program, { folder, ids: ids.slice(from, from + MOST_PICTURES) }, signal));
  const [first, ...others] = turns;
  if (first === undefined) throw new RangeError('No pictures were asked for');
  if (others.some(({ height, width }) => height !== first.height || width !== first.width))
    throw new Error('The process that reads pictures printed two sizes');
  return others.length === 0 ? first : { ...first, pixels: joined(turns.map(({ pixels }) => pixels)) };
}

async function readTurn(
  program: StarterProgram,
  { folder, ids }: WantedPictures,
  signal: AbortSignal,
): Promise<SamplePictures> {
  const answer = parseSamplePictures(await execute(program, [SAMPLE_PICTURES, folder, ...ids], signal));
  if (answer?.type === 'failed') throw new HumanError(answer.message);
  if (answer === undefined) throw new Error('The process that reads pictures printed no answer');
  const { height, width } = answer;
  // A copy, because a small Buffer is a window onto a larger one.
  const pixels = Uint8Array.from(Buffer.from(answer.pixels, 'base64'));
  if (pixels.length !== ids.length * height * width * COLOURS)
    throw new Error(`The process that reads pictures printed ${pixels.length} values`);
  return { height, width, pixels };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function execute(program: StarterProgram, words: readonly string[], signal: AbortSignal): Promise<string> {
  const { node, script, workingFolder } = program;
  const options = {
    ...{ cwd: workingFolder, env: environmentOf(program), signal, windowsHide: true },
    ...{ timeout: DEADLINE_MS, maxBuffer: LONGEST_ANSWER_BYTES },
  };
  return new Promise((resolve, reject) => {
    execFile(node, [script, ...words], options, (error, stdout, stderr) => {
      if (signal.aborted || (error === null ? undefined : error.name) === 'AbortError')
        reject(signal.reason as Error);
      else if (stdout.trim() !== '') resolve(stdout);
      else if (error !== null && 'code' in error && error.code === 'ENOENT') reject(missingNode(node));
      else reject(wrapError(`Reading pictures failed, saying: ${stderr.slice(-KEPT_CHARACTERS)}`, error));
    });
  });
}
