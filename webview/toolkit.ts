/**
 * The one module that imports the webview toolkit, so that another set of controls can take its place.
 * The rest of the page sees ordinary elements.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';
import { icon } from './dom';

/** How much a button asks for attention. */
export type ButtonLook = 'primary' | 'secondary';

/** Registers the controls; call once before any is created. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}

/** A button with a codicon and a verb. */
export function createButton(label: string, iconName: string, look: ButtonLook): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', look);
  const glyph = icon(iconName);
  glyph.slot = 'start';
  button.append(glyph, label);
  return button;
}

/** A ring for work without a known length; say beside it what is awaited. */
export function createProgressRing(): HTMLElement {
  const ring = document.createElement('vscode-progress-ring');
  ring.setAttribute('aria-hidden', 'true');
  return ring;
}
