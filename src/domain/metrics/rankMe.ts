/** RankMe: how many directions a table of embeddings really uses (Garrido et al., ICML 2023, equation 1). */
import { singularValues } from '../linearAlgebra/singularValues';

/** Added to each share; the paper's value for single precision. */
const EPSILON = 1e-7;

/**
 * exp(-sum p ln p) with p_k = sigma_k / sum sigma + 1e-7, from 1 (one direction) to min(samples, width). Embeddings
 * are not centred.
 * @param rows row-major [samples, width]
 */
export function rankMe(rows: Float32Array, width: number): number {
  return effectiveRank(singularValues(rows, width));
}

/** The same from singular values. */
export function effectiveRank(values: Float64Array): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  const entropy = values.reduce((sum, value) => {
    const share = value / Math.max(total, Number.MIN_VALUE) + EPSILON;
    return sum - share * Math.log(share);
  }, 0);
  return Math.exp(entropy);
}
