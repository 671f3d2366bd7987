/** What lists of alerts have in common: icons, the button that acknowledges, and a focus that survives drawing anew. */
import * as l10n from '@vscode/l10n';
import type { AlertGroup } from '../src/domain/run/alertGroups';
import { element } from './dom';

/** Codicons by severity. */
export const ALERT_ICONS = { information: 'info', warning: 'warning', error: 'error' } as const;

/** What a button acknowledges: one alert group, and what the button is known by among others. */
export interface Acknowledgeable {
  readonly group: AlertGroup;
  readonly key: string;
  /** What a reader without eyes hears: which alert, and of which run where there are several. */
  readonly label: string;
}

/** A button, or the word that it was pressed: whoever acknowledges first does it for all. */
export function createAcknowledging(
  { group, key, label }: Acknowledgeable,
  acknowledge: () => void,
): HTMLElement {
  if (group.isAcknowledged) return element('span', { class: 'quiet', text: l10n.t('acknowledged') });
  const attributes = {
    type: 'button',
    'aria-label': l10n.t('Acknowledge: {0}', label),
    'data-kind': key,
  };
  const button = element('button', { class: 'text-button', text: l10n.t('Acknowledge'), attributes });
  button.addEventListener('click', acknowledge);
  return button;
}

/** Where the focus was on a button, it goes to that of the same alert, else to the next one, else to the summary. */
export function keepingFocus(list: HTMLElement, summary: HTMLElement, replace: () => void): void {
  const { activeElement } = document;
  const hadFocus = list.contains(activeElement);
  const kind = activeElement instanceof HTMLElement ? activeElement.dataset['kind'] : undefined;
  replace();
  if (!hadFocus) return;
  const buttons = [...list.querySelectorAll<HTMLElement>('button')];
  (buttons.find((button) => button.dataset['kind'] === kind) ?? buttons[0] ?? summary).focus();
}
