import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { probeBlockSize } from '../../../../src/engine/onnx/blockSize';
import type { OnnxRuntime } from '../../../../src/engine/onnx/runtime';

/** A runtime whose reordering operator leaves `memory`, or throws. */
function fakeRuntime(memory: readonly number[] | Error): OnnxRuntime {
  const session = {
    run: () => Promise.resolve({ y: { data: Float32Array.from(memory as number[]) } }),
    release: () => Promise.resolve(),
  };
  const create = (): Promise<unknown> =>
    memory instanceof Error ? Promise.reject(memory) : Promise.resolve(session);
  return { ...ort, InferenceSession: { create } } as unknown as OnnxRuntime;
}

/** Channel c of pixel p is 2 c + p, with `size` channels side by side. */
function blocked(size: number): number[] {
  const blocks = Array.from({ length: 64 / size }, (_, block) => block);
  return blocks.flatMap((block) =>
    [0, 1].flatMap((pixel) => Array.from({ length: size }, (_, c) => 2 * (block * size + c) + pixel)),
  );
}

describe('probeBlockSize', () => {
  it('finds a power of two on this machine', async () => {
    expect([4, 8, 16, 32]).toContain(await probeBlockSize(ort));
  });

  it.each([4, 8, 16, 32])('reads blocks of %d from the memory', async (size) => {
    expect(await probeBlockSize(fakeRuntime(blocked(size)))).toBe(size);
  });

  it('finds none where the operators are missing or leave the tensor as it was', async () => {
    expect(await probeBlockSize(fakeRuntime(new Error('com.microsoft.nchwc is not registered')))).toBe(
      undefined,
    );
    expect(await probeBlockSize(fakeRuntime(Array.from({ length: 128 }, (_, index) => index)))).toBe(
      undefined,
    );
    expect(await probeBlockSize(fakeRuntime(Array.from({ length: 128 }, () => 0)))).toBe(undefined);
  });
});
