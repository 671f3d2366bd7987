/** Alerts of the runs in view: one line for all; on opening each with its run, cause and remedy, to acknowledge. */
import * as l10n from '@vscode/l10n';
import { alertStepsText, alertTimesText } from '../../../src/domain/display/alertWords';
import { formatAge, formatCount } from '../../../src/domain/display/format';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import { isPending } from '../../../src/domain/run/alertGroups';
import { ALERT_ICONS, createAcknowledging, keepingFocus } from '../../alerts';
import { createSwatch } from '../../charts/swatch';
import { element, icon, setIcon, setText, showIf } from '../../dom';
import type { AlertEntry } from '../state/alertList';
import { alertEntries, alertsLine } from '../state/alertList';
import type { Model } from '../state/model';
import { INITIAL_MODEL } from '../state/model';
import type { Store } from '../state/store';

/** Entries that are listed: nobody reads on. */
const MOST_ENTRIES = 200;

/** Creates the panel, hidden while there are no alerts. */
export function createAlerts(store: Store): HTMLElement {
  const summaryIcon = icon('warning');
  const summaryText = element('span', { class: 'ellipsis' });
  const summary = element('summary', {}, [summaryIcon, summaryText]);
  const list = element('ul', {
    attributes: { tabindex: '0', 'aria-label': l10n.t('Alerts of the runs in view') },
  });
  const root = element('details', { class: 'dashboard-alerts' }, [summary, list]);
  showIf(root, false);
  let drawn = '';
  let seen: Pick<Model, 'runs' | 'alerts'> = INITIAL_MODEL;
  store.onChange(() => {
    const { runs, alerts } = store.model;
    if (runs === seen.runs && alerts === seen.alerts) return;
    seen = { runs, alerts };
    const entries = alertEntries(seen);
    const [first] = entries;
    showIf(root, first);
    const next = keyOf(entries);
    if (first === undefined || next === drawn) return;
    drawn = next;
    const wantsAttention = isPending(first.group);
    setIcon(summaryIcon, wantsAttention ? ALERT_ICONS[first.group.severity] : 'pass');
    summaryIcon.dataset['tone'] = wantsAttention ? first.group.severity : 'information';
    setText(summaryText, alertsLine(entries));
    summaryText.title = first.group.cause;
    keepingFocus(list, summary, () => list.replaceChildren(...itemsOf(entries, store)));
  });
  return root;
}

/** What is seen of the entries: figures of live runs come often and change none of it. */
function keyOf(entries: readonly AlertEntry[]): string {
  return JSON.stringify(entries.map(({ run, name, group }) => [run.folder, run.look, name, group]));
}

function itemsOf(entries: readonly AlertEntry[], store: Store): HTMLElement[] {
  const now = Date.now();
  const shown = entries.slice(0, MOST_ENTRIES).map((entry) => itemOf(entry, now, store));
  const more = entries.length - shown.length;
  return more === 0
    ? shown
    : [...shown, element('li', { class: 'quiet', text: l10n.t('{0} more', formatCount(more)) })];
}

function itemOf({ run, name, group }: AlertEntry, now: number, { post }: Store): HTMLElement {
  const { folder, look, summary } = run;
  const glyph = icon(ALERT_ICONS[group.severity]);
  glyph.dataset['tone'] = group.severity;
  const title = element('span', { class: 'alert-run', text: name === '' ? summary.name : name });
  title.title = summary.name;
  const words = [group.kind, alertStepsText(group), alertTimesText(group), formatAge(group.at, now)];
  const facts = element('span', { class: 'quiet', text: words.filter((word) => word !== '').join(' · ') });
  facts.title = new Date(group.at).toLocaleString();
  const { kind, cause } = group;
  const button = createAcknowledging(
    { group, key: `${folder} ${kind}`, label: `${summary.name}, ${cause}` },
    () => post({ type: 'acknowledge', run: folder, kind }),
  );
  const swatch = createSwatch(hueVariable(look), DASHES[look.dash] ?? []);
  return element('li', { class: group.isAcknowledged ? 'quiet' : '' }, [
    element('div', { class: 'alert-head' }, [
      glyph,
      element('div', { class: 'alert-words' }, [swatch, title, facts, button]),
    ]),
    element('p', { text: cause }),
    element('p', { class: 'quiet', text: group.remedy }),
  ]);
}
