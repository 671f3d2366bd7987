/**
 * What a person is told when a file cannot be read. The codes are the operating system's; each that a
 * person can do something about becomes one sentence that names the path.
 */
import { HumanError, toError, wrapError } from '../domain/errors';

/** The error to throw after reading `path` failed: a HumanError where the person can help, else a wrapped one. */
export function readingError(path: string, thrown: unknown): Error {
  if (thrown instanceof HumanError) {
    return thrown;
  }
  switch (errorCode(thrown)) {
    case 'ENOENT':
      return new HumanError(`${path} does not exist: check the path.`, { cause: thrown });
    case 'ENOTDIR':
      return new HumanError(`${path} is not inside a folder: check the path.`, { cause: thrown });
    case 'EISDIR':
      return new HumanError(`${path} is a folder where a file is expected: check the path.`, {
        cause: thrown,
      });
    case 'EACCES':
    case 'EPERM':
      return new HumanError(`${path} may not be read: give your user permission to read it.`, {
        cause: thrown,
      });
    default:
      return wrapError(`reading ${path}`, thrown);
  }
}

/** The code of a system or library error, for example `ENOENT` or `Z_DATA_ERROR`; empty if it has none. */
export function errorCode(thrown: unknown): string {
  const error: Error & { code?: unknown } = toError(thrown);
  return typeof error.code === 'string' ? error.code : '';
}
