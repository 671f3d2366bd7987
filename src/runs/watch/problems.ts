/** What a watch cannot read, told once and in a sentence. */
import { HumanError, toError } from '../../domain/errors';

export interface Problems {
  readonly ofSentence: (sentence: string) => void;
  /** For throttles: tells the error and tries no more by itself. */
  readonly ofError: (error: unknown) => null;
}

/** Passes each sentence to `tell` the first time it comes up. */
export function createProblems(tell: (sentence: string) => void): Problems {
  const told = new Set<string>();
  const ofSentence = (sentence: string) => {
    if (!told.has(sentence)) tell(sentence);
    told.add(sentence);
  };
  const ofError = (error: unknown) => {
    ofSentence(
      error instanceof HumanError ? error.message : `The run cannot be read: ${toError(error).message}`,
    );
    return null;
  };
  return { ofSentence, ofError };
}
