/** Chooses the optimisers of both stages by their configuration. */
import type { Configuration } from '../../domain/configuration/schema';
import { accumulated } from './accumulated';
import { adam } from './adam';
import { clipped } from './clipped';
import { lars } from './lars';
import type { Optimiser } from './optimiser';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** The section "optimiser" of a configuration. */
export type OptimiserSetting = Configuration['optimiser'];

/** The optimiser of stage 1; what is clipped is the mean gradient of all its batches. */
export function createOptimiser({ optimiser, stage1 }: Configuration): Optimiser {
  const plain = optimiserNamed(optimiser);
  const bounded = optimiser.clipNorm > 0 ? clipped(plain, optimiser.clipNorm) : plain;
  return stage1.accumulate > 1 ? accumulated(bounded, stage1.accumulate) : bounded;
}

/** What the linear classifier is trained with: name and weight decay of its own, the other constants of stage 1. */
export function stageTwoOptimiser({
  optimiser,
  stage2,
}: Pick<Configuration, 'optimiser' | 'stage2'>): OptimiserSetting {
  const { optimiser: name, weightDecay } = stage2;
  return { ...optimiser, name, weightDecay, nesterov: false, clipNorm: 0 };
}

/** The optimiser of a setting, by its name alone: without clipping. */
export function optimiserNamed(setting: OptimiserSetting): Optimiser {
  switch (setting.name) {
    case 'sgd':
      return sgd(setting);
    case 'rmsprop':
      return rmsprop(setting);
    case 'adam':
      return adam({ ...setting, beta1: setting.momentum, decay: 'penalty' });
    case 'adamw':
      return adam({ ...setting, beta1: setting.momentum, decay: 'shrinkage' });
    case 'lars':
      return lars(setting);
  }
}
