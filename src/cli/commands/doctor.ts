/** `supcon doctor`: what this machine has, and what is missing with its reason. */
import { createRequire } from 'node:module';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import Table from 'cli-table3';
import { formatBytes } from '../../domain/display/format';
import { EXIT_CODE, toError } from '../../domain/errors';
import { createEngine } from '../../engine/choose';
import { openRuntimeFolder } from '../../runs/runtimeFolder';

/** Prints one row for each thing that a run needs or could use. */
export async function doctor(): Promise<number> {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['Node', `${process.version}, ${process.platform} ${process.arch}`],
    ['processor', `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`],
    ['memory', `${formatBytes(freemem())} free of ${formatBytes(totalmem())}`],
    ['engine onnx', await tried(async () => (await createEngine('onnx')).info.device)],
    ['engine eager', 'ready (a slow reference for tests)'],
    ['engine tensorflow', await tried(() => Promise.resolve(tensorflowState()))],
    ['runtime folder', await tried(openRuntimeFolder)],
  );
  process.stdout.write(`${table.toString()}\n`);
  return EXIT_CODE.completed;
}

async function tried(look: () => Promise<string>): Promise<string> {
  try {
    return await look();
  } catch (thrown) {
    return `not available: ${toError(thrown).message}`;
  }
}

/** The JavaScript half of TensorFlow comes with the package; its native half is a later set-up. */
function tensorflowState(): string {
  try {
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    return 'not set up: the native library is not installed';
  } catch {
    return 'not set up: neither package nor native library is installed';
  }
}
