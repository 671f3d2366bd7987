/** RandAugment (arXiv 1909.13719): N operations, each any one with equal chance, all of the same magnitude M. */
import type { RandomStream } from '../../../domain/random/stream';
import type { ImageSize } from '../image';
import { planOperation } from './magnitudes';
import { OPERATION_NAMES, type PlannedOperation } from './operation';

/** `layers` is N, `magnitude` M of the paper's scale from 0 to 10. */
export interface RandAugmentOptions {
  readonly kind: 'rand';
  readonly layers: number;
  readonly magnitude: number;
}

/**
 * Draws from all sixteen operations, as the published code does, with which SupCon was trained. The paper's list of
 * fourteen, and torchvision's, has doing nothing in place of Invert, SolarizeAdd and Cutout.
 */
export function planRandAugment(
  random: RandomStream,
  { layers, magnitude }: RandAugmentOptions,
  size: ImageSize,
): PlannedOperation[] {
  return Array.from({ length: layers }, () => {
    const name = OPERATION_NAMES[random.integer(OPERATION_NAMES.length)];
    return planOperation(random, { name, level: magnitude }, size);
  });
}
