/**
 * Engines report a failed allocation each in its own words. Here it becomes one error that the trainer can
 * recognise, to end the run with a smaller batch size to try.
 */
import { toError } from '../domain/errors';

/** An allocation failed while a program was compiled or run; `cause` holds the engine's own words. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** What onnxruntime's arena, TensorFlow's allocators, the C++ library and V8 say. */
const ALLOCATION_FAILURES =
  /failed to allocate|OOM when allocating|resource[ _]?exhausted|bad[ _]alloc|out of memory|allocation failed|invalid (typed )?array (buffer )?length/i;

/** Runs an engine call and turns its allocation failures into {@link OutOfMemoryError}. */
export async function watchMemory<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = toError(thrown);
    if (!ALLOCATION_FAILURES.test(error.message)) throw error;
    throw new OutOfMemoryError(`Not enough memory for ${doing}`, { cause: error });
  }
}
