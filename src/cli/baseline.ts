/** The cross-entropy baseline of a contrastive run: same encoder, data, views, batches and epochs. */
import { isClassification } from '../domain/losses/kinds';
import type { Configuration } from '../domain/configuration/schema';

/** The configurations that one request starts, in order: the run itself and, if asked for, its baseline. */
export function withBaseline(configuration: Configuration): Configuration[] {
  if (!configuration.baseline || isClassification(configuration.loss.name)) return [configuration];
  const baseline: Configuration = {
    ...configuration,
    name: `${configuration.name}-cross-entropy`,
    loss: { ...configuration.loss, name: 'cross-entropy' },
    baseline: false,
  };
  return [configuration, baseline];
}
