import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import type { PreviewListener } from '../../../../src/extension/runs/previewProcess';
import type { RecordedViews } from '../../../../src/extension/page/viewsOfRun';
import { ViewsOfRun } from '../../../../src/extension/page/viewsOfRun';
import type { PreviewAnswer, PreviewRequest } from '../../../../src/protocol/preview';
import type { ViewsHostMessage } from '../../../../src/protocol/pages/views';

const OPENED = {
  type: 'opened',
  name: 'a',
  data: '',
  height: 1,
  width: 1,
  count: 1,
  views: 1,
  epochs: 1,
  notes: [],
  warnings: [],
  runs: [],
  contentHash: 'of-the-run',
} as const satisfies PreviewAnswer;
const DRAW = { type: 'draw', first: 0, samples: 1, epoch: 0, run: '' } as const;

function setUp(readRecorded: () => Promise<RecordedViews>) {
  const posted: [string, ViewsHostMessage][] = [];
  const processes: { run: string; listener: PreviewListener; sent: PreviewRequest[]; isOver: boolean }[] = [];
  const reported: Error[] = [];
  const views = new ViewsOfRun(
    {
      readRecorded,
      fileOf: (run) => `${run}/config.json`,
      start: (run, listener) => {
        const started = { run, listener, sent: [] as PreviewRequest[], isOver: false };
        processes.push(started);
        return {
          send: (request) => started.sent.push(request),
          dispose: () => (started.isOver = true),
        };
      },
      run: () => undefined,
      report: (problem) => reported.push(problem),
    },
    (run, message) => posted.push([run, message]),
  );
  return { views, posted, processes, reported };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const recorded = (settings: RecordedViews['settings'] = {}) =>
  Promise.resolve({ settings, contentHash: 'of-the-run' });

describe('ViewsOfRun', () => {
  it('draws for one run at a time, and says nothing more of the one before or after it is closed', async () => {
    const { views, posted, processes } = setUp(recorded);
    views.receive('/a', { type: 'boot' });
    await settled();
    processes[0].listener.onAnswer(OPENED);
    views.receive('/a', DRAW);
    expect(processes[0].sent).toEqual([DRAW]);
    views.receive('/b', { type: 'boot' });
    await settled();
    expect(processes.map(({ run, isOver }) => [run, isOver])).toEqual([
      ['/a', true],
      ['/b', false],
    ]);
    processes[0].listener.onAnswer(OPENED);
    views.receive('/a', DRAW);
    views.close();
    processes[1].listener.onAnswer(OPENED);
    expect(posted.map(([run, { type }]) => `${run} ${type}`)).toEqual([
      '/a opening',
      '/a opened',
      '/b opening',
    ]);
    expect(processes[1].isOver).toBe(true);
  });

  it('starts nothing for a run that is closed before its record was read', async () => {
    const { views, processes } = setUp(recorded);
    views.receive('/a', { type: 'boot' });
    views.close();
    await settled();
    expect(processes).toEqual([]);
  });

  it.each([{ 'dataset.kind': './mine.mjs' }, { 'augmentation.policy': '/home/mine.mjs' }])(
    'loads no module of the user: %o',
    async (settings) => {
      const { views, posted, processes, reported } = setUp(() => recorded(settings));
      views.receive('/a', { type: 'boot' });
      await settled();
      expect(processes).toEqual([]);
      expect(posted.at(-1)?.[1]).toMatchObject({
        type: 'failed',
        message: expect.stringContaining('module of your own') as string,
      });
      expect(reported).toEqual([]);
    },
  );

  it('shows nothing of a data set that is not the one of the run, and says why its files cannot be read', async () => {
    const { views, posted, processes } = setUp(recorded);
    views.receive('/a', { type: 'boot' });
    await settled();
    processes[0].listener.onAnswer({ ...OPENED, contentHash: 'another' });
    expect(posted.at(-1)?.[1]).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('data set has changed') as string,
    });
    expect(processes[0].isOver).toBe(true);
    const damaged = setUp(() => Promise.reject(new HumanError('dataset.json is damaged: restore it.')));
    damaged.views.receive('/a', { type: 'boot' });
    await settled();
    expect(damaged.posted.at(-1)?.[1]).toEqual({
      type: 'failed',
      message: 'dataset.json is damaged: restore it.',
    });
  });
});
