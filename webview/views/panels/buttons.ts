/** Small buttons of the preview. */
import { element, icon } from '../../dom';

/** A button with an icon alone; its label is its name and its tooltip. */
export function createIconButton(label: string, iconName: string, act: () => void): HTMLButtonElement {
  const attributes = { type: 'button', 'aria-label': label, title: label };
  const button = element('button', { class: 'icon-button', attributes }, [icon(iconName)]);
  button.addEventListener('click', act);
  return button;
}
