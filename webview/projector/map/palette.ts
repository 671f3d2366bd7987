/**
 * The colours of points, from the theme: grey for rows without a value, then categories, then a ramp for numbers. The
 * eight hues of runs are known to be told apart; further categories have them lighter or darker.
 */
import { HUES, hueVariable } from '../../../src/domain/display/runColours';
import type { Rgb } from '../../../src/domain/maps/splat/surface';
import { themeColour } from '../../charts/theme';
import { CATEGORY_COLOURS, RAMP_STEPS } from '../state/legend';

/** Colours of a map. */
export interface MapColours {
  readonly palette: readonly Rgb[];
  readonly background: Rgb;
  readonly ring: Rgb;
}

/** Share of the background or the text, whichever is further from the hue, and then of the other one. */
const ROUND_SHARES = [0, 0.5, 0.4] as const;
const RAMP_ENDS = ['--vscode-supcon-runPurple', '--vscode-supcon-runOrange'] as const;
const MISSING_SHARE = 0.5;

/** The colours of the current theme. */
export function mapColours(): MapColours {
  const background = rgbOf(themeColour('--vscode-editor-background'));
  const text = rgbOf(themeColour('--vscode-foreground'));
  const hues = HUES.map((_, hue) => rgbOf(themeColour(hueVariable({ hue, dash: 0 }))));
  const categories = Array.from({ length: CATEGORY_COLOURS }, (_, place) => {
    const hue = hues[place % hues.length] ?? text;
    const [far, near] = isNearer(hue, text, background) ? [background, text] : [text, background];
    const round = Math.floor(place / hues.length) % ROUND_SHARES.length;
    return mixed(hue, round === 1 ? far : near, ROUND_SHARES[round] ?? 0);
  });
  const [low, high] = RAMP_ENDS.map((name) => rgbOf(themeColour(name)));
  const ramp = Array.from({ length: RAMP_STEPS }, (_, step) =>
    mixed(low ?? text, high ?? text, step / (RAMP_STEPS - 1)),
  );
  const palette = [mixed(text, background, MISSING_SHARE), ...categories, ...ramp];
  return { palette, background, ring: text };
}

/** A colour as CSS. */
export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * share);
  return [at(0), at(1), at(2)];
}

/** Whether a colour is nearer to the first of two in brightness. */
function isNearer(colour: Rgb, first: Rgb, second: Rgb): boolean {
  return Math.abs(brightness(colour) - brightness(first)) < Math.abs(brightness(colour) - brightness(second));
}

/** Luma of Rec. 601, 0 to 255. */
function brightness([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

let pen: CanvasRenderingContext2D | null = null;

/** Any CSS colour as numbers: the browser paints one pixel with it. */
function rgbOf(colour: string): Rgb {
  pen ??= onePixel();
  if (!pen) return [128, 128, 128];
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function onePixel(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  return canvas.getContext('2d', { willReadFrequently: true });
}
