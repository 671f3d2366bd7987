/** Chooses the optimiser of stage 1 by its configuration. */
import type { Configuration } from '../../domain/configuration/schema';
import type { Optimiser } from './optimiser';
import { sgd } from './sgd';

/** The optimiser that a configuration asks for. */
export function createOptimiser({ optimiser }: Configuration): Optimiser {
  return sgd(optimiser);
}
