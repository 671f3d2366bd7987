/** Paints a scene: ground, spots, shape, bar, noise, each edge smoothed over one pixel. */
import type { RandomStream } from '../../domain/random/stream';
import type { Colour, Scene } from './scene';
import type { Shape } from './shapes';

const CHANNELS = 3;
/** Pixels between the knots of the ground's texture. */
const TEXTURE_CELL = 4;

/** Paints into `pixels`, [side, side, 3] bytes. */
export function paint(pixels: Uint8Array, scene: Scene, shape: Shape, random: RandomStream): void {
  const side = Math.sqrt(pixels.length / CHANNELS);
  const texture = drawTexture(random, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = column + 0.5;
      const y = row + 0.5;
      const shade = groundShade(scene, texture, { x, y, side });
      const cover = shapeCover(scene, shape, x, y);
      for (let channel = 0; channel < CHANNELS; channel++) {
        const ground = scene.groundColour[channel] + shade;
        const behind = withSpots(scene, ground, { x, y, channel });
        const level = behind + cover * (scene.shapeColour[channel] - behind);
        const noisy = level + scene.noiseDeviation * random.normal();
        pixels[(row * side + column) * CHANNELS + channel] = toByte(noisy);
      }
    }
  }
}

/** How much of the pixel the shape covers after the bar has been taken away, 0 to 1. */
function shapeCover({ centre, axis, radius, bar }: Scene, shape: Shape, x: number, y: number): number {
  const right = x - centre.x;
  const down = y - centre.y;
  const distance = shape(right * axis.x + down * axis.y, down * axis.x - right * axis.y, radius);
  const cover = smoothEdge(distance);
  if (cover === 0 || bar === null) {
    return cover;
  }
  const across = Math.abs(right * bar.normal.x + down * bar.normal.y - bar.offset);
  return cover * (1 - smoothEdge(across - bar.halfWidth));
}

function withSpots({ spots }: Scene, ground: number, at: { x: number; y: number; channel: number }): number {
  let level = ground;
  for (const spot of spots) {
    const right = at.x - spot.x;
    const down = at.y - spot.y;
    const cover = smoothEdge(Math.sqrt(right * right + down * down) - spot.radius);
    level += cover * (colourOf(spot.colour, at.channel) - level);
  }
  return level;
}

function groundShade(
  scene: Scene,
  texture: Float64Array,
  at: { x: number; y: number; side: number },
): number {
  const { x, y, side } = at;
  const slope = scene.slope.x * (x / side - 0.5) + scene.slope.y * (y / side - 0.5);
  return slope + scene.textureAmount * textureAt(texture, x / TEXTURE_CELL, y / TEXTURE_CELL, side);
}

/** Knots of a smooth random surface, [-1, 1). */
function drawTexture(random: RandomStream, side: number): Float64Array {
  const knots = knotsPerSide(side);
  return Float64Array.from({ length: knots * knots }, () => random.between(-1, 1));
}

/** Bilinear interpolation between the four knots around (u, v), both counted in cells. */
function textureAt(texture: Float64Array, u: number, v: number, side: number): number {
  const knots = knotsPerSide(side);
  const left = Math.floor(u);
  const top = Math.floor(v);
  const corner = top * knots + left;
  const upper = texture[corner] + (u - left) * (texture[corner + 1] - texture[corner]);
  const below = corner + knots;
  const lower = texture[below] + (u - left) * (texture[below + 1] - texture[below]);
  return upper + (v - top) * (lower - upper);
}

function knotsPerSide(side: number): number {
  return Math.ceil(side / TEXTURE_CELL) + 1;
}

function smoothEdge(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance));
}

function colourOf(colour: Colour, channel: number): number {
  return colour[channel];
}

function toByte(level: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, level)));
}
