/** A chart as a file: SVG through the same drawing with another pen, PNG from the canvas on the page's background. */
import { themeColour } from '../theme';
import type { Frame } from './frame';
import type { Pen } from './pen';
import { FONT_PX } from './pen';
import type { Geometry } from './scene';
import type { SvgPen } from './svgPen';
import { svgPen } from './svgPen';

/** What a picture is made from. */
export interface Picture {
  readonly frame: Frame;
  readonly size: { readonly widthPx: number; readonly heightPx: number };
  readonly title: string;
  paint(pen: Pen, place: Geometry): void;
}

const TITLE_PX = 22;
const TICK_GAP_PX = 6;

/** The chart as SVG text, with its title above. */
export function chartAsSvg(picture: Picture): string {
  const { frame, size, title } = picture;
  const pen = svgPen();
  const inner = frame.geometry();
  const place = {
    ...inner,
    top: inner.top + TITLE_PX,
    y: (value: number) => inner.y(value) + TITLE_PX,
  };
  pen.text(title, inner.left, TITLE_PX / 2 + 2, {
    colour: themeColour('--vscode-foreground'),
    align: 'left',
    halo: '',
  });
  drawAxes(pen, frame, place);
  picture.paint(pen, place);
  const look = {
    background: themeColour('--supcon-background'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    title,
  };
  return pen.document({ widthPx: size.widthPx, heightPx: size.heightPx + TITLE_PX }, look);
}

/** The chart as a PNG, in device pixels. */
export async function chartAsPng({ frame, title }: Picture): Promise<Uint8Array> {
  const ratio = devicePixelRatio;
  const copy = document.createElement('canvas');
  copy.width = frame.canvas.width;
  copy.height = frame.canvas.height + TITLE_PX * ratio;
  const context = copy.getContext('2d');
  if (!context) throw new Error('a canvas gave no 2d context');
  context.fillStyle = themeColour('--supcon-background');
  context.fillRect(0, 0, copy.width, copy.height);
  context.fillStyle = themeColour('--vscode-foreground');
  context.font = `${FONT_PX * ratio}px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = 'middle';
  context.fillText(title, frame.geometry().left * ratio, (TITLE_PX / 2) * ratio);
  context.drawImage(frame.canvas, 0, TITLE_PX * ratio);
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, 'image/png'));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}

function drawAxes(pen: SvgPen, frame: Frame, place: Geometry): void {
  const { x, y } = frame.ticks();
  const colour = themeColour('--vscode-descriptionForeground');
  const grid = { colour: themeColour('--vscode-foreground'), widthPx: 1, dash: [], alpha: 0.14 };
  const bottom = place.top + place.height;
  x.places.forEach((value, i) => {
    const at = place.x(value);
    pen.polyline([at, place.top, at, bottom], grid);
    pen.text(x.texts[i] ?? '', at, bottom + TICK_GAP_PX + FONT_PX / 2, { colour, align: 'center', halo: '' });
  });
  y.places.forEach((value, i) => {
    const at = place.y(value);
    pen.polyline([place.left, at, place.left + place.width, at], grid);
    pen.text(y.texts[i] ?? '', place.left - TICK_GAP_PX, at, { colour, align: 'right', halo: '' });
  });
}
