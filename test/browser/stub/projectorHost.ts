/**
 * A host of the projector inside the page: made-up sources, whose classes lie in blobs that part over the epochs. It is
 * bundled and runs before the page's own script. Tests reach it as `window.projectorHost`.
 */
import { RandomStream } from '../../../src/domain/random/stream';
import { DEFAULT_MAP_REQUEST } from '../../../src/domain/maps/request';
import type { Column } from '../../../src/domain/maps/columns';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorPageMessage,
} from '../../../src/protocol/pages/projector';
import { DEFAULT_PROJECTOR_LAYOUT } from '../../../src/protocol/pages/projector';

/** What is shown. */
export interface ProjectorScenario {
  readonly rows: number;
  readonly classes: number;
  readonly epochs: number;
  readonly isPair: boolean;
  readonly isWeak: boolean;
  readonly isLive: boolean;
  readonly hasLabels: boolean;
  readonly hasPictures: boolean;
  /** Each so many-th row has no place; 0 for none. */
  readonly nanEvery: number;
  readonly name: string;
  readonly dimensions: 2 | 3;
  /** Confidence and correctness are not recorded, but voted. */
  readonly isVoted: boolean;
  /** Maps are answered; otherwise the page waits, and tests answer themselves. */
  readonly answers: boolean;
  readonly answersNeighbours: boolean;
}

/** What a test can do with the host. */
export interface ProjectorHost {
  readonly posted: ProjectorPageMessage[];
  open(changes: Partial<ProjectorScenario>): void;
  send(message: ProjectorHostMessage): void;
  /** Answers the last request with the map of one epoch. */
  deliver(epoch: number): void;
}

const SCENARIO: ProjectorScenario = {
  rows: 2000,
  classes: 10,
  epochs: 6,
  isPair: false,
  isWeak: false,
  isLive: false,
  hasLabels: true,
  hasPictures: true,
  nanEvery: 0,
  name: 'fmnist-supcon-s3',
  dimensions: 2,
  isVoted: false,
  answers: true,
  answersNeighbours: true,
};
const NAMES = [
  't-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];
const PICTURE_PX = 12;
const PER_PAGE = 256;

let scenario = SCENARIO;
let hasBooted = false;

const host: ProjectorHost = {
  posted: [],
  open: (changes) => {
    scenario = { ...SCENARIO, ...changes };
    if (hasBooted) opened();
  },
  send: (message) => window.postMessage(message, '*'),
  deliver: (epoch) => {
    const { request = 0, map } = host.posted.findLast((message) => message.type === 'show') ?? {};
    sendMap('left', epoch, { request, dimensions: map?.dimensions ?? 2 });
  },
};

const remembered: unknown[] = [];
Object.assign(window, {
  projectorHost: host,
  posted: host.posted,
  remembered,
  acquireVsCodeApi: () => ({
    postMessage: (message: ProjectorPageMessage) => receive(message),
    setState: (state: unknown) => remembered.push(state),
    getState: () => remembered.at(-1),
  }),
});

function receive(message: ProjectorPageMessage): void {
  host.posted.push(message);
  hasBooted ||= message.type === 'boot';
  if (message.type === 'show' && scenario.answers) show(message);
  if (message.type === 'describe') describe(message);
  if (message.type === 'neighbours' && scenario.answersNeighbours) neighbours(message);
  if (message.type === 'pictures') pictures(message);
}

function opened(): void {
  const left = sourceOf(scenario.name, 0);
  const right = scenario.isPair ? sourceOf('fmnist-cross-entropy-s3', 1) : null;
  host.send({
    type: 'opened',
    left,
    right,
    // The right one has all but the first tenth, and as many of its own.
    partners: right && Int32Array.from(left.ids, (id) => right.ids.indexOf(id)),
    request: { ...DEFAULT_MAP_REQUEST, dimensions: scenario.dimensions, seed: 3, axes: [] },
    selections: [{ name: 'odd ones', ids: left.ids.slice(0, 5) }],
    layout: DEFAULT_PROJECTOR_LAYOUT,
  });
}

function sourceOf(name: string, hue: number): PaneSource {
  const first = hue === 0 ? 0 : Math.floor(scenario.rows / 10);
  const rows = Array.from({ length: scenario.rows }, (_, row) => row + first);
  const categories = Array.from(
    { length: scenario.classes },
    (_, i) => `${NAMES[i % NAMES.length] ?? ''}${i < NAMES.length ? '' : ` ${i}`}`,
  );
  const classColumn: Column = {
    kind: 'category',
    name: 'class',
    categories,
    codes: Int32Array.from(rows, (row) => row % scenario.classes),
  };
  const split: Column = {
    kind: 'text',
    name: 'note',
    values: rows.map((row) => (row % 7 === 0 ? 'scanned twice' : '')),
  };
  const epochs = Array.from({ length: scenario.epochs }, (_, epoch) => epoch + 1);
  return {
    name,
    place: `/runs/${name}`,
    kind: 'run',
    look: { hue, dash: 0 },
    tables: [
      { name: 'features', dimensions: 128, epochs },
      { name: 'projections', dimensions: 64, epochs },
    ],
    isLive: scenario.isLive,
    ids: rows.map((row) => `validation/${row}`),
    columns: scenario.hasLabels ? [classColumn, split] : [],
    total: scenario.rows * 2,
    notes: [`${name}: 3 rows are not finite and were left out.`],
    pictures: scenario.hasPictures
      ? {
          height: PICTURE_PX,
          width: PICTURE_PX,
          channels: 1,
          perPage: PER_PAGE,
          pages: Math.ceil(scenario.rows / PER_PAGE),
        }
      : null,
    canOpen: true,
  };
}

type Message<Type extends ProjectorPageMessage['type']> = Extract<
  ProjectorPageMessage,
  { readonly type: Type }
>;

function show({ request, map, epochs, isChain }: Message<'show'>): void {
  const all = isChain ? Array.from({ length: scenario.epochs }, (_, epoch) => epoch + 1) : [];
  const wanted = (first: number) => [first, ...all.filter((epoch) => epoch !== first)];
  host.send({ type: 'progress', request, stage: { what: 'Layout', fraction: 0.4 } });
  for (const epoch of wanted(epochs.left)) sendMap('left', epoch, { request, dimensions: map.dimensions });
  if (epochs.right !== null)
    for (const epoch of wanted(epochs.right))
      sendMap('right', epoch, { request, dimensions: map.dimensions });
  host.send({ type: 'progress', request, stage: null });
}

function sendMap(
  pane: 'left' | 'right',
  epoch: number,
  { request, dimensions }: { readonly request: number; readonly dimensions: 2 | 3 },
): void {
  const alignment = { residual: 0.05, anchoredShare: 0.75, pull: 0.1, isWeak: scenario.isWeak };
  host.send({
    type: 'map',
    request,
    pane,
    epoch,
    positions: positionsOf(pane, epoch, dimensions),
    dimensions,
    isFinal: true,
    alignment: pane === 'right' ? alignment : null,
    axes: [],
  });
}

/** Blobs on a ring, further apart with each epoch; on the right every fifth sample sits with the next class. */
function positionsOf(pane: 'left' | 'right', epoch: number, dimensions: 2 | 3): Float32Array {
  const random = new RandomStream(5, pane === 'left' ? 0 : 1);
  const positions = new Float32Array(scenario.rows * dimensions);
  const first = pane === 'left' ? 0 : Math.floor(scenario.rows / 10);
  for (let row = 0; row < scenario.rows; row++) {
    const moved = pane === 'right' && row % 5 === 0 ? 1 : 0;
    const angle = (2 * Math.PI * ((row + first + moved) % scenario.classes)) / scenario.classes;
    const apart = 2 + (6 * epoch) / scenario.epochs;
    const centre = [Math.cos(angle) * apart, Math.sin(angle) * apart, Math.sin(2 * angle) * 3];
    const isGone = scenario.nanEvery > 0 && row % scenario.nanEvery === 0;
    for (let axis = 0; axis < dimensions; axis++)
      positions[row * dimensions + axis] = isGone ? NaN : (centre[axis] ?? 0) + random.normal();
  }
  return positions;
}

function describe({ request, epochs }: Message<'describe'>): void {
  for (const { pane, epoch } of epochs) {
    const confidence = Float32Array.from({ length: scenario.rows }, (_, row) => ((row * 37) % 100) / 100);
    const columns: Column[] = [
      { kind: 'number', name: 'confidence', isVoted: scenario.isVoted, values: confidence },
      { kind: 'number', name: 'neighbour change', values: confidence.map((value) => 1 - value) },
      { ...groupsOf('correct', ['correct', 'wrong']), isVoted: scenario.isVoted },
      groupsOf('cluster', ['cluster 1', 'cluster 2', 'cluster 3']),
    ];
    host.send({ type: 'columns', request, pane, epoch, columns: scenario.hasLabels ? columns : [] });
    host.send({
      type: 'quality',
      request,
      pane,
      epoch,
      quality: {
        k: 15,
        rows: 600,
        trustworthiness: 0.962,
        continuity: 0.951,
        overlap: 0.214,
        mapAccuracy: scenario.hasLabels ? 0.83 : null,
        fullAccuracy: scenario.hasLabels ? 0.912 : null,
      },
    });
    if (scenario.hasLabels) host.send({ type: 'classes', request, pane, epoch, classes: classFigures() });
  }
  const [left, right] = [epochs.at(0), epochs.at(1)];
  if (left && right) pair(request, { left: left.epoch, right: right.epoch });
}

function groupsOf(name: string, categories: string[]): Column {
  const codes = Int32Array.from({ length: scenario.rows }, (_, row) => row % categories.length);
  return { kind: 'category', name, categories, codes };
}

function classFigures() {
  return Array.from({ length: scenario.classes }, (_, i) => ({
    name: NAMES[i] ?? `class ${i}`,
    count: Math.floor(scenario.rows / scenario.classes),
    tightness: 0.7 + ((i * 7) % 10) / 40,
    nearest: NAMES[(i + 1) % NAMES.length] ?? '',
    nearestSimilarity: 0.4 + i / 50,
    accuracy: 0.8 + ((i * 3) % 10) / 50,
    confusedWith: NAMES[(i + 1) % NAMES.length] ?? '',
    confusedShare: 0.05 + i / 200,
    drift: i === 0 ? null : i / 40,
  }));
}

function pair(request: number, epochs: { readonly left: number; readonly right: number }): void {
  host.send({
    type: 'pair',
    request,
    epochs,
    figures: {
      shared: Math.floor(scenario.rows * 0.9),
      onlyLeft: Math.floor(scenario.rows * 0.1),
      onlyRight: Math.floor(scenario.rows * 0.1),
      joinedBy: 'id',
      k: 15,
      jaccardMedian: 0.31,
      jaccardHistogram: Array.from({ length: 20 }, (_, bin) =>
        Math.round(300 * Math.exp(-(((bin - 6) / 4) ** 2))),
      ),
      cka: 0.74,
      alignment: { residual: 0.05, anchoredShare: 0.75, pull: 0.1, isWeak: scenario.isWeak },
      classes: classFigures().map(({ name, count, accuracy, confusedShare }) => ({
        name,
        left: count,
        right: count,
        change: confusedShare * 5,
        leftAccuracy: accuracy,
        rightAccuracy: accuracy - 0.02,
      })),
    },
  });
}

function neighbours({ pane, epoch, row, k, metric }: Message<'neighbours'>): void {
  const rows = Int32Array.from(
    { length: Math.min(k, scenario.rows - 1) },
    (_, i) => (row + 1 + i) % scenario.rows,
  );
  const values = Float32Array.from(rows, (_, i) => (metric === 'cosine' ? 0.99 - i / 100 : 0.1 + i / 10));
  host.send({ type: 'neighbours', pane, epoch, row, metric, k, rows, values });
}

/** A bright disc whose size tells the class. */
function pictures({ pane, page }: Message<'pictures'>): void {
  const pixels = new Uint8Array(PER_PAGE * PICTURE_PX * PICTURE_PX);
  for (let at = 0; at < pixels.length; at++) {
    const picture = Math.floor(at / (PICTURE_PX * PICTURE_PX)) + page * PER_PAGE;
    const place = at % (PICTURE_PX * PICTURE_PX);
    const [x, y] = [(place % PICTURE_PX) - 5.5, Math.floor(place / PICTURE_PX) - 5.5];
    pixels[at] = x * x + y * y < 4 + 3 * (picture % scenario.classes) ? 230 : 20;
  }
  host.send({ type: 'pictures', pane, page, pixels });
}
