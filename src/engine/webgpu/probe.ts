/** Finds out what the device can do, by the smallest models that need it. */
import { toError } from '../../domain/errors';
import { encodeModel, ONNX_TYPE } from '../onnx/proto';
import type { OnnxRuntime } from '../onnx/runtime';
import { standard } from './operators';
import { createDeviceSession } from './provider';
import { OPERATOR_SETS } from './writeWebgpuModel';

/** Opens the device and computes on it. Throws HumanError where there is none. */
export async function checkDevice(runtime: OnnxRuntime): Promise<void> {
  await runThrough(runtime, 'float32');
}

/** Whether the device computes in float16, which WebGPU leaves open. */
export async function hasFloat16(runtime: OnnxRuntime): Promise<boolean> {
  try {
    await runThrough(runtime, 'float16');
    return true;
  } catch (thrown) {
    if (/requires f16/.test(toError(thrown).message)) return false;
    throw thrown;
  }
}

/** Casts one number to a type and back. */
async function runThrough(runtime: OnnxRuntime, type: 'float32' | 'float16'): Promise<void> {
  const port = (name: string) => ({ name, type: 'float32', shape: [1] }) as const;
  const bytes = encodeModel({
    nodes: [
      standard('Cast', ['x'], 'y', { to: ONNX_TYPE[type] }),
      standard('Cast', ['y'], 'z', { to: ONNX_TYPE.float32 }),
    ],
    initializers: [],
    inputs: [port('x')],
    outputs: [port('z')],
    operatorSets: OPERATOR_SETS,
  });
  const session = await createDeviceSession(runtime, { bytes, cpuNodes: [] }, {});
  try {
    await session.run({ x: new runtime.Tensor('float32', Float32Array.of(1), [1]) });
  } finally {
    await session.release();
  }
}
