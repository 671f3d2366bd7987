/** Alerts: the one that wants attention most in one line; on opening all of them, with cause and remedy, to acknowledge. */
import type { AlertGroup } from '../../../src/domain/run/alertGroups';
import { countPending, groupAlerts } from '../../../src/domain/run/alertGroups';
import { formatAge } from '../../../src/domain/display/format';
import { element, icon, setIcon, setText, showIf } from '../../dom';
import { alertStepsText, alertsSummary } from '../state/words';
import type { Panel } from './panel';

const ICONS = { information: 'info', warning: 'warning', error: 'error' } as const;

/** Creates the list of alerts. `acknowledge` is told the kind. */
export function createAlertsPanel(acknowledge: (kind: string) => void): Panel {
  const summaryIcon = icon('warning');
  const summaryText = element('span', { class: 'ellipsis' });
  const list = element('ul');
  const summary = element('summary', {}, [summaryIcon, summaryText]);
  const root = element('details', { class: 'panel alerts' }, [summary, list]);
  let drawn = '';
  return {
    element: root,
    update: ({ alerts, run }, now) => {
      const groups = groupAlerts(alerts, run?.acknowledged);
      const [first] = groups;
      showIf(root, first);
      const next = JSON.stringify(groups);
      if (!first || next === drawn) return;
      drawn = next;
      setIcon(summaryIcon, countPending(groups) === 0 ? 'pass' : ICONS[first.severity]);
      summaryIcon.dataset['tone'] = countPending(groups) === 0 ? 'information' : first.severity;
      setText(summaryText, alertsSummary(groups));
      summaryText.title = first.cause;
      keepingFocus(list, summary, () =>
        list.replaceChildren(...groups.map((group) => createItem(group, now, acknowledge))),
      );
    },
  };
}

function createItem(group: AlertGroup, now: number, acknowledge: (kind: string) => void): HTMLElement {
  const age = element('span', {
    class: 'quiet',
    text: `${alertStepsText(group)}, ${formatAge(group.at, now)}`,
  });
  age.title = new Date(group.at).toLocaleString();
  const cause = element('div', { class: group.isAcknowledged ? 'quiet' : '', text: group.cause });
  const foot = element('div', { class: 'alert-foot' }, [age, createAcknowledging(group, acknowledge)]);
  return element('li', {}, [cause, element('div', { class: 'quiet', text: group.remedy }), foot]);
}

/** A button, or the word that it was pressed: whoever acknowledges first does it for all. */
function createAcknowledging(
  { kind, cause, isAcknowledged }: AlertGroup,
  acknowledge: (kind: string) => void,
): HTMLElement {
  if (isAcknowledged) return element('span', { class: 'quiet', text: 'acknowledged' });
  const attributes = { type: 'button', 'aria-label': `Acknowledge: ${cause}`, 'data-kind': kind };
  const button = element('button', { class: 'text-button', text: 'Acknowledge', attributes });
  button.addEventListener('click', () => acknowledge(kind));
  return button;
}

/** Where the focus was on a button, it goes to that of the same alert, else to the next one, else to the summary. */
function keepingFocus(list: HTMLElement, summary: HTMLElement, replace: () => void): void {
  const { activeElement } = document;
  const hadFocus = list.contains(activeElement);
  const kind = activeElement instanceof HTMLElement ? activeElement.dataset['kind'] : undefined;
  replace();
  if (!hadFocus) return;
  const buttons = [...list.querySelectorAll<HTMLElement>('button')];
  (buttons.find((button) => button.dataset['kind'] === kind) ?? buttons[0] ?? summary).focus();
}
