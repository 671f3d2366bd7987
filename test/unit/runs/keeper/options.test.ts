import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEEPER_DEFAULTS, parseKeeperOptions } from '../../../../src/runs/keeper/options';

describe('parseKeeperOptions', () => {
  it('fills in the defaults', () => {
    const { askedMs, interruptedMs, graceMs, queuePollMs } = KEEPER_DEFAULTS;
    expect(parseKeeperOptions(['run', '--trainer', 't.js'])).toEqual({
      folder: resolve('run'),
      trainerPath: resolve('t.js'),
      queue: 'wait',
      version: 'unknown',
      deadlines: { askedMs, interruptedMs },
      graceMs,
      queuePollMs,
    });
  });

  it('takes everything that is given', () => {
    const options = parseKeeperOptions([
      ...['/r', '--trainer', '/t.js', '--now', '--version', '1.2.3'],
      ...['--asked-ms', '1', '--interrupted-ms', '2', '--grace-ms', '3', '--queue-poll-ms', '4'],
    ]);
    expect(options).toMatchObject({ queue: 'now', version: '1.2.3', graceMs: 3, queuePollMs: 4 });
    expect(options.deadlines).toEqual({ askedMs: 1, interruptedMs: 2 });
  });

  it.each([
    [['--trainer', 't']],
    [['a', 'b', '--trainer', 't']],
    [['a']],
    [['a', '--trainer', 't', '--grace-ms', 'soon']],
    [['a', '--trainer', 't', '--unknown']],
  ])('refuses %j', (commandLine) => {
    expect(() => parseKeeperOptions(commandLine)).toThrow();
  });
});
