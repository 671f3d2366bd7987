/**
 * The section of the samples: whose answer changed, the most confident changes first, each with its picture once the
 * host has read it out of the run's data set.
 */
import * as l10n from '@vscode/l10n';
import { letterOf } from '../../src/domain/diff/columns';
import { formatPercent } from '../../src/domain/display/format';
import type { ChangedSample, SamplesDiff } from '../../src/domain/diff/runDiff';
import { changeInWords, summaryOfSamples } from '../../src/domain/diff/words';
import { element, icon } from '../dom';
import type { DiffContext } from './context';
import { createSection, foldLine } from './section';

/** Samples in view before the rest is unfolded. */
const FEW = 12;

/** The section. */
export function samplesSection(context: DiffContext): HTMLElement {
  const { diffs, problems } = context.diff.samples;
  const summary = diffs.length === 1 ? diffs.map(summaryOfSamples).join() : '';
  return createSection(
    { title: l10n.t('Samples'), summary, problems },
    diffs.flatMap((diff) => samplesOf(diff, context)),
  );
}

function samplesOf(diff: SamplesDiff, { diff: whole, all, pictures }: DiffContext): HTMLElement[] {
  const key = whole.columns[diff.column]?.key ?? '';
  const shelf = pictures.shelfOf(key, diff);
  const heading = `${letterOf(diff.column)}: ${summaryOfSamples(diff)}`;
  const few = all ? diff.shown.length : FEW;
  const list = (samples: readonly ChangedSample[]) =>
    element(
      'ul',
      { class: 'samples', attributes: { 'aria-label': l10n.t('Samples whose answer changed') } },
      samples.map((sample) => itemOf(sample, shelf.place(sample))),
    );
  const rest = diff.shown.slice(few);
  return [
    ...(whole.columns.length > 2 ? [element('h3', { class: 'quiet', text: heading })] : []),
    ...(diff.shown.length === 0 ? [] : [shelf.note, list(diff.shown.slice(0, few))]),
    ...foldLine(l10n.t('{0} more', rest.length), rest.length, () => [list(rest)]),
  ];
}

const GLYPHS = { worse: 'close', better: 'check', other: 'arrow-swap' } as const;

function itemOf(sample: ChangedSample, picture: HTMLElement): HTMLElement {
  const { id, label, baselineAnswer, answer, baselineConfidence, confidence, change } = sample;
  const glyph = icon(GLYPHS[change]);
  const words = [
    element('span', { class: 'sample-name' }, [
      glyph,
      element('span', { text: label }),
      srOnly(`, ${changeInWords(change)}`),
    ]),
    element('span', { class: 'quiet', text: `${baselineAnswer} → ${answer}` }),
  ];
  const title = [
    `${id}: ${label}`,
    `a ${baselineAnswer} ${formatPercent(baselineConfidence)}`,
    l10n.t('here {0} {1}', answer, formatPercent(confidence)),
  ].join('\n');
  return element('li', { class: 'sample', attributes: { 'data-change': change, title } }, [
    picture,
    element('span', { class: 'sample-id quiet', text: id }),
    element('span', { class: 'sample-words' }, words),
  ]);
}

function srOnly(text: string): HTMLElement {
  return element('span', { class: 'for-readers', text });
}
