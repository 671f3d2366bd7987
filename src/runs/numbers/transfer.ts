/** Answers ready to be sent away: their arrays are moved, not copied, so they must not be anybody else's. */
import type { ChartAnswer, LineWindow } from '../../domain/series/query';

/** A copy of the answer, and the memory of its arrays. */
export function transferable(answer: ChartAnswer): { answer: ChartAnswer; memory: ArrayBuffer[] } {
  const copy = structuredClone(answer);
  const windows = [...copy.lines, ...copy.bands].map(({ window }) => window);
  return { answer: copy, memory: windows.flatMap(buffersOf) };
}

function buffersOf(window: LineWindow | ChartAnswer['bands'][number]['window']): ArrayBuffer[] {
  return Object.values(window).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer ? [column.buffer] : [],
  );
}
