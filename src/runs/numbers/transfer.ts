/** Answers ready to be sent away: their arrays are moved, not copied, so they must not be anybody else's. */
import type { ChartAnswer, LineWindow } from '../../domain/series/query';

/** A copy of the answer, for whoever keeps it, and the memory of the copy's arrays. */
export function transferable(answer: ChartAnswer): { answer: ChartAnswer; memory: ArrayBuffer[] } {
  const copy = structuredClone(answer);
  return { answer: copy, memory: memoryOf(copy) };
}

/** The memory of an answer's arrays, which nobody may look at once it is sent away. */
export function memoryOf({ lines, bands }: ChartAnswer): ArrayBuffer[] {
  return [...lines, ...bands].flatMap(({ window }) => buffersOf(window));
}

function buffersOf(window: LineWindow | ChartAnswer['bands'][number]['window']): ArrayBuffer[] {
  return Object.values(window).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}
