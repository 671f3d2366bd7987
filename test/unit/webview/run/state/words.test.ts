import { describe, expect, it } from 'vitest';
import { append, EMPTY_COLUMN } from '../../../../../src/domain/series/column';
import { TAG } from '../../../../../src/domain/metrics/tags';
import { INITIAL_MODEL } from '../../../../../webview/run/state/model';
import { trendOf } from '../../../../../webview/run/state/trend';
import {
  engineInWords,
  noticeOf,
  progressInWords,
  timeInWords,
} from '../../../../../webview/run/state/words';
import { runSummary } from '../../../../browser/messages';

const NOW = 1_800_000_000_000;

function column(values: readonly number[]) {
  const steps = Float64Array.from(values, (_, index) => index);
  return append(EMPTY_COLUMN, { steps, wallTimes: steps, values: Float64Array.from(values) }, null);
}

describe('progress', () => {
  it('counts epochs in the stages that have them', () => {
    const run = runSummary();
    const { progress } = run;
    if (!progress) throw new Error('the sample run has progress');
    expect(progressInWords(run)).toBe('epoch 12/100');
    expect(progressInWords({ ...run, endState: 'completed' })).toBe('4,000 steps');
    expect(
      progressInWords({ ...run, progress: { ...progress, stage: 'linear', epoch: 3, epochs: 30 } }),
    ).toBe('linear probe, epoch 3/30');
    expect(progressInWords({ ...run, progress: { ...progress, stage: 'evaluation' } })).toBe('evaluating');
    expect(progressInWords({ ...run, progress: null })).toBe('');
  });

  it('says what is left of a live run and what an ended one took', () => {
    expect(timeInWords(runSummary(), 0)).toBe('41 m left');
    const ended = runSummary({
      state: 'ended',
      endState: 'completed',
      createdAt: NOW - 192_000,
      endedAt: NOW,
    });
    expect(timeInWords(ended, 0)).toBe('took 3 m 12 s');
  });
});

describe('noticeOf', () => {
  it('counts down to the next rung of the stop ladder', () => {
    const stop = { level: 'asked', since: NOW, deadline: NOW + 17_400 } as const;
    const run = runSummary({ state: 'stopping', heartbeat: NOW, stop });
    expect(noticeOf(run, NOW)?.text).toContain('interrupts in 17 s');
    expect(noticeOf(run, NOW + 10_000)?.text).toContain('interrupts in 7 s');
    const killed = { level: 'killed', since: NOW, deadline: null } as const;
    expect(noticeOf(runSummary({ state: 'stopping', heartbeat: NOW, stop: killed }), NOW)?.text).toMatch(
      /^killed/,
    );
  });

  it('calls a live run stale after three missed heartbeats, an ended one never', () => {
    expect(noticeOf(runSummary({ heartbeat: NOW - 20_000 }), NOW)).toBeNull();
    expect(noticeOf(runSummary({ heartbeat: NOW - 125_000 }), NOW)).toEqual({
      tone: 'warning',
      text: 'last update 2 m ago',
    });
    const ended = runSummary({ state: 'ended', endState: 'completed', heartbeat: NOW - 125_000 });
    expect(noticeOf(ended, NOW)).toBeNull();
  });

  it('prefers the recorded reason over a general sentence', () => {
    const failed = runSummary({ state: 'ended', endState: 'failed', reason: 'Out of memory.' });
    expect(noticeOf(failed, NOW)).toEqual({ tone: 'error', text: 'Out of memory.' });
    expect(noticeOf({ ...failed, reason: null }, NOW)?.text).toContain('log');
    const killed = runSummary({ state: 'ended', endState: 'killed', signal: 'SIGTERM' });
    expect(noticeOf(killed, NOW)?.text).toContain('SIGTERM');
  });

  it('says how many runs a queued run waits for', () => {
    const queued = runSummary({ state: 'queued', heartbeat: NOW, queuedBehind: 2 });
    expect(noticeOf(queued, NOW)?.text).toContain('2 runs');
    expect(noticeOf({ ...queued, queuedBehind: 0 }, NOW)?.text).toContain('free');
  });
});

describe('engineInWords', () => {
  it('leaves out what is not known yet', () => {
    expect(engineInWords({ ...INITIAL_MODEL, run: runSummary({ engine: null, progress: null }) })).toBe('');
    const series = new Map([[TAG.dataWaitShare, column([0.004])]]);
    expect(engineInWords({ ...INITIAL_MODEL, run: runSummary(), series })).toBe(
      'onnx cpu, 2 threads · 1,910 views/s · waits 0.4 %',
    );
  });

  it('names a precision that is not the usual one', () => {
    const wordsFor = (precision: string): string => {
      const engine = { name: 'tensorflow', device: 'cpu, 2 threads', precision, reason: 'asked for' };
      return engineInWords({ ...INITIAL_MODEL, run: runSummary({ engine, progress: null }) });
    };
    expect(wordsFor('float32')).toBe('tensorflow cpu, 2 threads');
    expect(wordsFor('bfloat16')).toBe('tensorflow cpu, 2 threads · bfloat16');
  });
});

describe('trendOf', () => {
  it('compares the newest points with those before', () => {
    expect(trendOf(column(Array.from({ length: 50 }, (_, step) => 1 - step / 100)))).toBe('falling');
    expect(trendOf(column(Array.from({ length: 50 }, (_, step) => step)))).toBe('rising');
    expect(trendOf(column(Array.from({ length: 50 }, (_, step) => 1 + (step % 2) * 1e-4)))).toBe('level');
    expect(trendOf(column([1]))).toBe('level');
    expect(trendOf(undefined)).toBe('level');
  });
});
