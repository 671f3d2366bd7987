import { describe, expect, it } from 'vitest';
import { isStaleTab, savedFolder } from '../../../../src/extension/views/panelState';
import { describeRow } from '../../../../src/extension/views/runItem';
import { endText, statusText } from '../../../../src/extension/views/statusText';
import { runSummary } from '../../../browser/messages';

const COMPLETED = runSummary({
  state: 'ended',
  endState: 'completed',
  createdAt: 0,
  endedAt: 192_000,
  resumable: false,
});

describe('describeRow', () => {
  it('says progress and headline of a running run, and only the headline of a completed one', () => {
    expect(describeRow(runSummary()).description).toBe('12 % · kNN 88.4 %');
    expect(describeRow(COMPLETED).description).toBe('kNN 88.4 %');
  });

  it('offers stop to the living and resume to the interrupted', () => {
    expect(describeRow(runSummary()).context).toBe('run canStop');
    expect(describeRow(runSummary({ state: 'stopping' })).context).toBe('run');
    expect(describeRow(runSummary({ state: 'ended', endState: 'killed', signal: 'SIGKILL' })).context).toBe(
      'run canResume',
    );
    expect(describeRow(COMPLETED).context).toBe('run');
  });

  it('speaks the state that the icon shows', () => {
    const killed = runSummary({
      state: 'ended',
      endState: 'killed',
      signal: 'SIGKILL',
      reason: 'Out of memory.',
    });
    expect(describeRow(killed).spoken).toContain('killed by SIGKILL');
    expect(describeRow(killed).tooltip).toContain('Out of memory.');
  });
});

describe('status bar and notification', () => {
  it('shows the running run and counts the others', () => {
    const queued = runSummary({ state: 'queued', name: 'second' });
    expect(statusText([queued, runSummary()])).toBe('$(play-circle) fmnist-supcon-r18-s3 12 %, 41 m left +1');
    expect(statusText([COMPLETED])).toBeNull();
  });

  it('says how a run ended', () => {
    expect(endText(COMPLETED)).toBe('fmnist-supcon-r18-s3 completed after 3 m 12 s: kNN 88.4 %.');
    const killed = runSummary({
      state: 'ended',
      endState: 'killed',
      signal: 'SIGKILL',
      createdAt: 0,
      endedAt: 9000,
    });
    expect(endText(killed)).toBe('fmnist-supcon-r18-s3 was killed by SIGKILL after 9 s.');
  });
});

describe('panels', () => {
  it('reads only a folder from saved state', () => {
    expect(savedFolder({ folder: '/runs/a' })).toBe('/runs/a');
    for (const state of [undefined, null, 'x', {}, { folder: 3 }]) expect(savedFolder(state)).toBeUndefined();
  });

  it('calls a tab stale when it is in front and no panel of its group is held', () => {
    const tab = { viewType: 'mainThreadWebview-supcon.dashboardPanel', isActive: true, column: 2 };
    const isStale = (held: Parameters<typeof isStaleTab>[2]) =>
      isStaleTab(tab, 'supcon.dashboardPanel', held);
    expect(isStale([])).toBe(true);
    expect(isStale([{ visible: true, viewColumn: 2 }])).toBe(false);
    expect(isStale([{ visible: true, viewColumn: 1 }])).toBe(true);
    expect(isStale([{ visible: false, viewColumn: 2 }])).toBe(true);
    expect(isStaleTab({ ...tab, isActive: false }, 'supcon.dashboardPanel', [])).toBe(false);
    expect(isStaleTab({ ...tab, viewType: 'markdown.preview' }, 'supcon.dashboardPanel', [])).toBe(false);
  });
});
