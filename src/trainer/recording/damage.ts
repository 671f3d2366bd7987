/** The alert about image files that a run could not read, so that its record says what it was not trained on. */
import { formatSome } from '../../domain/display/format';
import type { Alert } from '../../domain/run/alert';
import type { DamagedImages } from '../../formats/datasets/imageSet';

/** An alert at the run's first step; `at` is in milliseconds since 1970. */
export function damageAlert({ count, names }: DamagedImages, at: number): Alert {
  return {
    kind: 'damaged-images',
    severity: 'warning',
    step: 0,
    at,
    cause: `${count} damaged image${count === 1 ? ' was' : 's were'} left out: ${formatSome(names, count)}.`,
    remedy: 'Repair, convert or remove them; the run goes on without them.',
  };
}
