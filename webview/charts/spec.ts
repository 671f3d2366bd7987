/** What a chart shows, as data: which tags, in which colours, between which lines. */
import type { Unit } from './units';

/** A line of a chart. */
export interface SeriesSpec {
  readonly tag: string;
  /** Name at the end of the line; empty in charts of one line. */
  readonly label: string;
  /** CSS variable of the line's colour. */
  readonly colour: string;
}

/** A grey dashed line for scale, with its name at its end, above or below it. */
export interface ReferenceSpec {
  readonly tag: string;
  readonly label: string;
  readonly side: 'above' | 'below';
}

/** One chart. */
export interface ChartSpec {
  readonly title: string;
  /** What the one line of a chart is called within a sentence; the title in lower case where it is absent. */
  readonly word?: string;
  readonly series: readonly SeriesSpec[];
  readonly references: readonly ReferenceSpec[];
  readonly unit: Unit;
  /** Whether the chart stands empty until its first value, or is absent. */
  readonly whileEmpty: 'shown' | 'hidden';
}

/** Colours of lines in their order; told apart by people with any colour vision, in dark and light. */
export const LINE_COLOURS = [
  '--vscode-charts-blue',
  '--vscode-charts-orange',
  '--vscode-charts-purple',
  '--vscode-charts-green',
] as const;

/** Dash and gap of reference lines, in CSS pixels. */
export const DASH_PX = [5, 4] as const;

/** Every tag of a chart, lines first. */
export function tagsOf(spec: ChartSpec): readonly string[] {
  return [...spec.series, ...spec.references].map(({ tag }) => tag);
}
