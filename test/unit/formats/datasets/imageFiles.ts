/** Writes small image files of every format, of one colour or of two halves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

export type Colour = readonly [number, number, number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An image of one colour, to be encoded. */
export function plain([r, g, b]: Colour, { width, height }: Size = { width: 8, height: 8 }): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

/** An image from its pixels, [height, width, channels]. */
export function pixels(values: readonly number[], size: Size, channels: 1 | 3 | 4): Sharp {
  return sharp(Uint8Array.from(values), { raw: { ...size, channels } });
}

/** Writes a tree of files; folders come by themselves. */
export function writeTree(root: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}
