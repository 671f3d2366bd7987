/** The pictures of both panes, which ask the host for the pages that are looked at. */
import type { Pane } from '../../../src/domain/maps/request';
import type { ProjectorPageMessage } from '../../../src/protocol/pages/projector';
import type { PictureStore } from '../render/pictureStore';
import { createPictureStore } from '../render/pictureStore';
import type { ProjectorModel, Sides } from './model';

export const NO_PICTURES: Sides<PictureStore | null> = { left: null, right: null };

/** Stores for sources that were just opened; null for a source without pictures. */
export function pictureStores(
  { panes }: ProjectorModel,
  post: (message: ProjectorPageMessage) => void,
): Sides<PictureStore | null> {
  const of = (pane: Pane) => {
    const format = panes?.[pane]?.source.pictures;
    if (!format) return null;
    return createPictureStore({ format, request: (page) => post({ type: 'pictures', pane, page }) });
  };
  return { left: of('left'), right: of('right') };
}
