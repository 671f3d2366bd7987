/**
 * Cuts a stream of bytes into lines. It splits on bytes, so a character never breaks in two, and bounds the
 * length of a line, so a hostile or broken sender cannot fill the memory.
 */
const NEWLINE = 0x0a;

/** Thrown when a line passes the bound. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

export interface LineSplitter {
  /** The lines that these bytes complete, without their ends. Throws LineTooLong. */
  push(bytes: Uint8Array): string[];
}

/** A splitter that keeps an unfinished line for the next bytes. */
export function createLineSplitter(longestLineBytes: number): LineSplitter {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  const keep = (bytes: Uint8Array) => {
    keptBytes += bytes.byteLength;
    if (keptBytes > longestLineBytes)
      throw new LineTooLong(`A line is longer than ${longestLineBytes} bytes.`);
    kept.push(bytes);
  };
  const take = (): string => {
    const line = Buffer.concat(kept).toString('utf8');
    kept = [];
    keptBytes = 0;
    return line;
  };
  return {
    push(bytes) {
      const lines: string[] = [];
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
        keep(bytes.subarray(from, end));
        lines.push(take());
        from = end + 1;
      }
      if (from < bytes.length) keep(Uint8Array.from(bytes.subarray(from)));
      return lines;
    },
  };
}

/** Parses a line of JSON; undefined if it is none. */
export function parseJsonLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
