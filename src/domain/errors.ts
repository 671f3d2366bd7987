/**
 * Two kinds of error exist. A HumanError is written for the person at the keyboard and shown as it stands;
 * everything else is a defect, logged with its cause chain and shown as one plain sentence.
 */

/** Exit codes of every SupCon Lab process. */
export const EXIT_CODE = { completed: 0, failed: 1, badInput: 2, stopped: 130 } as const;

/** An error whose message says, in one sentence, what happened and what to do. */
export class HumanError extends Error {
  override readonly name = 'HumanError';
}

/** Turns anything that was thrown into an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** An error that says what was being done, and keeps what went wrong as its cause. */
export function wrapError(doing: string, cause: unknown): Error {
  return new Error(`${doing}: ${toError(cause).message}`, { cause });
}

/** The message of an error and of all its causes, one a line, for the log. */
export function causeChain(thrown: unknown): string {
  const error = toError(thrown);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by: ${causeChain(error.cause)}`;
}
