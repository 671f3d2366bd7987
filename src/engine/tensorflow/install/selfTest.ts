/**
 * The self-test's outer half: a child process loads the new library and computes, so that what would end a process
 * (a processor without the instructions that the library was built for) becomes a sentence.
 */
import { HumanError } from '../../../domain/errors';
import { TENSORFLOW_VERSION } from '../arrangement';
import type { LibraryReport } from './check';
import type { Ended } from './childProcess';
import { runProgram } from './childProcess';
import type { Variant } from './wheels';

/** Runs the inner half on an add-on. */
export type SelfTest = (addon: string, signal?: AbortSignal) => Promise<Ended>;

/** A self-test by a program that prints checkLibrary's report as a line of JSON. */
export function selfTestBy(program: string, parameters: readonly string[]): SelfTest {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
  return (addon, signal) => runProgram(program, [...parameters, addon], { env, signal });
}

/** Throws HumanError unless the test was passed. */
export function requirePassed(ended: Ended, variant: Variant): LibraryReport {
  const report = reportIn(ended.output);
  if (ended.code !== 0 || report === undefined) throw new HumanError(explainFailure(ended));
  if (report.version !== TENSORFLOW_VERSION)
    throw new HumanError(
      `The library says it is TensorFlow ${report.version} and ${TENSORFLOW_VERSION} was asked for: remove it with "supcon setup tensorflow --remove", and set up again.`,
    );
  if (variant === 'gpu' && !report.usesGpu) throw new HumanError(explainMissingGpu(ended.output));
  return report;
}

function explainFailure({ signal, output }: Ended): string {
  if (signal === 'SIGILL')
    return 'This processor lacks instructions that TensorFlow was built for: train with the engine "onnx", which runs here.';
  if (signal !== null)
    return `TensorFlow's library ended its test with ${signal}: train with the engine "onnx", and report this.`;
  const skew = /version `[\w.]+' not found|undefined symbol: \w+/.exec(output)?.[0];
  if (skew !== undefined)
    return `The add-on and this system's libraries do not fit together (${skew}): build it from a checkout of SupCon Lab on this machine, or train with the engine "onnx".`;
  const missing = /(\S+): cannot open shared object file/.exec(output)?.[1];
  if (missing !== undefined)
    return `TensorFlow needs the library ${missing}, which is not on this machine: install it, and set up again.`;
  const last = output.trim().split('\n').at(-1) ?? '';
  return `TensorFlow was unpacked and does not work here (${last.slice(0, 300)}): train with the engine "onnx".`;
}

function explainMissingGpu(output: string): string {
  const missing = /Could not load dynamic library '([^']+)'|(\S+\.so[.\d]*): cannot open/.exec(output);
  const name = missing?.[1] ?? missing?.[2];
  return name === undefined
    ? 'TensorFlow found no graphics card that it can use: check the NVIDIA driver with "nvidia-smi", or set up without --gpu.'
    : `TensorFlow could not load the CUDA library ${name}: install a newer NVIDIA driver, or set up without --gpu.`;
}

function reportIn(output: string): LibraryReport | undefined {
  const line = output.split('\n').findLast((text) => text.startsWith('{"version"'));
  return line === undefined ? undefined : (JSON.parse(line) as LibraryReport);
}
