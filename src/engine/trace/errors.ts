/** Errors of tracing. They name the caller's line, since the fault is in the traced program, not in the tracer. */

import { fileURLToPath } from 'node:url';

/** An operation that the tracer does not know. */
export class UnsupportedOperationError extends Error {
  override readonly name = 'UnsupportedOperationError';

  constructor(
    readonly operation: string,
    stack: string | undefined,
    detail = 'is not in the kernel table of src/engine/trace',
  ) {
    super(
      `The operation ${operation} ${detail}, so the program cannot be traced (called ${callSite(stack)}).`,
    );
  }
}

/** A value was asked for while the graph is still being recorded. */
export class SymbolicReadError extends Error {
  override readonly name = 'SymbolicReadError';

  constructor(stack: string | undefined) {
    super(
      `The value of a tensor was read inside a traced program (${callSite(stack)}), but it exists only when the ` +
        `graph runs: return the tensor as an output of the program and read it there.`,
    );
  }
}

/** What was thrown; where TensorFlow.js says that a kernel is missing, what that means, and where. */
export function explainTracing(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const kernel = /kernel '(\w+)' (?:not registered )?for backend/i.exec(thrown.message)?.[1];
  return kernel === undefined ? thrown : new UnsupportedOperationError(kernel, thrown.stack);
}

/** Frames of TensorFlow.js and of the tracer, which are not the caller's. */
const OWN_FRAMES =
  /node_modules[\\/]@tensorflow|[\\/]src[\\/]engine[\\/](?!engine\.)|node:internal|\(<anonymous>\)/;

/** In a bundle, TensorFlow.js, the tracer and our programs are one file; a module of the user's own is another. */
const BUNDLE = import.meta.url.endsWith('.js') ? fileURLToPath(import.meta.url) : undefined;

/** `at file:line:column` of the first frame that belongs to the traced program. */
function callSite(stack: string | undefined): string {
  const frames = (stack ?? '')
    .split('\n')
    .filter((line) => /^\s*at /.test(line))
    .filter((line) => !OWN_FRAMES.test(line));
  const outside = frames.find((line) => BUNDLE === undefined || !line.includes(BUNDLE));
  return (outside ?? frames.at(0))?.trim() ?? 'from an unknown line';
}
