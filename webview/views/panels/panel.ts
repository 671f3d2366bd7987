/** What every part of the preview is: an element, and a way to bring it up to date. */
import type { DrawRequest } from '../../../src/protocol/preview';
import type { ViewsPageMessage } from '../../../src/protocol/pages/views';
import type { ViewsModel } from '../state/model';

/** A part of the page. */
export interface ViewsPanel {
  readonly element: HTMLElement;
  /** `now` in milliseconds since 1970. Called on each message, each wish and each second. */
  update(model: ViewsModel, now: number): void;
}

/** What parts of the page ask for. */
export interface ViewsActions {
  readonly want: (changes: Partial<DrawRequest>) => void;
  readonly run: (command: Extract<ViewsPageMessage, { type: 'command' }>['command']) => void;
}
