/** The factor between the unscaled loss, which compares across recipes, and the one that is optimised. */
import type { Configuration } from '../configuration/schema';
import { lossKind } from './kinds';

/** Base temperature of SupContrast. */
const BASE_TEMPERATURE = 0.07;

/** 1, tau (the paper's code) or tau/0.07 (SupContrast); 1 for losses without a temperature to choose. */
export function lossFactor({ name, scale, temperature }: Configuration['loss']): number {
  if (scale === 'raw' || lossKind(name).temperature !== 'configured') return 1;
  return scale === 'tau' ? temperature : temperature / BASE_TEMPERATURE;
}
