/** Calls into the user's own modules: what goes wrong inside of them is said as a sentence that names the module. */
import { HumanError, toError } from '../../domain/errors';
import { SymbolicReadError, UnsupportedOperationError, explainTracing } from '../../engine/trace/errors';
import type { OwnModule } from './load';

/** The result of a call. Throws HumanError that names the module, and the line for an operation that cannot be traced. */
export function callOwn<T>({ source }: Pick<OwnModule, 'source'>, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    const error = toError(explainTracing(thrown));
    const saysWhere = error instanceof UnsupportedOperationError || error instanceof SymbolicReadError;
    throw new HumanError(`${source}: ${error.message}${saysWhere ? '' : placeIn(error)}`, { cause: thrown });
  }
}

/** Where it was thrown, if that is known. */
function placeIn({ stack }: Error): string {
  const line = stack?.split('\n').find((text) => /^\s*at .*\.m?js:\d+/.test(text));
  return line === undefined ? '' : ` (${line.trim()})`;
}
