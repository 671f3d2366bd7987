import { describe, expect, it } from 'vitest';
import type { Announced, Circumstances } from '../../../../src/runs/keeper/outcome';
import { outcomeOf } from '../../../../src/runs/keeper/outcome';
import type { ProcessEnd } from '../../../../src/runs/keeper/runProcess';

const quiet: Announced = { end: null, failure: null };
const calm: Circumstances = { rung: null, outOfMemory: false };
const code = (value: number): ProcessEnd => ({ code: value, signal: null, spawnError: null });
const signal = (name: string): ProcessEnd => ({ code: null, signal: name, spawnError: null });

describe('outcomeOf', () => {
  it.each([
    ['code 0', code(0), { ...quiet, end: 'completed' as const }, 'completed'],
    ['code 0 after saying that it stopped', code(0), { ...quiet, end: 'stopped' as const }, 'stopped'],
    ['code 130', code(130), quiet, 'stopped'],
    ['code 1', code(1), quiet, 'failed'],
    ['code 2', code(2), quiet, 'failed'],
    ['code 77', code(77), { ...quiet, end: 'completed' as const }, 'failed'],
    ['SIGKILL', signal('SIGKILL'), quiet, 'killed'],
    ['SIGSEGV after saying that it completed', signal('SIGSEGV'), quiet, 'killed'],
  ])('calls %s what it is', (_, end, announced, endState) => {
    expect(outcomeOf(end, announced, calm).endState).toBe(endState);
  });

  it('gives the reason of a stop that nobody asked for, and of one that somebody did', () => {
    const announced: Announced = { ...quiet, end: 'stopped', stopped: 'Stopped by its own alert.' };
    const stopped = { endState: 'stopped', reason: 'Stopped by its own alert.' };
    expect(outcomeOf(code(130), announced, calm)).toEqual(stopped);
    expect(outcomeOf(code(130), announced, { ...calm, rung: 'asked' }).reason).toBe('Stopped as asked.');
  });

  it('gives the reason that the trainer gave', () => {
    const announced = { end: null, failure: 'The loss is not finite at step 7.' };
    expect(outcomeOf(code(1), announced, calm).reason).toBe('The loss is not finite at step 7.');
  });

  it.each([
    ['interrupted', 'SIGINT'],
    ['killed', 'SIGKILL'],
  ] as const)('calls a run stopped when its own ladder sent the signal (%s)', (rung, name) => {
    const outcome = outcomeOf(signal(name), quiet, { ...calm, rung });
    expect(outcome.endState).toBe('stopped');
    expect(outcome.reason).toMatch(rung === 'interrupted' ? /interrupt/ : /killing/);
  });

  it('calls it killed when a stopping run gets a signal that the ladder did not send', () => {
    expect(outcomeOf(signal('SIGKILL'), quiet, { ...calm, rung: 'asked' }).endState).toBe('killed');
  });

  it('names lack of memory where the kernel counted one', () => {
    const { reason } = outcomeOf(signal('SIGKILL'), quiet, { rung: null, outOfMemory: true });
    expect(reason).toMatch(/SIGKILL because the machine ran out of memory; use a smaller stage1\.batchSize/);
  });

  it('calls a trainer that could not be started failed', () => {
    const end = { code: null, signal: null, spawnError: 'spawn ENOENT' };
    expect(outcomeOf(end, quiet, calm)).toMatchObject({ endState: 'failed' });
  });
});
