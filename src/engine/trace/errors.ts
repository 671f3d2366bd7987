/** Errors of tracing. They name the caller's line, since the fault is in the traced program, not in the tracer. */

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

/** Frames of TensorFlow.js and of the tracer, which are not the caller's. */
const OWN_FRAMES =
  /node_modules[\\/]@tensorflow|[\\/]src[\\/]engine[\\/](?!engine\.)|node:internal|\(<anonymous>\)/;

/** `at file:line:column` of the first frame that belongs to the traced program. */
function callSite(stack: string | undefined): string {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s*at /.test(line));
  const frame = frames.find((line) => !OWN_FRAMES.test(line));
  return frame?.trim() ?? 'from an unknown line';
}
