/** Made-up augmented views: pictures of one grey, which tells sample, view and epoch apart. */
import type { ViewsHostMessage, ViewsPageMessage } from '../../../src/protocol/pages/views';

const SIDE = 8;
const VIEWS = 2;
const COLOURS = 3;

/** What the host says to a message of the page; with a problem, that alone. */
export function viewsOf(message: ViewsPageMessage, problem: string): ViewsHostMessage[] {
  if (problem !== '') return [{ type: 'failed', message: problem }];
  if (message.type === 'boot') return [{ type: 'opening', file: '/runs/run-0/config.json' }, OPENED];
  if (message.type !== 'draw') return [];
  const { first, samples, epoch, run } = message;
  const rows = Array.from({ length: samples }, (_, place) => ({
    id: `train/${first + place}`,
    className: 'coat',
    image: grey(first + place),
    views: Array.from({ length: VIEWS }, (_view, view) => grey(first + place + 10 * view + 20 * epoch)),
    cosines: null,
  }));
  return [{ type: 'drawn', first, samples, epoch, run, rows, comparison: null }];
}

const OPENED: ViewsHostMessage = {
  type: 'opened',
  name: 'fmnist',
  data: '',
  height: SIDE,
  width: SIDE,
  count: 100,
  views: VIEWS,
  epochs: 10,
  notes: [],
  warnings: [],
  runs: [],
};

function grey(value: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(SIDE * SIDE * COLOURS).fill(value % 256);
}
