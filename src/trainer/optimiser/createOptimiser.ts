/** Chooses the optimiser of stage 1 by its configuration. */
import type { Configuration } from '../../domain/configuration/schema';
import { accumulated } from './accumulated';
import { adam } from './adam';
import { clipped } from './clipped';
import { lars } from './lars';
import type { Optimiser } from './optimiser';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** The optimiser that a configuration asks for; what is clipped is the mean gradient of all its batches. */
export function createOptimiser({ optimiser, stage1 }: Configuration): Optimiser {
  const plain = named(optimiser);
  const bounded = optimiser.clipNorm > 0 ? clipped(plain, optimiser.clipNorm) : plain;
  return stage1.accumulate > 1 ? accumulated(bounded, stage1.accumulate) : bounded;
}

function named(setting: Configuration['optimiser']): Optimiser {
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
