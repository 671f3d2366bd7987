/** A panel over the page: opens at a point or below a button, closes on Escape and on a click elsewhere, gives the focus back. */
import { element } from '../../dom';

/** An open panel. */
export interface Popup {
  readonly element: HTMLElement;
  close(): void;
}

/** Where a panel opens, in pixels of the viewport. */
export interface PopupPlace {
  readonly x: number;
  readonly y: number;
}

/** What a panel is. */
export interface PopupOptions {
  readonly class: string;
  readonly role: 'menu' | 'dialog';
  readonly label: string;
  readonly place: PopupPlace;
}

/** The panel that is open: there is one at most. */
let open: Popup | undefined;

/** Opens a panel with its content; focus what comes first in it afterwards. */
export function openPopup(
  { class: look, role, label, place }: PopupOptions,
  content: readonly Node[],
): Popup {
  open?.close();
  const attributes = { role, 'aria-label': label, tabindex: '-1' };
  const root = element('div', { class: `popup ${look}`, attributes }, content);
  const before = document.activeElement;
  const controller = new AbortController();
  const { signal } = controller;
  const popup: Popup = {
    element: root,
    close: () => {
      if (open !== popup) return;
      open = undefined;
      controller.abort();
      const hadFocus = root.contains(document.activeElement);
      root.remove();
      if (hadFocus && before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
  };
  open = popup;
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    popup.close();
  });
  const closeOutside = ({ target }: Event) => {
    if (target instanceof Node && !root.contains(target)) popup.close();
  };
  window.addEventListener('pointerdown', closeOutside, { signal, capture: true });
  window.addEventListener('blur', () => popup.close(), { signal });
  window.addEventListener('resize', () => popup.close(), { signal });
  (document.getElementById('page') ?? document.body).append(root);
  keepInView(root, place);
  return popup;
}

/** Below a button. */
export function placeBelow(target: Element): PopupPlace {
  const { left, bottom } = target.getBoundingClientRect();
  return { x: left, y: bottom + 2 };
}

function keepInView(root: HTMLElement, { x, y }: PopupPlace): void {
  const { width, height } = root.getBoundingClientRect();
  root.style.left = `${Math.max(0, Math.min(x, window.innerWidth - width))}px`;
  root.style.top = `${Math.max(0, Math.min(y, window.innerHeight - height))}px`;
}
