/** What a command said last, from the end of its log: the line that people look for when it has failed. */
import { open } from 'node:fs/promises';

const TAIL_BYTES = 16 * 1024;
const LONGEST_CHARACTERS = 300;
const KEEPER_LINE = /^\[keeper \d{4}-/;
/** How the last line of a Python traceback, and of most others, begins. */
const ERROR_LINE = /^(\w+\.)*\w*(Error|Exception|Interrupt|Exit)\b/;
/** An error line may be followed by notes, but not by much. */
const LINES_AFTER_ERROR = 10;

/** The last error line, else the last line; empty if there is none. Never throws. */
export async function readLastWords(path: string): Promise<string> {
  return lastWordsOf(await readTail(path).catch(() => ''));
}

/** The same of a text. */
export function lastWordsOf(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map(plain)
    .filter((line) => line !== '' && !KEEPER_LINE.test(line));
  const line =
    lines.slice(-LINES_AFTER_ERROR).findLast((each) => ERROR_LINE.test(each)) ?? lines.at(-1) ?? '';
  return line.length <= LONGEST_CHARACTERS ? line : `${line.slice(0, LONGEST_CHARACTERS - 3)}...`;
}

/** Without colours and other terminal codes. */
function plain(line: string): string {
  return line.replace(TERMINAL_CODES, '').trim();
}

const TERMINAL_CODES = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;?]*[A-Za-z]`, 'g');

async function readTail(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, from);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}
