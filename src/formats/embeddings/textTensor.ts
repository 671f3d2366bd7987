/** A tensor as text: one line a vector, numbers between tabs (or, as some write it, commas or spaces). */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { HumanError } from '../../domain/errors';
import { isNumber, toNumber } from '../../domain/maps/columns';
import type { Vectors } from '../../domain/maps/vectors';
import { readingError } from '../reading';
import { checkSize } from './vectors';

const SEPARATORS = ['\t', ',', ' '];

/** Counts lines, and the numbers of the first. Throws HumanError if the file may not be read or holds no vector. */
export async function textTensorShape(path: string): Promise<Pick<Vectors, 'count' | 'dimensions'>> {
  let first: string | undefined;
  let count = 0;
  await forEachLine(path, (line) => {
    first ??= line;
    count++;
  });
  const dimensions = first === undefined ? 0 : first.split(separatorOf(first)).length;
  checkSize(path, { count, dimensions });
  return { count, dimensions };
}

/** Reads a tensor of a shape that `textTensorShape` told. Throws HumanError naming the line that is not as it should be. */
export async function readTextTensor(
  path: string,
  { count, dimensions }: Pick<Vectors, 'count' | 'dimensions'>,
): Promise<Vectors> {
  const values = new Float32Array(count * dimensions);
  let row = 0;
  let separator: string | undefined;
  await forEachLine(path, (line, number) => {
    separator ??= separatorOf(line);
    if (row < count)
      fillRow(line.split(separator), values.subarray(row * dimensions), { path, number, dimensions });
    row++;
  });
  if (row !== count) {
    throw new HumanError(`${path} has ${row} vectors now and had ${count}: open it again.`);
  }
  return { values, count, dimensions };
}

function fillRow(
  cells: readonly string[],
  into: Float32Array,
  {
    path,
    number,
    dimensions,
  }: { readonly path: string; readonly number: number; readonly dimensions: number },
): void {
  if (cells.length !== dimensions) {
    throw new HumanError(
      `${path} has ${cells.length} numbers in line ${number} and ${dimensions} in the first: give each vector as many.`,
    );
  }
  cells.forEach((cell, i) => {
    const text = cell.trim();
    if (!isNumber(text)) {
      throw new HumanError(
        `${path} has ${JSON.stringify(text.slice(0, 40))} in line ${number}: write numbers alone.`,
      );
    }
    into[i] = toNumber(text);
  });
}

function separatorOf(line: string): string {
  return SEPARATORS.find((separator) => line.includes(separator)) ?? '\t';
}

/** Calls `act` with each line that is not blank, trimmed, and its number from 1. */
async function forEachLine(path: string, act: (line: string, number: number) => void): Promise<void> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let number = 0;
  try {
    for await (const line of lines) {
      number++;
      const text = line.trim();
      if (text !== '') act(text, number);
    }
  } catch (thrown) {
    throw readingError(path, thrown);
  } finally {
    lines.close();
  }
}
