import { describe, expect, it } from 'vitest';
import { isStaleTab, savedFolder } from '../../../../src/extension/views/panelState';
import { describeRow, rowLabel } from '../../../../src/extension/views/runItem';
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
  it('says headline and progress of a running run, and only the headline of a completed one', () => {
    expect(describeRow(runSummary()).description).toBe('88.4 % kNN · at 12 %');
    expect(describeRow(COMPLETED).description).toBe('88.4 % kNN');
  });

  it('offers stop to the living, and resume and delete to the ended', () => {
    const offers = (changes: Parameters<typeof runSummary>[0]) => describeRow(runSummary(changes)).context;
    expect(offers({})).toBe('run canStop plain current');
    expect(offers({ state: 'stopping', starred: true })).toBe('run starred current');
    const killed = { state: 'ended', endState: 'killed', signal: 'SIGKILL' } as const;
    expect(offers({ ...killed, archived: true })).toBe('run canResume canDelete plain archived');
    expect(describeRow(COMPLETED).context).toBe('run canDelete plain current');
  });

  it('shows star, figure, tags and archive, and cuts a long name in the middle', () => {
    const name = `${'a'.repeat(60)}-${'b'.repeat(29)}`;
    const row = describeRow({
      ...COMPLETED,
      name,
      starred: true,
      tags: ['x', 'y'],
      archived: true,
      notes: 'n',
    });
    expect(row.description).toBe('★ 88.4 % kNN · x, y, archived');
    expect(Array.from(row.label)).toHaveLength(22);
    expect(row.label).toMatch(/^a+…b+$/);
    expect(row.spoken).toBe(`${name}, completed, starred, kNN 88.4 %, x, y, archived`);
    expect(row.tooltip).toContain(`${name}\ncompleted`);
    expect(row.tooltip).toContain('tags: x, y\nn\n');
  });

  it.each([
    ['', 30],
    ['★', 29],
    ['88.4 %', 24],
    ['★ 88.4 %', 22],
    ['85.0 ± 7.1 %', 18],
    ['1234567890123456', 16],
  ])('leaves room beside the label for "%s" in a side bar of 300 px', (figure, length) => {
    expect(Array.from(rowLabel('fmnist-supcon-temperature-0.07-seed-3', figure))).toHaveLength(length);
    expect(rowLabel('short', figure)).toBe('short');
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
