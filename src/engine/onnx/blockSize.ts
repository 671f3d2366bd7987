/**
 * How many channels onnxruntime's blocked layout puts side by side on this processor (16 with AVX-512, 8 with AVX).
 * The library does not say, so a tensor is brought into the layout and its memory read.
 */
import { NCHWC } from './nchwc';
import { encodeModel } from './proto';
import type { OnnxRuntime } from './runtime';

/** More channels than a block of any processor has. */
const CHANNELS = 64;
const PIXELS = 2;
const SHAPE = [1, CHANNELS, 1, PIXELS];

/** The block size; undefined where this build of onnxruntime has no blocked operators. */
export async function probeBlockSize(runtime: OnnxRuntime): Promise<number | undefined> {
  try {
    return blockSizeOf(await reordered(runtime));
  } catch {
    return undefined;
  }
}

/** Channel c of pixel p holds c * PIXELS + p: the first pixel's channels run on until its block ends. */
function blockSizeOf(memory: Float32Array): number | undefined {
  const size = memory.findIndex((value, position) => value !== position * PIXELS);
  const isBlocked = size > 1 && memory[size] === 1;
  return isBlocked ? size : undefined;
}

async function reordered(runtime: OnnxRuntime): Promise<Float32Array> {
  const port = (name: string) => ({ name, type: 'float32', shape: SHAPE }) as const;
  const node = { type: 'ReorderInput', domain: NCHWC, inputs: ['x'], outputs: ['y'], attributes: {} };
  const model = encodeModel({
    nodes: [node],
    initializers: [],
    inputs: [port('x')],
    outputs: [port('y')],
    operatorSets: { '': 18, [NCHWC]: 1 },
  });
  const session = await runtime.InferenceSession.create(model, { logSeverityLevel: 4 });
  try {
    const values = Float32Array.from({ length: CHANNELS * PIXELS }, (_, index) => index);
    const { y } = await session.run({ x: new runtime.Tensor('float32', values, SHAPE) });
    return y.data as Float32Array;
  } finally {
    await session.release();
  }
}
