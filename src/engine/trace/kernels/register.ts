/** Connects the kernel table to TensorFlow.js. */
import { registerKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Value } from '../../graph/graph';
import { TraceBackend } from '../backend';
import { UnsupportedOperationError } from '../errors';
import { elementwiseKernels } from './elementwise';
import { imageKernels } from './image';
import { matrixKernels } from './matrix';
import { reductionKernels } from './reduction';
import { UnsupportedAttributes, type KernelRow } from './row';
import { shapeKernels } from './shape';

/** Name under which TensorFlow.js knows the recording backend. */
export const TRACE_BACKEND = 'supcon-trace';

/** Every kernel that can be traced. */
export const KERNEL_TABLE: readonly KernelRow[] = [
  ...elementwiseKernels,
  ...shapeKernels,
  ...reductionKernels,
  ...matrixKernels,
  ...imageKernels,
];

let registered = false;

/** Registers the table, once a process. */
export function registerTraceKernels(): void {
  if (registered) return;
  registered = true;
  for (const row of KERNEL_TABLE) {
    registerKernel({ kernelName: row.kernel, backendName: TRACE_BACKEND, kernelFunc: kernelFunction(row) });
  }
}

function kernelFunction(row: KernelRow): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    if (!(backend instanceof TraceBackend)) throw new Error('A tracing kernel ran on another backend');
    // Optional inputs that the caller left out are null or undefined.
    const tensors = inputs as Record<string, TensorInfo | null | undefined>;
    const values = Object.entries(tensors).flatMap(([name, tensor]): [string, Value][] =>
      tensor ? [[name, backend.graphValue(tensor)]] : [],
    );
    const recorded = recordRow(row, {
      inputs: Object.fromEntries(values),
      list: values.map(([, value]) => value),
      attrs: attrs ?? {},
      build: backend.builder,
    });
    return isList(recorded)
      ? recorded.map((value) => backend.tensorInfo(value))
      : backend.tensorInfo(recorded);
  };
}

function recordRow(
  row: KernelRow,
  call: Parameters<KernelRow['record']>[0],
): ReturnType<KernelRow['record']> {
  try {
    return row.record(call);
  } catch (error) {
    if (!(error instanceof UnsupportedAttributes)) throw error;
    throw new UnsupportedOperationError(row.kernel, error.stack, error.message);
  }
}

function isList(recorded: Value | readonly Value[]): recorded is readonly Value[] {
  return Array.isArray(recorded);
}
