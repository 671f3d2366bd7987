/**
 * Which runs of a list are shown. A filter is plain data that can be saved and read aloud; an empty list in it asks
 * for nothing. Archived runs are hidden until asked for, and whoever shows a list says how many they are.
 */
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { stateWord } from '../../display/runLook';
import type { RunRecord } from '../record';

const texts = v.optional(v.pipe(v.array(v.string()), v.readonly()), []);

/** A filter as it is saved; what is missing asks for nothing. */
export const runFilterSchema = v.object({
  /** Words that all must occur in name, id, notes or tags. */
  text: v.optional(v.string(), ''),
  /** Words of RUN_STATES and END_STATES, any of which will do. */
  states: texts,
  /** Tags, any of which will do. */
  tags: texts,
  losses: texts,
  groups: texts,
  starred: v.optional(v.boolean(), false),
  archived: v.optional(v.picklist(['hide', 'show', 'only']), 'hide'),
});

/** A filter; see runFilterSchema. */
export type RunFilter = v.InferOutput<typeof runFilterSchema>;

/** Asks for nothing. */
export const NO_FILTER: RunFilter = v.parse(runFilterSchema, {});

/** Whether a run is shown. */
export function passes({ summary }: RunRecord, filter: RunFilter): boolean {
  const { states, tags, losses, groups } = filter;
  return (
    (filter.archived === 'show' || summary.archived === (filter.archived === 'only')) &&
    (!filter.starred || summary.starred) &&
    among(states, [summary.state, ...(summary.endState === null ? [] : [summary.endState])]) &&
    among(tags, summary.tags) &&
    among(losses, [summary.loss]) &&
    among(groups, [summary.group]) &&
    hasAllWords(summary, filter.text)
  );
}

/** Whether a filter hides anything but archived runs. */
export function isActive(filter: RunFilter): boolean {
  return describeFilter(filter) !== '';
}

/** The filter in words, for example `failed or killed, tag baseline, "resnet"`; empty if it asks for nothing. */
export function describeFilter({ text, states, tags, losses, groups, starred, archived }: RunFilter): string {
  const parts = [
    starred ? l10n.t('starred') : '',
    anyOf(states.map(stateWord)),
    tags.length === 0 ? '' : l10n.t('tag {0}', anyOf(tags)),
    losses.length === 0 ? '' : l10n.t('loss {0}', anyOf(losses)),
    groups.length === 0 ? '' : l10n.t('group {0}', anyOf(groups)),
    archived === 'hide' ? '' : archived === 'only' ? l10n.t('archived only') : l10n.t('archived too'),
    text.trim() === '' ? '' : `"${text.trim()}"`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What the lists of a filter can name, from the runs at hand, each in alphabetical order. */
export function filterChoices(
  records: readonly RunRecord[],
): Pick<RunFilter, 'states' | 'tags' | 'losses' | 'groups'> {
  const all = (pick: (record: RunRecord) => readonly string[]) =>
    [...new Set(records.flatMap(pick))].filter((value) => value !== '').sort();
  return {
    states: all(({ summary }) => [
      summary.state === 'ended' ? (summary.endState ?? 'unknown') : summary.state,
    ]),
    tags: all(({ summary }) => summary.tags),
    losses: all(({ summary }) => [summary.loss]),
    groups: all(({ summary }) => [summary.group]),
  };
}

/** `a or b or c`. */
function anyOf(words: readonly string[]): string {
  return words.length === 0 ? '' : words.reduce((before, word) => l10n.t('{0} or {1}', before, word));
}

function among(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length === 0 || has.some((value) => wanted.includes(value));
}

function hasAllWords({ id, name, notes, tags }: RunRecord['summary'], text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const content = [id, name, notes, ...tags].join('\n').toLowerCase();
  return words.every((word) => content.includes(word));
}
