/** Colours of a picture of one or three channels. */
import type { Picture, PictureSize } from './corruption';

/** Red, green and blue, 0-1. */
export type Colour = readonly [number, number, number];

/** Luma of ITU-R BT.601, which weighs colours as the eye does. */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** The grey of a pixel. */
export function greyOf({ values, channels }: Picture, pixel: number): number {
  const start = pixel * channels;
  return channels === 3 ? luma(values[start], values[start + 1], values[start + 2]) : values[start];
}

/** The part of a colour that belongs to the i-th value of a picture; in one channel its grey. */
export function tint(colour: Colour, { channels }: PictureSize, i: number): number {
  return channels === 3 ? colour[i % 3] : luma(...colour);
}
