/** Alerts: the newest in one line, all of them with cause and remedy on opening. */
import type { Alert } from '../../../src/domain/run/alert';
import { formatAge, formatCount } from '../../../src/domain/display/format';
import { element, icon, setIcon, setText, showIf } from '../../dom';
import type { Panel } from './panel';

const ICONS = { information: 'info', warning: 'warning', error: 'error' } as const;

/** Creates the list of alerts. */
export function createAlertsPanel(): Panel {
  const summaryIcon = icon('warning');
  const summaryText = element('span', { class: 'ellipsis' });
  const list = element('ul');
  const summary = element('summary', {}, [summaryIcon, summaryText]);
  const root = element('details', { class: 'panel alerts' }, [summary, list]);
  let drawn: readonly Alert[] = [];
  return {
    element: root,
    update: ({ alerts }, now) => {
      showIf(root, alerts.length > 0);
      const newest = alerts.at(-1);
      if (!newest || alerts === drawn) return;
      drawn = alerts;
      setIcon(summaryIcon, ICONS[newest.severity]);
      summaryIcon.dataset['tone'] = newest.severity;
      setText(summaryText, `${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}: ${newest.cause}`);
      summaryText.title = newest.cause;
      list.replaceChildren(...alerts.toReversed().map((alert) => createItem(alert, now)));
    },
  };
}

function createItem(alert: Alert, now: number): HTMLElement {
  const age = element('span', {
    class: 'quiet',
    text: `step ${formatCount(alert.step)}, ${formatAge(alert.at, now)}`,
  });
  age.title = new Date(alert.at).toLocaleString();
  return element('li', {}, [
    element('div', { text: alert.cause }),
    element('div', { class: 'quiet', text: alert.remedy }),
    age,
  ]);
}
