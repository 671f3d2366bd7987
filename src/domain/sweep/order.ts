/** The order in which a sweep works, and changes to it: pure functions of plan, control and progress. */
import type { SweepControl, SweepProgress } from './files';

/** Places of the plan that are not over, in the order of work. */
export function waitingEntries(
  total: number,
  { order }: Pick<SweepControl, 'order'>,
  { runs }: Pick<SweepProgress, 'runs'>,
): number[] {
  const listed = [...new Set(order)].filter((place) => place >= 0 && place < total);
  const rest = Array.from({ length: total }, (_, place) => place).filter((place) => !listed.includes(place));
  return [...listed, ...rest].filter((place) => (runs[place]?.endState ?? null) === null);
}

/** The order after an entry was moved to a place among the waiting ones, 0 being next. */
export function moveEntry(waiting: readonly number[], entry: number, to: number): number[] {
  const others = waiting.filter((place) => place !== entry);
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), entry, ...others.slice(at)];
}
