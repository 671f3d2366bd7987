/**
 * A host inside the page in place of the editor: it answers every question from made-up runs. It is bundled and runs
 * before the page's own script. Tests reach it as `window.stubHost`.
 */
import { assignLooks } from '../../../src/domain/display/runColours';
import type { LineSource } from '../../../src/domain/series/answer';
import { answerQuery } from '../../../src/domain/series/answer';
import { GrowingSeries } from '../../../src/domain/series/growingSeries';
import { SeriesOrders } from '../../../src/domain/series/ordered';
import type { ChartQuery, Line } from '../../../src/domain/series/query';
import type { Layout, PageMessage } from '../../../src/protocol/pages/dashboard';
import { DEFAULT_LAYOUT } from '../../../src/protocol/pages/dashboard';
import type { Columns, Scenario } from './series';
import { columnsOf, noise, SCENARIO, summaryOf } from './series';
import { viewsOf } from './views';

/** What a test can do with the host. */
export interface StubHost {
  readonly posted: PageMessage[];
  readonly remembered: unknown[];
  /** Milliseconds that the last answer took to compute, which is not the page's. */
  computeMs: number;
  /** Answers given so far. */
  answered: number;
  open(scenario: Partial<Scenario>, layout?: Partial<Layout>): void;
  /** Lets every run go on by some points. */
  grow(points: number): void;
  /** Lets go of everything that was computed, so that only the page's memory is left to see. */
  forget(): void;
  /** Posts a message with the next number but so many. */
  skip(count: number): void;
}

let scenario = SCENARIO;
let layout: Layout = DEFAULT_LAYOUT;
let sequence = 0;
let hasBooted = false;
const cache = new Map<string, Columns>();
const sources = new Map<string, LineSource>();
const watches = new Map<number, ChartQuery>();

const host: StubHost = {
  posted: [],
  remembered: [],
  computeMs: 0,
  answered: 0,
  open: (changes, arranged = {}) => {
    scenario = { ...SCENARIO, ...changes };
    layout = { ...DEFAULT_LAYOUT, ...arranged };
    cache.clear();
    sources.clear();
    if (hasBooted) snapshot();
  },
  grow: (points) => {
    scenario = { ...scenario, points: scenario.points + points };
    cache.clear();
    sources.clear();
    for (const [id, query] of watches) answer(id, query);
  },
  forget: () => {
    cache.clear();
    sources.clear();
    host.posted.length = 0;
  },
  skip: (count) => {
    sequence += count;
    news();
  },
};

Object.assign(window, {
  stubHost: host,
  posted: host.posted,
  remembered: host.remembered,
  acquireVsCodeApi: () => ({
    postMessage: (message: PageMessage) => receive(message),
    setState: (state: unknown) => host.remembered.push(state),
    getState: () => host.remembered.at(-1),
  }),
});

function receive(message: PageMessage): void {
  host.posted.push(message);
  if (message.type === 'boot' || message.type === 'missed') {
    hasBooted = true;
    snapshot();
  } else if (message.type === 'watch') {
    watches.set(message.id, message.query);
    answer(message.id, message.query);
  } else if (message.type === 'unwatch') {
    watches.delete(message.id);
  } else if (message.type === 'figures') {
    figures(message.run);
  } else if (message.type === 'showSamples') {
    samples(message);
  } else if (message.type === 'pictures') {
    pictures(message);
  } else if (message.type === 'views') {
    for (const told of viewsOf(message.message, scenario.viewsProblem))
      post({ type: 'views', sequence: ++sequence, run: message.run, message: told });
  } else if (message.type === 'acknowledge') {
    acknowledged.add(`${message.run} ${message.kind}`);
    alerts();
  }
}

/** As many as the cell counts, the most confident first. */
function samples({ run, trueClass, answer }: Extract<PageMessage, { type: 'showSamples' }>): void {
  const count = trueClass === answer ? 850 + trueClass * 10 : Math.round(30 * noise(trueClass, answer));
  const found = Array.from({ length: count }, (_, i) => ({
    place: 7 * i + trueClass,
    confidence: 1 - i / (2 * count),
  }));
  post({ type: 'samples', sequence: ++sequence, run, trueClass, answer, samples: found });
}

/** Stripes, as wide as the place of a sample says. */
function pictures({ run, places }: Extract<PageMessage, { type: 'pictures' }>): void {
  const problem = scenario.picturesProblem;
  const [height, width] = problem === '' ? [28, 28] : [0, 0];
  const pixels = new Uint8Array(places.length * height * width * 3);
  for (const [i, place] of places.entries())
    for (let at = 0; at < height * width * 3; at++)
      pixels[i * height * width * 3 + at] = Math.floor(at / 3 / (1 + (place % 9))) % 2 === 0 ? 40 : 220;
  post({ type: 'pictures', sequence: ++sequence, run, places, height, width, pixels, problem });
}

const acknowledged = new Set<string>();
const ALERT_KINDS = ['collapse', 'data-wait', 'gradient-norm', 'temperature'] as const;
const ALERT_SEVERITIES = ['error', 'warning', 'warning', 'information'] as const;

function alerts(): void {
  const runs = Array.from({ length: scenario.runs }, (_, number) => {
    const run = summaryOf(scenario, number).folder;
    const groups = ALERT_KINDS.slice(0, scenario.alerts).map((kind, i) => ({
      kind,
      severity: ALERT_SEVERITIES[i] ?? 'warning',
      firstStep: 100 * (i + 1),
      lastStep: 100 * (i + 1) + 50 * number,
      count: 1 + number * 12,
      at: Date.now() - 60_000 * (1 + i + number),
      cause: `Cause ${kind} of run ${number}: 31 % of the time goes into waiting for batches.`,
      remedy: 'Raise "loader.workers", or move the data to a faster disk.',
      isAcknowledged: number === 0 || acknowledged.has(`${run} ${kind}`),
    }));
    return { run, groups };
  });
  post({ type: 'alerts', sequence: ++sequence, runs });
}

function answer(id: number, query: ChartQuery): void {
  const began = performance.now();
  const found = answerQuery(query, sourceOf);
  host.computeMs = performance.now() - began;
  host.answered++;
  post({ type: 'answers', sequence: ++sequence, answers: [{ id, answer: found }] });
}

function snapshot(): void {
  watches.clear();
  post({ type: 'snapshot', ...told(), trusted: true, layout });
  if (scenario.alerts > 0) alerts();
}

function news(): void {
  post({ type: 'news', ...told() });
}

function told() {
  const numbers = Array.from({ length: scenario.runs }, (_, run) => run);
  const summaries = numbers.map((run) => summaryOf(scenario, run));
  const looks = assignLooks(summaries.map(({ folder }) => folder));
  const runs = summaries.map((summary, run) => ({
    folder: summary.folder,
    summary,
    look: looks.get(summary.folder) ?? { hue: 0, dash: 0 },
    parameters: parametersOf(run),
    tags: [...scenario.tags, ...extraTags()].map((tag) => tagOf(run, tag)),
    skipped: 0,
    problems: [],
  }));
  return { sequence: ++sequence, order: summaries.map(({ folder }) => folder), runs, progress: null };
}

function parametersOf(run: number) {
  const group = Math.floor(run / scenario.seeds);
  return {
    'loss.name': 'supcon',
    'loss.temperature': scenario.mixedTemperatures ? 0.1 * (group + 1) : 0.1,
    'optimiser.learningRate': Number((0.05 * (1 + (group % 5))).toFixed(3)),
    'model.width': 16 * (1 + (group % 4)),
    'stage1.batchSize': 128,
    seed: (run % scenario.seeds) + 1,
  };
}

function extraTags(): string[] {
  return Array.from({ length: scenario.extraTags }, (_, i) => `layer/${i}/norm`);
}

function tagOf(run: number, tag: string) {
  const last = tag.startsWith('test/') ? 0.85 + 0.1 * noise(run, tag.length) : 0;
  const isExtra = tag.startsWith('layer/') || tag.startsWith('test/');
  const values = isExtra
    ? Float64Array.of(last)
    : (lookUp(`/runs/run-${run}`, tag)?.values ?? new Float64Array());
  const finite = values.filter(Number.isFinite);
  const min = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const max = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const figures = { min, minStep: 0, max, maxStep: 0, lastStep: scenario.points - 1 };
  return {
    tag,
    points: values.length,
    nonFinite: values.length - finite.length,
    last: finite.at(-1) ?? NaN,
    ...figures,
  };
}

function figures(run: string): void {
  const classes = [
    't-shirt',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'boot',
  ];
  const counts = classes.map((_, row) =>
    classes.map((_, column) => (row === column ? 850 + row * 10 : Math.round(30 * noise(row, column)))),
  );
  const bins = Array.from({ length: 15 }, (_, i) => ({
    count: Math.round(20 + 900 * (i / 14) ** 4),
    confidence: (i + 0.5) / 15,
    accuracy: Math.min(1, Math.max(0, (i + 0.5) / 15 - 0.06 * Math.sin(i))),
  }));
  const epochs = Array.from({ length: 12 }, (_, epoch) => ({
    epoch: epoch + 1,
    step: (epoch + 1) * 100,
    sameClass: bell(0.2 + epoch * 0.05, 0.2),
    otherClass: bell(0.1 - epoch * 0.01, 0.25),
    classAlignment: 1.2 * Math.exp(-epoch / 5),
    uniformity: -1.5 - epoch * 0.15,
  }));
  const reliability = { ece: 0.034, bins };
  post({
    type: 'figures',
    sequence: ++sequence,
    run,
    figures: { reliability, confusion: { classes, counts }, epochs },
  });
}

function bell(mean: number, width: number): number[] {
  return Array.from({ length: 64 }, (_, i) =>
    Math.round(1000 * Math.exp(-(((-1 + (2 * i + 1) / 64 - mean) / width) ** 2))),
  );
}

function lookUp(run: string, tag: string): Columns | undefined {
  if (!scenario.tags.includes(tag) && !tag.startsWith('layer/')) return undefined;
  const key = `${run}\0${tag}`;
  const columns = cache.get(key) ?? columnsOf(scenario, Number(run.slice('/runs/run-'.length)), tag);
  cache.set(key, columns);
  return columns;
}

function sourceOf({ run, tag }: Line): LineSource | undefined {
  const key = `${run}\0${tag}`;
  const known = sources.get(key);
  if (known) return known;
  const columns = lookUp(run, tag);
  if (!columns) return undefined;
  const { steps, wallTimes } = columns;
  const source = {
    orders: new SeriesOrders(new GrowingSeries(columns)),
    facts: {
      epochs: { steps, values: steps.map((step) => step / 100) },
      firstWallTime: wallTimes[0],
      viewsPerStep: 256,
    },
  };
  sources.set(key, source);
  return source;
}

function post(message: unknown): void {
  window.postMessage(message, '*');
}
