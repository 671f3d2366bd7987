/** A rule that concerns two keys at once, as a function that is silent or says what is wrong and what to do. */
import type { Configuration } from '../schema';

/** The sentence without the source that it is about, or undefined where the rule holds. */
export type Rule = (configuration: Configuration) => string | undefined;
