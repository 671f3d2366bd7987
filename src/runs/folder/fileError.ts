/** Turns errors of the file system that a person can mend into one sentence that says how. */
import { HumanError, wrapError } from '../../domain/errors';

const REMEDY: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission; choose another folder or change its permissions',
  EPERM: 'there is no permission; choose another folder or change its permissions',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'your disk quota is used up; free some space',
  ENOTDIR: 'a file stands where a folder is needed; choose another folder',
  EEXIST: 'a file stands where a folder is needed; choose another folder',
  ENAMETOOLONG: 'the path is too long; choose a shorter one',
};

/** The operating system's code, for example `ENOENT`, of an error or of what caused it; else undefined. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : errorCode(error.cause);
}

/** A HumanError where a person can help, otherwise the error wrapped. `doing` is like `Cannot write /x`. */
export function fileError(doing: string, error: unknown): Error {
  if (error instanceof HumanError) return error;
  const remedy = REMEDY[errorCode(error) ?? ''];
  return remedy === undefined
    ? wrapError(doing, error)
    : new HumanError(`${doing}: ${remedy}.`, { cause: error });
}
