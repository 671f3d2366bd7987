/**
 * TensorFlow's native library, through the add-on of `@tensorflow/tfjs-node-gpu`. The add-on is loaded itself: the
 * package's JavaScript would bring a second TensorFlow.js, and uses functions of Node's that newer versions dropped.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { HumanError, toError } from '../../domain/errors';
import type { Values } from '../engine';
import type { DeviceOption, EngineOptions } from '../options';
import { visibleCard } from './graphicsCard';

/** What the add-on gives; tensors and models are numbers that must be deleted by the caller. */
export interface TensorflowBinding {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
  /** The memory of `values` may be borrowed until the tensor is deleted. `type` is that of types.proto. */
  createTensor(shape: readonly number[], type: number, values: Values): number;
  /** A copy. */
  tensorDataSync(tensor: number): Values | Uint8Array;
  deleteTensor(tensor: number): void;
  getNumOfTensors(): number;
  loadSavedModel(folder: string, tags: string): number;
  /** Names are `node:output`, separated by commas. */
  runSavedModel(
    model: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): { readonly id: number }[];
  deleteSavedModel(model: number): void;
}

/** The library as it was set up, which it is once a process. */
export interface LoadedTensorflow {
  readonly binding: TensorflowBinding;
  readonly threads: number;
  readonly device: DeviceOption;
  /** The graphics card that it may see, in the words of CUDA_VISIBLE_DEVICES. */
  readonly card: string;
}

/** Operations at once: two gain 4 % over one, on two processors; a step has few that could run beside each other. */
const INDEPENDENT_OPERATIONS = 2;

/** The oldest that reads the graphs that are written for it. */
const OLDEST_VERSION: readonly [number, number] = [2, 9];

const ADVICE =
  'Run "supcon setup tensorflow" to set it up again, or set "engine" to "onnx", which is built in.';

let loaded: LoadedTensorflow | undefined;

/**
 * Loads the add-on. Threads and device are read by the library once: later calls get it as it is, whatever they ask.
 * Throws HumanError where it cannot be loaded or is too old.
 */
export function loadTensorflow(addon: string, options: EngineOptions): LoadedTensorflow {
  loaded ??= load(addon, options);
  return loaded;
}

function load(addon: string, options: EngineOptions): LoadedTensorflow {
  const { threads = availableParallelism(), device = { kind: 'auto', index: 0 } } = options;
  const given = process.env['CUDA_VISIBLE_DEVICES'];
  const environment = environmentFor({ threads, device }, process.env);
  Object.assign(process.env, environment);
  try {
    const binding = requireAddon(addon);
    checkVersion(binding.TF_Version);
    return { binding, threads, device, card: environment['CUDA_VISIBLE_DEVICES'] };
  } finally {
    // The library has counted its cards by now; a process started from here must count them all again.
    if (given === undefined) delete process.env['CUDA_VISIBLE_DEVICES'];
    else process.env['CUDA_VISIBLE_DEVICES'] = given;
  }
}

/** The variables that TensorFlow reads when it starts; what the person has set stays, but for the asked device. */
export function environmentFor(
  { threads, device }: Pick<LoadedTensorflow, 'threads' | 'device'>,
  given: NodeJS.ProcessEnv,
): Record<string, string> {
  return {
    TF_CPP_MIN_LOG_LEVEL: given['TF_CPP_MIN_LOG_LEVEL'] ?? '2',
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(Math.min(threads, INDEPENDENT_OPERATIONS)),
    // TensorFlow itself asks for oneDNN's kernels only where it finds AVX-512, but with AVX2 they halve a step as well.
    TF_ENABLE_ONEDNN_OPTS: given['TF_ENABLE_ONEDNN_OPTS'] ?? '1',
    TF_DETERMINISTIC_OPS: given['TF_DETERMINISTIC_OPS'] ?? '1',
    TF_FORCE_GPU_ALLOW_GROWTH: given['TF_FORCE_GPU_ALLOW_GROWTH'] ?? 'true',
    CUDA_DEVICE_ORDER: given['CUDA_DEVICE_ORDER'] ?? 'PCI_BUS_ID',
    CUDA_VISIBLE_DEVICES: device.kind === 'cpu' ? '-1' : visibleCard(device, given['CUDA_VISIBLE_DEVICES']),
  };
}

function requireAddon(addon: string): TensorflowBinding {
  try {
    return createRequire(addon)(addon) as TensorflowBinding;
  } catch (thrown) {
    const [reason] = toError(thrown).message.split('\n');
    throw new HumanError(`TensorFlow's library at ${addon} could not be loaded: ${reason}. ${ADVICE}`, {
      cause: thrown,
    });
  }
}

/** Throws HumanError where the library does not know the operations that are written for it. */
export function checkVersion(version: string): void {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new HumanError(
    `TensorFlow ${version} is too old: ${OLDEST_VERSION.join('.')} or newer is needed. ${ADVICE}`,
  );
}
