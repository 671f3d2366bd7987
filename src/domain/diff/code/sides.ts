/**
 * A file as a run had it: the committed file with the run's patch. Where the committed file is not at hand, the lines
 * that some patch shows are put together, and a line stands for each stretch that no patch shows: it is the same in
 * all runs of that commit.
 */
import * as l10n from '@vscode/l10n';
import type { FilePatch } from './patch';

/** Lines in order. */
export interface Side {
  readonly lines: readonly string[];
  /** The number of each line in the file, from 1. */
  readonly numbers: readonly number[];
  /** Places of lines that stand for a stretch that no patch shows. */
  readonly hidden: ReadonlySet<number>;
}

/** The file that does not exist. */
export const NO_FILE: Side = { lines: [], numbers: [], hidden: new Set() };

/** Lines of the committed file by number. */
export type KnownLines = ReadonlyMap<number, string>;

/** All lines of a committed file. */
export function linesOf(text: string): KnownLines {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return new Map(lines.map((line, i) => [i + 1, line]));
}

/** What several patches against one commit show together; undefined if they contradict each other. */
export function mergeKnown(patches: readonly (FilePatch | undefined)[]): KnownLines | undefined {
  const known = new Map<number, string>();
  for (const patch of patches) {
    for (const [number, line] of patch?.known ?? []) {
      if ((known.get(number) ?? line) !== line) return undefined;
      known.set(number, line);
    }
  }
  return known;
}

/** Whether a patch was made against these lines. */
export function fits(known: KnownLines, patch: FilePatch): boolean {
  return [...patch.known].every(([number, line]) => known.get(number) === line);
}

/**
 * The file after a patch.
 * @param anchors further line numbers at which a stretch that is not shown is broken, so that both sides break alike
 */
export function applyTo(
  known: KnownLines,
  patch: FilePatch | undefined,
  anchors: Iterable<number> = [],
): Side {
  const lines: string[] = [];
  const numbers: number[] = [];
  const hidden = new Set<number>();
  let number = 1;
  const push = (line: string, count = 1) => {
    lines.push(line);
    numbers.push(number);
    number += count;
  };
  let next = 1;
  for (const place of placesOf(known, patch, anchors)) {
    if (place > next) {
      hidden.add(lines.length);
      push(hiddenLines(place - next), place - next);
    }
    for (const line of patch?.added.get(place) ?? []) push(line);
    const line = known.get(place);
    if (line !== undefined && patch?.removed.has(place) !== true) push(line);
    next = line === undefined ? place : place + 1;
  }
  return { lines, numbers, hidden };
}

/** What stands for lines that no patch shows. */
function hiddenLines(count: number): string {
  return count === 1
    ? l10n.t('⋯ 1 line that no run changed ⋯')
    : l10n.t('⋯ {0} lines that no run changed ⋯', count);
}

function placesOf(
  known: KnownLines,
  patch: FilePatch | undefined,
  anchors: Iterable<number>,
): readonly number[] {
  const places = new Set([...known.keys(), ...(patch?.added.keys() ?? []), ...anchors]);
  return [...places].sort((a, b) => a - b);
}
