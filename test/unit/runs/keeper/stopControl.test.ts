import { describe, expect, it, vi } from 'vitest';
import type { StateFile } from '../../../../src/domain/run/state';
import { initialState } from '../../../../src/runs/keeper/stateRecord';
import { createStopControl } from '../../../../src/runs/keeper/stopControl';

function scene() {
  let state: StateFile = initialState(0);
  const change = (part: Partial<StateFile>) => {
    state = { ...state, ...part };
    return Promise.resolve();
  };
  const finish = change;
  const record = {
    current: () => state,
    change,
    finish,
    note: (part: Partial<StateFile>) => void change(part),
  };
  const end = { code: 0, signal: null, spawnError: null };
  const calls = { ask: vi.fn(), interrupt: vi.fn(), kill: vi.fn() };
  const trainer = { pid: 1, ended: Promise.resolve(end), ...calls };
  const control = createStopControl({ askedMs: 60_000, interruptedMs: 60_000 }, record);
  return { control, trainer, state: () => state };
}

describe('the stop control', () => {
  it('asks the trainer and shows that the run is stopping', () => {
    const { control, trainer, state } = scene();
    control.attach(trainer);
    expect(control.request('stop')).toBeNull();
    expect(trainer.ask).toHaveBeenCalledTimes(1);
    expect(state()).toMatchObject({ state: 'stopping', stop: { level: 'asked' } });
    control.end();
  });

  it.each([
    ['stop', 'ask'],
    ['kill', 'interrupt'],
  ] as const)('keeps an early %s for the trainer that is about to start', (command, call) => {
    const { control, trainer } = scene();
    control.request(command);
    expect(control.requested()).toBe(true);
    control.attach(trainer);
    expect(trainer[call]).toHaveBeenCalledTimes(1);
    control.end();
  });

  it('climbs by force from rung to rung', () => {
    const { control, trainer } = scene();
    control.attach(trainer);
    control.request('stop');
    control.request('kill');
    expect(control.rung()).toBe('interrupted');
    control.request('kill');
    expect(trainer.kill).toHaveBeenCalledTimes(1);
    control.end();
  });

  it('refuses when the run has ended', () => {
    const { control } = scene();
    control.end();
    expect(control.request('stop')).toMatch(/has ended already/);
  });
});
