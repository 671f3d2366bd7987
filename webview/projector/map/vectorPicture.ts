/** The maps as SVG, for papers: one circle a point, in the colours of the screen, with names and groups as text. */
import type { Rgb } from '../../../src/domain/maps/splat/surface';
import { LOOK } from '../../../src/domain/maps/view/points';
import { cssColour, type MapColours } from './palette';
import type { DrawnPane, MapScene } from './scene';

/** What the picture says beside the points. */
export interface PictureWords {
  /** The name above each map, by pane. */
  readonly names: { readonly left: string; readonly right: string };
}

const FONT_PX = 13;
const FADED = 0.2;

/** The text of an SVG file of this size in pixels. */
export function vectorPicture(scene: MapScene, colours: MapColours, { names }: PictureWords): string {
  const { width, height } = boundsOf(scene.panes());
  const parts = scene.panes().map((drawn) => paneGroup(scene, drawn, { colours, name: names[drawn.pane] }));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="${cssColour(colours.background)}"/>
${parts.join('\n')}
</svg>
`;
}

function boundsOf(panes: readonly DrawnPane[]) {
  const end = (of: (pane: DrawnPane) => number) => Math.max(1, ...panes.map(of).map(Math.ceil));
  return {
    width: end(({ viewport }) => viewport.left + viewport.width),
    height: end(({ viewport }) => viewport.top + viewport.height),
  };
}

function paneGroup(
  scene: MapScene,
  { pane, view, viewport }: DrawnPane,
  { colours, name }: { readonly colours: MapColours; readonly name: string },
): string {
  const { xy } = scene.pickerOf(pane).project(view);
  const { colours: places, looks, count } = view.points;
  const circles: string[] = [];
  for (let row = 0; row < count; row++) {
    const [x, y] = [xy[2 * row] ?? NaN, xy[2 * row + 1] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y) || looks[row] === LOOK.hidden) continue;
    const fill = cssColour(colourAt(colours, places[row]));
    const opacity = looks[row] === LOOK.faded ? ` opacity="${FADED}"` : '';
    circles.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2" fill="${fill}"${opacity}/>`);
  }
  const text = `<text x="${viewport.left + 8}" y="${viewport.top + FONT_PX + 6}" font-family="sans-serif" font-size="${FONT_PX}" fill="${cssColour(colours.ring)}">${escaped(name)}</text>`;
  return `<g>\n${circles.join('\n')}\n${text}\n</g>`;
}

function colourAt({ palette }: MapColours, place: number | undefined): Rgb {
  return palette[place ?? 0] ?? [128, 128, 128];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
