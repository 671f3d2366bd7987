/**
 * Which charts the page has, in which sections: our own tags as the catalogue says, every other tag as a chart of
 * its own, in a section named by what stands before its first slash. Pure, from the names of the tags alone.
 */
import * as l10n from '@vscode/l10n';
import type { Section } from '../../charts/catalogue';
import { lineTitle, SECTIONS } from '../../charts/catalogue';
import type { ChartSpec, ReferenceSpec } from '../../charts/spec';
import type { Unit } from '../../charts/units';
import { PLAIN } from '../../charts/units';

/** One chart to be drawn. */
export interface PlannedChart {
  /** Its tags, joined: what the arrangement remembers it by. */
  readonly key: string;
  readonly title: string;
  readonly tags: readonly PlannedTag[];
  readonly references: readonly ReferenceSpec[];
  readonly unit: Unit;
}

/** A tag of a chart; the label tells it from the others, and is empty where it is the only one. */
export interface PlannedTag {
  readonly tag: string;
  readonly label: string;
}

/** A titled group of charts. */
export interface PlannedSection {
  /** What the arrangement remembers it by, whatever the language. */
  readonly key: string;
  readonly title: string;
  readonly charts: readonly PlannedChart[];
}

/** What decides about the charts beside the tags. */
export interface PlanOptions {
  /** Lower case; a chart stays if its title or a tag contains it. */
  readonly search: string;
  /** Whether one run is in view: then tags that belong together share a chart. */
  readonly isSingle: boolean;
  readonly pinned: readonly string[];
}

const PINNED = { key: 'Pinned', title: l10n.t('Pinned') };
/** Tags without a slash. */
const UNGROUPED = { key: 'Ungrouped', title: l10n.t('Ungrouped') };

/** Figures on the test split have a table of their own: one value makes no curve. */
const FIGURE_PREFIX = 'test/';

const byName = new Intl.Collator('en', { numeric: true });

/** The sections in order; those without a chart are left out. */
export function planSections(tags: ReadonlySet<string>, options: PlanOptions): readonly PlannedSection[] {
  const sections = [...catalogueSections(tags, options.isSingle), ...otherSections(tags)];
  const found = sections.map((section) => ({
    ...section,
    charts: section.charts.filter(matches(options.search)),
  }));
  const all = new Map(found.flatMap(({ charts }) => charts).map((chart) => [chart.key, chart]));
  const pinned = options.pinned.flatMap((key) => all.get(key) ?? []);
  return [{ ...PINNED, charts: pinned }, ...found].filter(({ charts }) => charts.length > 0);
}

function matches(search: string): (chart: PlannedChart) => boolean {
  if (search === '') return () => true;
  return ({ title, tags }) =>
    title.toLowerCase().includes(search) || tags.some(({ tag }) => tag.toLowerCase().includes(search));
}

function catalogueSections(tags: ReadonlySet<string>, isSingle: boolean): PlannedSection[] {
  return SECTIONS.map(({ key, title, charts }: Section) => ({
    key,
    title,
    charts: charts.flatMap((spec) =>
      (isSingle ? [wholeChart(spec, tags)] : splitChart(spec, tags)).filter(hasTags),
    ),
  }));
}

function wholeChart(spec: ChartSpec, tags: ReadonlySet<string>): PlannedChart {
  const series = spec.series.filter(({ tag }) => tags.has(tag));
  return planned(spec, spec.title, series);
}

function splitChart(spec: ChartSpec, tags: ReadonlySet<string>): PlannedChart[] {
  const series = spec.series.filter(({ tag }) => tags.has(tag));
  return series.map(({ tag, label }) => planned(spec, lineTitle(spec, label), [{ tag, label: '' }]));
}

function planned(spec: ChartSpec, title: string, series: readonly PlannedTag[]): PlannedChart {
  return {
    key: series.map(({ tag }) => tag).join('+'),
    title,
    tags: series.map(({ tag, label }) => ({ tag, label })),
    references: spec.references,
    unit: spec.unit,
  };
}

function hasTags({ tags }: PlannedChart): boolean {
  return tags.length > 0;
}

const KNOWN_TAGS: ReadonlySet<string> = new Set(
  SECTIONS.flatMap(({ charts }) => charts).flatMap(({ series, references }) =>
    [...series, ...references].map(({ tag }) => tag),
  ),
);

function otherSections(tags: ReadonlySet<string>): PlannedSection[] {
  const byPrefix = new Map<string, PlannedChart[]>();
  const others = [...tags].filter((tag) => !KNOWN_TAGS.has(tag) && !tag.startsWith(FIGURE_PREFIX));
  for (const tag of others.sort((a, b) => byName.compare(a, b))) {
    const slash = tag.indexOf('/');
    const prefix = slash > 0 ? tag.slice(0, slash) : '';
    const charts = byPrefix.get(prefix) ?? [];
    charts.push(genericChart(tag, slash > 0 ? tag.slice(slash + 1) : tag));
    byPrefix.set(prefix, charts);
  }
  const sections = [...byPrefix].map(([prefix, charts]) => ({ ...headOf(prefix), charts }));
  return sections.sort((a, b) => byName.compare(a.title, b.title));
}

/** A prefix may be called as one of our own sections is. */
function headOf(prefix: string): Pick<PlannedSection, 'key' | 'title'> {
  return prefix === '' ? UNGROUPED : { key: `${prefix}/`, title: prefix };
}

function genericChart(tag: string, title: string): PlannedChart {
  return { key: tag, title, tags: [{ tag, label: '' }], references: [], unit: PLAIN };
}
