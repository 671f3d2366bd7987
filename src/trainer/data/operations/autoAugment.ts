/** AutoAugment (arXiv 1805.09501): one sub-policy of a published list, its two operations each by its probability. */
import type { RandomStream } from '../../../domain/random/stream';
import type { ImageSize } from '../image';
import { planOperation } from './magnitudes';
import type { PlannedOperation } from './operation';
import { SUB_POLICIES } from './subPolicies';

/** Which list of sub-policies is drawn from. */
export interface AutoAugmentOptions {
  readonly kind: 'auto';
  readonly policy: keyof typeof SUB_POLICIES;
}

/** Draws a sub-policy, each with equal chance, and which of its operations are done. */
export function planAutoAugment(
  random: RandomStream,
  { policy }: AutoAugmentOptions,
  size: ImageSize,
): PlannedOperation[] {
  const rows = SUB_POLICIES[policy];
  const [first, firstProbability, firstLevel, second, secondProbability, secondLevel] =
    rows[random.integer(rows.length)];
  const steps = [
    { name: first, probability: firstProbability, level: firstLevel },
    { name: second, probability: secondProbability, level: secondLevel },
  ];
  return steps
    .filter(({ probability }) => random.uniform() < probability)
    .map((step) => planOperation(random, step, size));
}
