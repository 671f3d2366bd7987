/** The left rail: the runs in view, seed groups folded to one entry, with colour, eye, name, headline and state. */
import * as l10n from '@vscode/l10n';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import { formatNumber, formatPercent } from '../../../src/domain/display/format';
import { isLive, lookOf, stateInWords } from '../../../src/domain/display/runLook';
import type { SeedGroup } from '../../../src/domain/run/seedGroups';
import { TAG } from '../../../src/domain/metrics/tags';
import { createSwatch } from '../../charts/swatch';
import { createCutText } from '../../cutText';
import { element, icon } from '../../dom';
import type { MenuEntry } from '../../menu';
import { createMenuButton } from '../../menu';
import type { RunEntry } from '../state/model';
import type { RunCommand } from '../../../src/protocol/pages/dashboard';
import type { Store } from '../state/store';

/** Creates the rail. */
export function createRail(store: Store): HTMLElement {
  const search = element('input', {
    class: 'text-field',
    attributes: {
      type: 'search',
      placeholder: l10n.t('Search runs'),
      'aria-label': l10n.t('Search runs in view'),
    },
  });
  const add = element('button', { class: 'text-button', attributes: { type: 'button' } }, [
    icon('add'),
    document.createTextNode(l10n.t('Add run')),
  ]);
  add.addEventListener('click', () => store.post({ type: 'addRuns' }));
  const list = element('ul', { class: 'run-list', attributes: { 'aria-label': l10n.t('Runs in view') } });
  const root = element('aside', { class: 'rail', attributes: { 'aria-label': l10n.t('Runs'), id: 'rail' } }, [
    search,
    list,
    add,
  ]);
  let drawn = '';
  const draw = () => {
    const { model, layout } = store;
    const wanted = search.value.trim().toLowerCase();
    const shape = JSON.stringify([
      wanted,
      layout.hidden,
      layout.unfolded,
      model.groups.map(({ key }) => key),
      model.runs.map(shapeOf),
    ]);
    root.hidden = !layout.isRailOpen;
    // A menu that somebody reads stays until it is closed, whatever a live run says meanwhile.
    if (shape === drawn || list.querySelector('.menu:not([hidden])') !== null) return;
    drawn = shape;
    keepFocus(list, () => list.replaceChildren(...entriesOf(store, wanted)));
  };
  search.addEventListener('input', draw);
  list.addEventListener('focusout', () => requestAnimationFrame(draw));
  list.addEventListener('pointerleave', () => store.pointAtRun(null));
  store.onChange(draw);
  return root;
}

/** What an entry shows: it is drawn anew when this differs. */
function shapeOf({ summary, look, skipped, problems, tags }: RunEntry) {
  return [
    summary.folder,
    summary.name,
    stateInWords(summary),
    summary.headline?.value,
    look,
    skipped,
    problems,
    tags.get(TAG.loss)?.last,
  ];
}

/** An entry that has the keyboard keeps it when the list is drawn anew. */
function keepFocus(list: HTMLElement, redraw: () => void): void {
  const focused = document.activeElement;
  const name = focused && list.contains(focused) ? focused.getAttribute('data-focus') : null;
  redraw();
  if (name !== null) list.querySelector<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`)?.focus();
}

function entriesOf(store: Store, wanted: string): HTMLElement[] {
  const { model, layout } = store;
  const isWanted = (run: RunEntry) => run.summary.name.toLowerCase().includes(wanted);
  const grouped = new Set(model.groups.flatMap(({ folders }) => folders));
  const groupOf = new Map(
    model.groups.flatMap((group) => group.folders.slice(0, 1).map((first) => [first, group] as const)),
  );
  return model.runs.flatMap((run) => {
    const group = groupOf.get(run.folder);
    if (group) {
      const members = model.runs.filter(({ folder }) => group.folders.includes(folder));
      if (!members.some(isWanted)) return [];
      const isUnfolded = layout.unfolded.includes(group.key);
      const head = groupEntry(store, group, members);
      return isUnfolded
        ? [head, ...members.filter(isWanted).map((member) => runEntry(store, member, true))]
        : [head];
    }
    return grouped.has(run.folder) || !isWanted(run) ? [] : [runEntry(store, run, false)];
  });
}

function runEntry(store: Store, run: RunEntry, isMember: boolean): HTMLElement {
  const { summary, folder, look, problems, skipped } = run;
  const isHidden = store.layout.hidden.includes(folder);
  const state = lookOf(summary);
  const stateIcon = icon(state.icon);
  stateIcon.dataset['colour'] = state.colour;
  const warning = problems[0] ?? skippedText(skipped);
  const parts = [
    eyeButton(l10n.t('Show {0}', summary.name), isHidden, folder, () => store.toggle('hidden', folder)),
    createSwatch(hueVariable(look), DASHES[look.dash] ?? []),
    cutName(summary.name),
    element('span', { class: 'run-headline quiet', text: headlineOf(run) }),
    labelled(stateIcon, stateInWords(summary)),
    menuButton(store, run),
  ];
  const row = element(
    'li',
    { class: `run-entry${isMember ? ' is-member' : ''}${isHidden ? ' is-hidden' : ''}` },
    parts,
  );
  row.addEventListener('pointerenter', () => store.pointAtRun(isHidden ? null : folder));
  if (warning !== '') row.append(element('p', { class: 'run-warning quiet', text: warning }));
  return row;
}

function groupEntry(store: Store, group: SeedGroup, members: readonly RunEntry[]): HTMLElement {
  const isUnfolded = store.layout.unfolded.includes(group.key);
  const isHidden = members.every(({ folder }) => store.layout.hidden.includes(folder));
  const [first] = members;
  const fold = element('button', {
    class: `icon-button codicon codicon-chevron-${isUnfolded ? 'down' : 'right'}`,
    attributes: {
      type: 'button',
      'aria-expanded': String(isUnfolded),
      'aria-label': l10n.t('Draw the seeds of {0} one by one', group.name),
      'data-focus': `fold ${group.key}`,
    },
  });
  fold.title = l10n.t('Draw each seed');
  fold.addEventListener('click', () => store.toggle('unfolded', group.key));
  return element('li', { class: `run-entry is-group${isHidden ? ' is-hidden' : ''}` }, [
    eyeButton(l10n.t('Show {0}', group.name), isHidden, group.key, () => toggleAll(store, members, isHidden)),
    createSwatch(first ? hueVariable(first.look) : '', first ? (DASHES[first.look.dash] ?? []) : []),
    cutName(group.name),
    element('span', { class: 'run-headline quiet', text: groupHeadline(members) }),
    fold,
  ]);
}

/** What was unreadable in its files; empty for nothing. */
function skippedText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? l10n.t('1 damaged record was left out')
    : l10n.t('{0} damaged records were left out', count);
}

/** The mean of the members' figures, where all of them have the same. */
function groupHeadline(members: readonly RunEntry[]): string {
  const headlines = members.flatMap(({ summary }) => summary.headline ?? []);
  const seeds = members.length;
  const [first] = headlines;
  if (!first || headlines.length < members.length || headlines.some(({ label }) => label !== first.label))
    return l10n.t('{0} seeds', seeds);
  const mean = headlines.reduce((sum, { value }) => sum + value, 0) / headlines.length;
  return l10n.t('{0} {1}, {2} seeds', first.label, formatPercent(mean), seeds);
}

function toggleAll(store: Store, members: readonly RunEntry[], isHidden: boolean): void {
  const folders = members.map(({ folder }) => folder);
  const others = store.layout.hidden.filter((folder) => !folders.includes(folder));
  store.arrange({ hidden: isHidden ? others : [...others, ...folders] });
}

function eyeButton(label: string, isHidden: boolean, key: string, toggle: () => void): HTMLElement {
  const button = element('button', {
    class: `icon-button codicon codicon-${isHidden ? 'eye-closed' : 'eye'}`,
    attributes: {
      type: 'button',
      'aria-pressed': String(!isHidden),
      'aria-label': label,
      'data-focus': `eye ${key}`,
    },
  });
  button.title = isHidden ? l10n.t('Show') : l10n.t('Hide');
  button.addEventListener('click', toggle);
  return button;
}

function menuButton(store: Store, run: RunEntry): HTMLElement {
  const label = l10n.t('{0}, more', run.summary.name);
  const menu = createMenuButton(label, 'ellipsis', () => runMenu(store, run));
  menu.querySelector('button')?.setAttribute('data-focus', `menu ${run.folder}`);
  return menu;
}

/** Cut in the middle; whole in the tooltip. */
function cutName(name: string): HTMLElement {
  const text = createCutText();
  text.show(name);
  const root = element('span', { class: 'run-name' }, text.spans);
  root.title = name;
  return root;
}

function labelled(target: HTMLElement, words: string): HTMLElement {
  target.removeAttribute('aria-hidden');
  target.setAttribute('role', 'img');
  target.setAttribute('aria-label', words);
  target.title = words;
  return target;
}

/** The one figure of the run; its loss while there is none. */
function headlineOf({ summary, tags }: RunEntry): string {
  const { headline } = summary;
  if (headline) return `${headline.label} ${formatPercent(headline.value)}`;
  const loss = tags.get(TAG.loss)?.last;
  return loss === undefined ? '' : l10n.t('loss {0}', formatNumber(loss));
}

function runMenu(store: Store, { folder, summary }: RunEntry): readonly MenuEntry[] {
  const others = store.model.runs.map((run) => run.folder).filter((other) => other !== folder);
  const command = (name: RunCommand) => () => store.post({ type: 'command', command: name, run: folder });
  return [
    { label: l10n.t('Show only this run'), run: () => store.arrange({ hidden: others }) },
    { label: l10n.t('Show all runs'), run: () => store.arrange({ hidden: [] }) },
    ...(isLive(summary) ? [{ label: l10n.t('Stop run'), run: command('stop') }] : []),
    ...(summary.resumable && !isLive(summary)
      ? [{ label: l10n.t('Resume run'), run: command('resume') }]
      : []),
    ...(summary.kind === 'training'
      ? [{ label: l10n.t('Start again with changes'), run: command('startAgain') }]
      : []),
    { label: l10n.t('Inspect embeddings'), run: command('inspectEmbeddings') },
    { label: l10n.t('Show log'), run: command('showLog') },
    { label: l10n.t('Reveal run folder'), run: command('revealFolder') },
    { label: l10n.t('Remove from dashboard'), run: () => store.post({ type: 'removeRun', run: folder }) },
  ];
}
