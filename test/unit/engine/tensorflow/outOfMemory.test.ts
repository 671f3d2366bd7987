import { expect, it } from 'vitest';
import { OutOfMemoryError, watchMemory } from '../../../../src/engine/outOfMemory';

it.each([
  'Session fail to run with error: OOM when allocating tensor with shape[200000,200000] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator mklcpu',
  'RESOURCE_EXHAUSTED: Failed',
])('"%s" is a lack of memory', async (message) => {
  const failing = watchMemory('a step', () => Promise.reject(new Error(message)));
  await expect(failing).rejects.toBeInstanceOf(OutOfMemoryError);
});
