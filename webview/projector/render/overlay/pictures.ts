/** Pictures of the samples in place of their points, once so few are in view that they can be looked at. */
import { LOOK } from '../../../../src/domain/maps/view/points';
import { rowsInView } from '../../../../src/domain/maps/view/pictures';
import type { StoredPicture } from '../pictureStore';
import type { OverlayPane } from './scene';

/** Of the longer side. */
const SIDE_PX = 40;
const FRAME_PX = 2;
const EMPHASISED_FRAME_PX = 4;
const FADED_ALPHA = 0.35;

/** Draws the pictures that are there, and asks for those that are not. */
export function drawPictures(context: CanvasRenderingContext2D, pane: OverlayPane): void {
  const { pictures, projected, view } = pane;
  if (!pictures) return;
  const rows = rowsInView(projected, view.viewport);
  if (!rows) return;
  context.save();
  // Small pictures are enlarged: their pixels are what is of interest.
  context.imageSmoothingEnabled = false;
  for (const row of rows) {
    const picture = pictures.store.pictureOf(row);
    if (picture) drawPicture(context, pane, { row, picture });
  }
  context.restore();
}

function drawPicture(
  context: CanvasRenderingContext2D,
  { view, projected, pictures }: OverlayPane,
  { row, picture }: { readonly row: number; readonly picture: StoredPicture },
): void {
  const { sheet, x, y, width, height } = picture;
  const scale = SIDE_PX / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  const left = Math.round((projected.xy[2 * row] ?? 0) - wide / 2);
  const top = Math.round((projected.xy[2 * row + 1] ?? 0) - high / 2);
  const look = view.points.looks[row];
  const frame = look === LOOK.emphasised ? EMPHASISED_FRAME_PX : FRAME_PX;
  const frames = pictures?.frames ?? [];
  context.globalAlpha = look === LOOK.faded ? FADED_ALPHA : 1;
  context.fillStyle = frames[(view.points.colours[row] ?? 0) % frames.length] ?? 'gray';
  context.fillRect(left - frame, top - frame, wide + 2 * frame, high + 2 * frame);
  context.drawImage(sheet, x, y, width, height, left, top, wide, high);
}
