/**
 * One chart of the curves: a line a run, the difference of two under it, and the same as a table. It asks one standing
 * query, fine enough that the difference is exact for all but very long runs.
 */
import * as l10n from '@vscode/l10n';
import type { ChartQuery } from '../../../src/domain/series/query';
import type { Held, Span } from '../../../src/domain/series/windows';
import { hold, NOTHING_HELD } from '../../../src/domain/series/windows';
import { chartOfTag } from '../../charts/catalogue';
import type { FiguresTable } from '../../charts/figuresTable';
import { createFiguresTable } from '../../charts/figuresTable';
import { figuresOfScene, footnoteOf } from '../../charts/lines/figures';
import type { LineChart } from '../../charts/lines/lineChart';
import { createLineChart } from '../../charts/lines/lineChart';
import type { Scene } from '../../charts/lines/scene';
import { emptyScene } from '../../charts/lines/scene';
import type { Queries, Question } from '../../charts/queries';
import type { FrameWork, Task } from '../../charts/work';
import type { Unit } from '../../charts/units';
import { element, setAttribute, setText, showIf } from '../../dom';
import type { CurveRunLook } from './scene';
import { curvesScene, differenceNote, differenceScene } from './scene';

/** What all cards of the section share. */
export interface CurvesHost {
  readonly queries: Queries;
  readonly work: FrameWork;
  readonly runs: readonly CurveRunLook[];
  readonly range: Span | null;
  readonly isGrowing: boolean;
  zoom(range: Span | null): void;
  /** Moves the crosshair of all other charts. */
  point(x: number | null, from: LineChart): void;
}

const HEIGHT_PX = 200;
const DIFFERENCE_HEIGHT_PX = 110;
/** Buckets of all lines of a chart: enough to pair every step of most runs, few enough for a frame. */
const MOST_BUCKETS = 40_000;
const BUCKETS_A_PIXEL = 2;
const FEWEST_PIXELS = 100;

/** A chart of one tag. */
export class CurveCard implements Task {
  readonly element: HTMLElement;
  readonly tag: string;
  readonly charts: readonly LineChart[];
  readonly #host: CurvesHost;
  readonly #unit: Unit;
  readonly #title: string;
  readonly #lines: LineChart;
  readonly #difference: LineChart;
  readonly #table: FiguresTable;
  readonly #parts: ReturnType<typeof createParts>;
  readonly #question: Question;
  #held: Held = NOTHING_HELD;
  #isWhole = false;

  constructor(tag: string, host: CurvesHost) {
    this.tag = tag;
    this.#host = host;
    ({ title: this.#title, unit: this.#unit } = chartOfTag(tag));
    this.#lines = this.#createChart(this.#title, HEIGHT_PX);
    this.#difference = this.#createChart(l10n.t('{0}, difference', this.#title), DIFFERENCE_HEIGHT_PX);
    this.charts = [this.#lines, this.#difference];
    this.#table = createFiguresTable(this.#title);
    showIf(this.#table.element, false);
    this.#parts = createParts(this.#title, [this.#lines.element, this.#difference.element], this.#table);
    this.element = this.#parts.root;
    this.#parts.table.addEventListener('click', () => this.#toggleTable());
    this.#question = host.queries.open((answer, isFirst) => {
      this.#held = hold(isFirst ? NOTHING_HELD : this.#held, answer);
      this.#isWhole = host.range === null;
      host.work.add(this);
    });
  }

  isUrgent(): boolean {
    return this.element.contains(document.activeElement);
  }

  /** Asks for what is to be drawn, and draws what is known. */
  run(): void {
    const { runs } = this.#host;
    this.#question.ask(queryOf(this.tag, this.#host));
    const scene = curvesScene(runs, { tag: this.tag, held: this.#held, unit: this.#unit });
    const difference = differenceScene(scene);
    showIf(this.#difference.element, runs.length === 2);
    this.#draw(this.#lines, scene);
    this.#draw(this.#difference, difference);
    setText(this.#parts.footnote, footnoteOf(scene, false));
    setText(this.#parts.note, differenceNote(difference));
    const rows = [scene, difference].flatMap((shown) => figuresOfScene(shown, this.#title));
    if (!this.#table.element.hidden) this.#table.fill(rows, this.#unit);
  }

  dispose(): void {
    this.#host.work.drop(this);
    this.#question.close();
    for (const chart of this.charts) chart.dispose();
    this.element.remove();
  }

  #createChart(title: string, heightPx: number): LineChart {
    const chart = createLineChart(title, this.#unit, {
      onZoom: (range) => this.#host.zoom(range),
      onPoint: (x) => this.#host.point(x, chart),
    });
    chart.setHeight(heightPx);
    chart.update(emptyScene(this.#unit), this.#view(), false);
    return chart;
  }

  #draw(chart: LineChart, scene: Scene): void {
    chart.update(scene, this.#view(), this.#isWhole && this.#host.range === null);
  }

  #view() {
    const { range, isGrowing } = this.#host;
    return { axis: 'step', logX: false, logY: false, range, isGrowing } as const;
  }

  #toggleTable(): void {
    const { table } = this.#parts;
    showIf(this.#table.element, this.#table.element.hidden);
    setAttribute(table, 'aria-pressed', String(!this.#table.element.hidden));
    this.#host.work.add(this);
  }
}

function queryOf(tag: string, { runs, range }: CurvesHost): ChartQuery {
  const share = MOST_BUCKETS / BUCKETS_A_PIXEL / Math.max(2, runs.length);
  return {
    lines: runs.map(({ folder }) => ({ run: folder, tag })),
    groups: [],
    axis: 'step',
    range,
    pixels: Math.round(Math.max(FEWEST_PIXELS, share)),
    smoothing: 0,
    band: 'deviation',
  };
}

function createParts(title: string, charts: readonly HTMLElement[], { element: figures }: FiguresTable) {
  const heading = element('h3', { class: 'quiet', text: title });
  const label = l10n.t('{0} as a table', title);
  const table = element('button', {
    class: 'icon-button codicon codicon-table',
    attributes: { type: 'button', 'aria-pressed': 'false', 'aria-label': label, title: label },
  });
  const note = element('p', { class: 'curve-note quiet' });
  const footnote = element('p', { class: 'curve-note quiet' });
  const caption = element('figcaption', {}, [heading, table]);
  const attributes = { 'aria-label': title };
  const parts = [caption, ...charts, note, footnote, figures];
  return { root: element('figure', { class: 'curve-card', attributes }, parts), table, note, footnote };
}
