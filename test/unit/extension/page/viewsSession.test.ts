/** The conversation behind a preview: trust first, consent where it is asked, a new process after a save. */
import { beforeEach, expect, test } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { ViewsSession } from '../../../../src/extension/page/viewsSession';
import type { PreviewListener } from '../../../../src/extension/runs/previewProcess';
import type { ViewsHostMessage } from '../../../../src/protocol/pages/views';
import type { PreviewAnswer, PreviewRequest } from '../../../../src/protocol/preview';

const OPENED: PreviewAnswer = {
  type: 'opened',
  name: 'a',
  data: '',
  height: 1,
  width: 1,
  count: 1,
  views: 2,
  epochs: 1,
  notes: [],
  warnings: [],
  runs: [],
};
const DRAW = { type: 'draw', first: 0, samples: 1, epoch: 0, run: '' } as const;
const DRAWN: PreviewAnswer = {
  ...DRAW,
  type: 'drawn',
  rows: [{ id: 'train/0', className: 'a', image: 'AQID', views: ['BAUG'], cosines: null }],
  comparison: null,
};
const CONSENT: PreviewAnswer = { type: 'consent', modules: [{ source: 'm', files: 1, hash: 'h' }] };

interface FakeProcess {
  readonly listener: PreviewListener;
  readonly sent: PreviewRequest[];
  isDisposed: boolean;
}

let processes: FakeProcess[];
let posted: ViewsHostMessage[];
let reports: string[];
let agrees: (isAgreed: boolean) => void;
let session: ViewsSession;

beforeEach(() => {
  processes = [];
  posted = [];
  reports = [];
  session = new ViewsSession({
    file: '/w/a.supcon.json',
    post: (message) => posted.push(message),
    start: (listener) => {
      const fake: FakeProcess = { listener, sent: [], isDisposed: false };
      processes.push(fake);
      return { send: (request) => fake.sent.push(request), dispose: () => (fake.isDisposed = true) };
    },
    agree: () => new Promise((resolve) => (agrees = resolve)),
    run: (command) => reports.push(command),
    named: (name) => reports.push(name),
    report: (problem) => reports.push(problem.message),
  });
});

const types = () => posted.map(({ type }) => type);
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('starts nothing before the workspace is trusted', () => {
  session.setTrusted(false);
  session.receive({ type: 'boot' });
  expect(processes).toHaveLength(0);
  expect(types()).toEqual(['untrusted']);
  session.setTrusted(true);
  expect(processes).toHaveLength(1);
  expect(types()).toEqual(['untrusted', 'opening']);
});

test('passes drawings on with their pixels, and tells a page that boots again without a second process', () => {
  session.setTrusted(true);
  session.receive({ type: 'boot' });
  const [{ listener, sent }] = processes;
  listener.onAnswer(OPENED);
  session.receive(DRAW);
  expect(sent).toEqual([DRAW]);
  listener.onAnswer(DRAWN);
  expect(posted.at(-1)).toMatchObject({
    type: 'drawn',
    rows: [{ image: Uint8Array.of(1, 2, 3), views: [Uint8Array.of(4, 5, 6)] }],
  });
  session.receive({ type: 'boot' });
  expect(posted.at(-1)).toEqual(OPENED);
  expect(processes).toHaveLength(1);
});

test('begins anew after a save, and hears nothing of the process before', () => {
  session.setTrusted(true);
  session.receive({ type: 'boot' });
  processes[0].listener.onAnswer(OPENED);
  session.reload();
  expect(processes.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  processes[0].listener.onAnswer(DRAWN);
  processes[0].listener.onEnd(new Error('gone'));
  expect(types()).toEqual(['opening', 'opened', 'opening']);
});

test('asks about modules, and goes on only with the answer of the present process', async () => {
  session.setTrusted(true);
  session.receive({ type: 'boot' });
  processes[0].listener.onAnswer(CONSENT);
  agrees(true);
  await settle();
  expect(processes[0].sent).toEqual([{ type: 'agree', hashes: ['h'] }]);

  session.reload();
  processes[1].listener.onAnswer(CONSENT);
  session.reload();
  agrees(true);
  await settle();
  expect(processes[2].sent).toEqual([]);
  processes[2].listener.onAnswer(CONSENT);
  agrees(false);
  await settle();
  expect(posted.at(-1)).toMatchObject({ type: 'failed' });
  expect(processes[2].isDisposed).toBe(true);
});

test('shows a sentence as it is and reports a defect, and neither leaves a process behind', () => {
  session.setTrusted(true);
  session.receive({ type: 'boot' });
  processes[0].listener.onAnswer({ type: 'failed', message: 'No such data.' });
  expect(posted.at(-1)).toEqual({ type: 'failed', message: 'No such data.' });
  session.receive({ type: 'command', command: 'reload' });
  processes[1].listener.onEnd(new HumanError('There is no program node.'));
  expect(posted.at(-1)).toEqual({ type: 'failed', message: 'There is no program node.' });
  session.receive({ type: 'command', command: 'reload' });
  processes[2].listener.onEnd(new Error('it broke'));
  expect(posted.at(-1)).toMatchObject({
    type: 'failed',
    message: expect.stringContaining('defect') as string,
  });
  expect(reports).toEqual(['it broke']);
});

test.each([null, { type: 'eval' }, { ...DRAW, samples: 1e9 }, { type: 'command', command: 'format' }])(
  'drops %j',
  (message) => {
    session.setTrusted(true);
    session.receive(message);
    expect(reports).toHaveLength(1);
    expect(processes).toHaveLength(0);
  },
);
