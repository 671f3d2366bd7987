/** Alerts: the one that wants attention most in one line; on opening all of them, with cause and remedy, to acknowledge. */
import type { AlertGroup } from '../../../src/domain/run/alertGroups';
import { countPending, groupAlerts } from '../../../src/domain/run/alertGroups';
import { alertStepsText } from '../../../src/domain/display/alertWords';
import { formatAge } from '../../../src/domain/display/format';
import { ALERT_ICONS, createAcknowledging, keepingFocus } from '../../alerts';
import { element, icon, setIcon, setText, showIf } from '../../dom';
import { alertsSummary } from '../state/words';
import type { Panel } from './panel';

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
      setIcon(summaryIcon, countPending(groups) === 0 ? 'pass' : ALERT_ICONS[first.severity]);
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
    text: [alertStepsText(group), formatAge(group.at, now)].join(', '),
  });
  age.title = new Date(group.at).toLocaleString();
  const cause = element('div', { class: group.isAcknowledged ? 'quiet' : '', text: group.cause });
  const { kind, cause: label } = group;
  const button = createAcknowledging({ group, key: kind, label }, () => acknowledge(kind));
  const foot = element('div', { class: 'alert-foot' }, [age, button]);
  return element('li', {}, [cause, element('div', { class: 'quiet', text: group.remedy }), foot]);
}
