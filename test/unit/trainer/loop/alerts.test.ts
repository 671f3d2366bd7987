/** Which alerts are due after a step, and which of them end a run. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { dueAlerts, endingOf } from '../../../../src/trainer/loop/alerts';
import { INITIAL_LOOP, advance } from '../../../../src/trainer/loop/state';
import type { LoopState } from '../../../../src/trainer/loop/state';

const COLLAPSED = {
  loss: 1,
  collapseLine: 1,
  floor: 0,
  headroom: 1,
  deviation: 0,
  waitShare: 0.5,
  masks: undefined,
  views: 2,
  elapsedMs: 1,
};

/** Kind, step and ending of every alert of a run in which all that can go wrong does. */
function run(alerts: object, steps = 260) {
  const configuration = parseConfiguration({ alerts }, 'the test').alerts;
  const setting = { ...configuration, dimensions: 8, warmupSteps: 0 };
  let loop: LoopState = INITIAL_LOOP;
  const found: string[] = [];
  for (let step = 0; step < steps; step++) {
    loop = advance(loop, COLLAPSED, setting);
    const due = dueAlerts(loop, configuration, 0);
    const ending = endingOf(due, loop, configuration);
    found.push(...due.map(({ kind, since }) => `${kind} ${since ?? '?'}-${step}`));
    if (ending !== undefined) found.push(ending);
  }
  return found;
}

test('by default alerts come and the run goes on', () => {
  expect(run({})).toEqual(['loader-bound 0-49', 'collapsed 100-149', 'collapsed 100-199']);
});

test('errors end a run that says so, once: repeated, they do not end it again', () => {
  const found = run({ stopOn: 'error' });
  expect(found.filter((text) => text.startsWith('Stopped'))).toHaveLength(1);
  expect(found[2]).toMatch(/^Stopped by its own alert \("alerts.stopOn" is "error"\): The loss has been on/);
});

test('a run that ends at warnings ends at errors too', () => {
  expect(run({ stopOn: 'warning' }).filter((text) => text.startsWith('Stopped'))).toHaveLength(2);
});

test('thresholds are those of the configuration', () => {
  expect(run({ waitShare: 0.6, collapseSteps: 20, deviationShare: 0.001 }, 125)).toEqual([
    'collapsed 100-119',
  ]);
  expect(run({ waitShare: 0.6, headroomTolerance: 0 })).toEqual([]);
});
