/**
 * JSON lines: one object a line, nested names joined by dots. Python writes NaN and infinities bare, which JSON does not
 * know; they are read all the same.
 */
import type { LogReader } from './logReader';
import { createRowReader, type LineFormat, type LinesState, type Row } from './rowReader';
import { clockNameIn, spelledNumber, stepNameIn, wallTimeIn } from './rowRules';

const DEEPEST = 8;
/** Names that loggers use for themselves begin so. */
const INTERNAL = '_';
const BARE = /(?<=[:,[]\s*)[+-]?(?:NaN|Infinity|inf|nan)(?=\s*[,\]}])/g;

/** A reader of one file of JSON lines. */
export function createJsonLinesReader(state?: LinesState): LogReader {
  const format: LineFormat = { rowOf, header: () => [] };
  return createRowReader(format, state);
}

/** The numbers and texts of an object by dotted path; lists, media and what is nested too deep are left out. */
export function flattened(value: object, prefix = '', depth = 0): (readonly [string, Leaf])[] {
  if (depth > DEEPEST || '_type' in value) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (isLeaf(inner)) return [[`${prefix}${name}`, inner] as const];
    const isNested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isNested ? flattened(inner, `${prefix}${name}.`, depth + 1) : [];
  });
}

/** What a path may end in. */
export type Leaf = string | number | boolean;

function isLeaf(value: unknown): value is Leaf {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function rowOf(line: string): Row | 'damaged' {
  const object = parseObject(line);
  if (object === undefined) return 'damaged';
  const leaves = flattened(object);
  const names = leaves.map(([name]) => name);
  const [step, clock] = [stepNameIn(names), clockNameIn(names)];
  const cellOf = (name: string | undefined): Leaf | undefined => leaves.find((leaf) => leaf[0] === name)?.[1];
  const counted = cellOf(step);
  const values = leaves.flatMap(([name, leaf]) => {
    const isTag = name !== step && name !== clock && !name.startsWith(INTERNAL);
    const value = isTag ? numberOf(leaf) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const isCounted = typeof counted === 'number' && Number.isFinite(counted);
  const wallTime = clock === undefined ? Number.NaN : wallTimeIn(String(cellOf(clock)));
  return { step: isCounted ? counted : undefined, wallTime, values };
}

function numberOf(leaf: Leaf): number | undefined {
  if (typeof leaf === 'number') return leaf;
  return typeof leaf === 'string' ? spelledNumber(leaf) : undefined;
}

function parseObject(line: string): object | undefined {
  const value = parseJson(line) ?? parseJson(line.replaceAll(BARE, '"$&"'));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
