/** A menu: items that do something and close it; arrow keys, Home and End, first letters. */
import { element, icon } from '../../dom';
import type { PopupPlace } from './popup';
import { openPopup } from './popup';

/** One item, or a line between two groups. */
export type MenuItem = { readonly label: string; readonly icon?: string; run(): void } | 'separator';

/** Opens a menu; nothing happens without items. */
export function openMenu(label: string, items: readonly MenuItem[], place: PopupPlace): void {
  if (items.length === 0) return;
  const nodes = items.map((item) => (item === 'separator' ? separator() : itemNode(item)));
  const buttons = nodes.filter((node) => node.getAttribute('role') === 'menuitem');
  const popup = openPopup({ class: 'menu', role: 'menu', label, place }, nodes);
  popup.element.addEventListener('click', ({ target }) => {
    const item = items[nodes.findIndex((node) => target instanceof Node && node.contains(target))];
    if (item === undefined || item === 'separator') return;
    popup.close();
    item.run();
  });
  popup.element.addEventListener('keydown', (event) => onKey(event, buttons));
  buttons[0]?.focus();
}

function itemNode({ label, icon: name }: Exclude<MenuItem, 'separator'>): HTMLElement {
  const attributes = { role: 'menuitem', type: 'button', tabindex: '-1' };
  return element('button', { class: 'menu-item', attributes }, [
    name === undefined ? element('span', { class: 'menu-gap' }) : icon(name),
    document.createTextNode(label),
  ]);
}

function separator(): HTMLElement {
  return element('div', { class: 'menu-separator', attributes: { role: 'separator' } });
}

function onKey(event: KeyboardEvent, buttons: readonly HTMLElement[]): void {
  const place = buttons.findIndex((button) => button === document.activeElement);
  const next = nextPlace(event.key, place, buttons);
  if (event.key === 'Tab') event.preventDefault();
  if (next === undefined) return;
  event.preventDefault();
  buttons[next]?.focus();
}

function nextPlace(key: string, place: number, buttons: readonly HTMLElement[]): number | undefined {
  const { length } = buttons;
  if (key === 'ArrowDown') return (place + 1) % length;
  if (key === 'ArrowUp') return (place - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const turned = Array.from({ length }, (_, i) => (place + 1 + i) % length);
  const letter = key.toLowerCase();
  return turned.find((i) => buttons[i]?.textContent.trim().toLowerCase().startsWith(letter));
}
