/**
 * One generated image before it is drawn: everything about it that is left to chance. The shape is always
 * brighter than its ground (a net that must take contrast of either sign sits on the collapse line), and
 * nothing but the outline depends on the class.
 */
import type { RandomStream } from '../../domain/random/stream';
import { unitVector } from './shapes';

/** Red, green and blue, 0 to 1. */
export type Colour = readonly [number, number, number];

/** A small bright spot on the ground, which must not be taken for the shape. Pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Colour;
}

/** A straight band of ground colour over the shape: where |n . p - offset| < halfWidth. Pixels. */
export interface Bar {
  readonly normal: { readonly x: number; readonly y: number };
  readonly offset: number;
  readonly halfWidth: number;
}

/** What is to be drawn. Lengths in pixels, colours and amounts in 0-1. */
export interface Scene {
  readonly centre: { readonly x: number; readonly y: number };
  readonly radius: number;
  /** The shape's own x axis in the image. */
  readonly axis: { readonly x: number; readonly y: number };
  readonly shapeColour: Colour;
  readonly groundColour: Colour;
  /** Change of the ground's brightness from one side to the other. */
  readonly slope: { readonly x: number; readonly y: number };
  readonly textureAmount: number;
  readonly noiseDeviation: number;
  readonly spots: readonly Spot[];
  readonly bar: Bar | null;
}

const FRAME = { smallest: 0.5, largest: 0.9 };
/** The outline may leave the image by this much. Pixels. */
const OVERHANG = 1.5;
const SHAPE_LEVELS = { low: 0.5, high: 1 };
const GROUND_LEVELS = { low: 0, high: 0.35 };
const SPOT = { share: 0.4, most: 3, smallest: 1, largest: 2.5 };
const BAR = { share: 0.3, thinnest: 1, thickest: 2.2 };

/** Draws a scene from a stream for images of `side` x `side` pixels. */
export function drawLots(random: RandomStream, side: number): Scene {
  const radius = (side / 2) * random.between(FRAME.smallest, FRAME.largest);
  const room = side / 2 - radius + OVERHANG;
  const centre = { x: side / 2 + random.between(-room, room), y: side / 2 + random.between(-room, room) };
  return {
    centre,
    radius,
    axis: unitVector(random.uniform()),
    shapeColour: drawColour(random, SHAPE_LEVELS),
    groundColour: drawColour(random, GROUND_LEVELS),
    slope: { x: random.between(-0.15, 0.15), y: random.between(-0.15, 0.15) },
    textureAmount: random.between(0.05, 0.2),
    noiseDeviation: random.between(0.02, 0.1),
    spots: drawSpots(random, side),
    bar: drawBar(random, radius),
  };
}

function drawColour(random: RandomStream, { low, high }: { low: number; high: number }): Colour {
  return [random.between(low, high), random.between(low, high), random.between(low, high)];
}

function drawSpots(random: RandomStream, side: number): Spot[] {
  const count = random.uniform() < SPOT.share ? 1 + random.integer(SPOT.most) : 0;
  return Array.from({ length: count }, () => ({
    x: random.between(0, side),
    y: random.between(0, side),
    radius: random.between(SPOT.smallest, SPOT.largest),
    colour: drawColour(random, SHAPE_LEVELS),
  }));
}

function drawBar(random: RandomStream, radius: number): Bar | null {
  if (random.uniform() >= BAR.share) {
    return null;
  }
  return {
    normal: unitVector(random.uniform()),
    offset: random.between(-0.7, 0.7) * radius,
    halfWidth: random.between(BAR.thinnest, BAR.thickest),
  };
}
