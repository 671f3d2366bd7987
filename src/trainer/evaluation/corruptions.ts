/** The corruptions that robustness is measured under. */
import type { Corruption } from './robustness';

export const CORRUPTIONS: readonly Corruption[] = [];
