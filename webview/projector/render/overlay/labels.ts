/** Names of classes, each on a halo of the background so that it can be read over points. */
import { placeLabels } from '../../../../src/domain/maps/view/labels';
import { projectPlace } from '../../../../src/domain/maps/view/project';
import { themeColour, themeFont } from '../../../charts/theme';
import type { OverlayPane } from './scene';

const FONT_PX = 13;
const HALO_PX = 4;
const PADDING_PX = 3;

/** Draws the names that find room. */
export function drawLabels(context: CanvasRenderingContext2D, { view, labels }: OverlayPane): void {
  const { left, top, width, height } = view.viewport;
  setText(context);
  const wanted = labels.map(({ text, place, weight }) => {
    const { x, y } = projectPlace(place, view);
    const size = {
      width: context.measureText(text).width + 2 * PADDING_PX,
      height: FONT_PX + 2 * PADDING_PX,
    };
    return { x: x - left, y: y - top, weight, ...size };
  });
  placeLabels(wanted, { width, height }).forEach((at, i) => {
    const label = labels[i];
    if (!at || !label) return;
    context.strokeText(label.text, at.x + left, at.y + top);
    context.fillStyle = label.colour;
    context.fillText(label.text, at.x + left, at.y + top);
  });
}

function setText(context: CanvasRenderingContext2D): void {
  context.font = `600 ${themeFont(FONT_PX)}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO_PX;
  context.strokeStyle = themeColour('--vscode-editor-background');
}
