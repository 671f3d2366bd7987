/** Buttons and fields that several panels have. */
import { element, icon } from '../../dom';

/** A button that is only an icon; its name is its tooltip too. */
export function iconButton(label: string, glyph: string, onClick: () => void): HTMLButtonElement {
  const attributes = { type: 'button', 'aria-label': label };
  const button = element('button', { class: `icon-button codicon codicon-${glyph}`, attributes });
  button.title = label;
  button.addEventListener('click', onClick);
  return button;
}

/** A button with a verb. */
export function textButton(text: string, glyph: string | null, onClick: () => void): HTMLButtonElement {
  const children = [...(glyph === null ? [] : [icon(glyph)]), document.createTextNode(text)];
  const button = element('button', { class: 'text-button', attributes: { type: 'button' } }, children);
  button.addEventListener('click', onClick);
  return button;
}

/** A button that is on or off; `aria-pressed` is the caller's. */
export function toggleButton(text: string, title: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { class: 'toggle-button', text, attributes: { type: 'button' } });
  button.title = title;
  button.addEventListener('click', onClick);
  return button;
}

/** A whole number within bounds; what is typed beyond them goes to the nearest bound. */
export function numberField(
  label: string,
  { least, most }: { readonly least: number; readonly most: number },
  onChange: (value: number) => void,
): { readonly element: HTMLElement; show(value: number): void } {
  const attributes = { type: 'number', min: String(least), max: String(most), step: '1' };
  const input = element('input', { class: 'text-field short-field', attributes });
  let shown = least;
  input.addEventListener('change', () => {
    const value = Math.round(Number(input.value));
    shown = input.value.trim() === '' ? shown : Math.max(least, Math.min(most, value));
    input.value = String(shown);
    onChange(shown);
  });
  const root = element('label', { class: 'bar-field' }, [
    element('span', { class: 'quiet', text: label }),
    input,
  ]);
  return {
    element: root,
    show: (value) => {
      shown = value;
      if (document.activeElement !== input) input.value = String(value);
    },
  };
}

/** A part of the side that folds. */
export function section(title: string, children: readonly Node[], isOpen = true): HTMLDetailsElement {
  const heading = element('summary', {}, [element('h2', { text: title })]);
  const root = element('details', { class: 'side-section' }, [
    heading,
    element('div', { class: 'side-body' }, children),
  ]);
  root.open = isOpen;
  return root;
}
