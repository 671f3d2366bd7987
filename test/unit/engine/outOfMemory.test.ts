import { describe, expect, it } from 'vitest';
import { OutOfMemoryError, watchMemory } from '../../../src/engine/outOfMemory';

const failing = (message: string): Promise<never> =>
  watchMemory('a step', () => {
    throw new RangeError(message);
  });

describe('watchMemory', () => {
  it.each([
    'Non-zero status code returned: /onnxruntime/core/framework/bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 8589934592',
    'std::bad_alloc',
    'Array buffer allocation failed',
    'Invalid typed array length: 9007199254740991',
  ])('recognises "%s"', async (message) => {
    const error = await failing(message).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error).toMatchObject({ message: 'Not enough memory for a step', cause: { message } });
  });

  it('leaves other errors alone', async () => {
    await expect(failing('Shapes differ')).rejects.toThrow(RangeError);
  });
});
