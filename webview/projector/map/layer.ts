/** What lies over the points: names, contours, rings, pictures, trails, what the hand draws, the line between maps. */
import type { Pane } from '../../../src/domain/maps/request';
import { themeColour } from '../../charts/theme';
import { createOverlay } from '../render/overlay/overlay';
import type { Gesture, OverlayPane, OverlayRing } from '../render/overlay/scene';
import type { CanvasSize } from '../render/scene';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { axisWords } from '../state/words';
import { PaneMarks } from './labels';
import type { MapColours } from './palette';
import { cssColour } from './palette';
import type { DrawnPane, MapScene } from './scene';
import { drawTrails } from './trails';

/** The layer above the points. */
export interface Layer {
  readonly canvas: HTMLCanvasElement;
  resize(size: CanvasSize): void;
  draw(colours: MapColours): void;
  /** What is being drawn by hand in a pane; null for nothing. */
  setGesture(gesture: { readonly pane: Pane; readonly gesture: Gesture } | null): void;
}

const BORDER_ALPHA = 0.3;

/** Puts the layer into the target. */
export function createLayer(target: HTMLElement, store: Store, scene: MapScene): Layer {
  const overlay = createOverlay(target);
  const marks = { left: new PaneMarks('left'), right: new PaneMarks('right') };
  let drawing: { readonly pane: Pane; readonly gesture: Gesture } | null = null;
  const overlayOf = (drawn: DrawnPane, colours: MapColours): OverlayPane => {
    const { pane, view } = drawn;
    const { layout, legend } = store;
    const colour = themeColour('--vscode-foreground');
    const { hidden } = store.view;
    return {
      view,
      projected: scene.pickerOf(pane).project(view),
      labels: layout.hasLabels ? marks[pane].labels(view, legend, { hidden, colour }) : [],
      contours: layout.hasDensity ? marks[pane].contours(view, colour) : [],
      rings: ringsOf(store, pane),
      pictures: picturesOf(store, pane, colours),
      gesture: drawing?.pane === pane ? drawing.gesture : null,
      axes: axesOf(store, pane),
    };
  };
  return {
    canvas: overlay.canvas,
    resize: (size) => overlay.resize(size),
    setGesture: (gesture) => {
      drawing = gesture;
    },
    draw: (colours) => {
      const panes = scene.panes();
      overlay.draw(panes.map((drawn) => overlayOf(drawn, colours)));
      const pen = overlay.canvas.getContext('2d');
      if (!pen) return;
      for (const drawn of panes) drawTrails(pen, store, drawn);
      drawBorder(pen, scene);
    },
  };
}

/** The pinned sample, the one pointed at and their partners, and the neighbours of the pinned one. */
function ringsOf(store: Store, pane: Pane): OverlayRing[] {
  const { pinned, pointed } = store.view;
  const here = (place: Place | null): number[] => {
    const partner = place && store.partnerOf(place);
    return [place, partner].flatMap((one) => (one?.pane === pane ? [one.row] : []));
  };
  const neighbours = here(pinned).flatMap((row) => [...(store.knownNeighboursOf({ pane, row })?.rows ?? [])]);
  return [
    ...neighbours.map((row) => ({ row, kind: 'neighbour' as const })),
    ...here(pinned).map((row) => ({ row, kind: 'pinned' as const })),
    ...here(pointed).map((row) => ({ row, kind: 'hover' as const })),
  ];
}

function picturesOf(store: Store, pane: Pane, { palette }: MapColours): OverlayPane['pictures'] {
  const pictures = store.layout.hasPictures ? store.picturesOf(pane) : null;
  return pictures && { store: pictures, frames: palette.map(cssColour) };
}

function axesOf({ model, epochs }: Store, pane: Pane): readonly string[] {
  const axes = model.panes?.[pane]?.maps.get(epochs[pane] ?? 0)?.axes ?? [];
  // Those that were chosen are named by the choice, in the words of the reader.
  const chosen = model.shownMap.axes.map(axisWords);
  return model.shownMap.method === 'axes' && chosen.length === axes.length ? chosen : axes;
}

/** The line between two maps. */
function drawBorder(pen: CanvasRenderingContext2D, scene: MapScene): void {
  const second = scene.placed[1]?.viewport;
  if (!second) return;
  pen.lineWidth = 1;
  pen.strokeStyle = themeColour('--vscode-foreground');
  pen.globalAlpha = BORDER_ALPHA;
  const [x, y] = [Math.max(0, second.left - 0.5), Math.max(0, second.top - 0.5)];
  pen.beginPath();
  pen.moveTo(x, y);
  if (second.left > 0) pen.lineTo(x, second.height);
  else pen.lineTo(second.width, y);
  pen.stroke();
  pen.globalAlpha = 1;
}
