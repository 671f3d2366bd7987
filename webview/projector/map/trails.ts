/**
 * How selected samples move: over the epochs whose maps are here, and on the right map from their place on the left
 * one. Nothing is drawn where the maps are weakly aligned.
 */
import type { MapDimensions, Pane } from '../../../src/domain/maps/request';
import { arrowHead } from '../../../src/domain/maps/view/arrow';
import type { Place, Step } from '../../../src/domain/maps/view/camera';
import type { View } from '../../../src/domain/maps/view/project';
import { projectPlace } from '../../../src/domain/maps/view/project';
import { themeColour } from '../../charts/theme';
import { epochsOf, paneOf } from '../state/model';
import { selectedRows } from '../state/selection';
import type { Store } from '../state/store';
import { isWeaklyAligned } from '../state/view';
import type { DrawnPane } from './scene';

const MOST_TRAILS = 300;
const ALPHA = 0.5;
const HEAD = { length: 8, width: 7 } as const;

/** Draws the trails of one pane. */
export function drawTrails(pen: CanvasRenderingContext2D, store: Store, drawn: DrawnPane): void {
  if (!store.view.hasTrails || isWeaklyAligned(store.model, store.view)) return;
  const rows = selectedRows(store.view.selection, drawn.pane).subarray(0, MOST_TRAILS);
  const { left, top, width, height } = drawn.viewport;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.strokeStyle = themeColour('--vscode-foreground');
  pen.fillStyle = pen.strokeStyle;
  pen.globalAlpha = ALPHA;
  for (const row of rows) drawTrail(pen, stationsOf(store, drawn, row), drawn.view);
  pen.restore();
}

/** An arrow through the places; without its head where it is shorter than that. */
function drawTrail(pen: CanvasRenderingContext2D, stations: readonly Place[], view: View): void {
  const pixels = stations.map((place) => projectPlace(place, view));
  if (pixels.length < 2) return;
  trace(pen, pixels);
  pen.stroke();
  const head = arrowHead(pixels, HEAD);
  if (head === null) return;
  trace(pen, head);
  pen.fill();
}

function trace(pen: CanvasRenderingContext2D, pixels: readonly Step[]): void {
  pen.beginPath();
  for (const { x, y } of pixels) pen.lineTo(x, y);
}

/** Places of a sample up to the epoch shown; on the right map first the place of its partner. */
function stationsOf(store: Store, { pane, view }: DrawnPane, row: number): Place[] {
  const { dimensions } = view.points;
  const shown = store.epochs[pane] ?? 0;
  const partner = pane === 'right' ? store.partnerOf({ pane, row }) : null;
  const epochs = epochsOf(paneOf(store.model, pane), store.model.shownMap.table);
  const before = epochs.filter((epoch) => epoch <= shown);
  const places = partner
    ? [
        placeAt(store, { pane: 'left', epoch: store.epochs.left, row: partner.row, dimensions }),
        placeAt(store, { pane, epoch: shown, row, dimensions }),
      ]
    : before.map((epoch) => placeAt(store, { pane, epoch, row, dimensions }));
  return places.filter((place) => place !== null);
}

interface Station {
  readonly pane: Pane;
  readonly epoch: number;
  readonly row: number;
  readonly dimensions: MapDimensions;
}

function placeAt({ model }: Store, { pane, epoch, row, dimensions }: Station): Place | null {
  const map = paneOf(model, pane)?.maps.get(epoch);
  if (map?.dimensions !== dimensions) return null;
  const at = (axis: number) => map.positions[row * dimensions + axis] ?? NaN;
  const place = [at(0), at(1), dimensions === 3 ? at(2) : 0] as const;
  return place.every(Number.isFinite) ? place : null;
}
