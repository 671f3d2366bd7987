/** What every part of the page is: an element, and a way to bring it up to date. */
import type { PageModel } from '../state/model';

/** A part of the page. */
export interface Panel {
  readonly element: HTMLElement;
  /** `now` in milliseconds since 1970. Called on each message and each second. */
  update(model: PageModel, now: number): void;
}
