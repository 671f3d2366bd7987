/** A mean with its spread as every surface shows it. */
import type { Metric } from '../run/metrics';
import type { Estimate } from '../statistics/interval';
import { formatNumber } from './format';

/** `88.6 ± 0.2 %`, mean and standard deviation, or without a spread for a single run. */
export function estimateText(
  { mean, deviation }: Pick<Estimate, 'mean' | 'deviation'>,
  { unit }: Pick<Metric, 'unit'>,
): string {
  const number = unit === 'share' ? (value: number) => (100 * value).toFixed(1) : formatNumber;
  const spread = Number.isNaN(deviation) ? '' : ` ± ${number(deviation)}`;
  return `${number(mean)}${spread}${unit === 'share' ? ' %' : ''}`;
}
