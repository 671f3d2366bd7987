/** The collapse alert fires on a collapsed run, once, and never early or on a healthy one. */
import { describe, expect, test } from 'vitest';
import { collapseAlert, isCollapsed, observeCollapse } from '../../../../src/domain/diagnostics/collapse';

const THRESHOLDS = { headroomTolerance: 0.02, deviationShare: 0.1, collapseSteps: 50 };
const SETTING = { ...THRESHOLDS, dimensions: 128, warmupSteps: 20 };
const HEALTHY_DEVIATION = 1 / Math.sqrt(128);

function alertSteps(
  steps: number,
  at: (step: number) => { headroom: number; deviation: number },
  setting = SETTING,
) {
  let streak = 0;
  return Array.from({ length: steps }, (_, step) => step).filter((step) => {
    streak = observeCollapse(streak, { step, ...at(step) }, setting);
    return isCollapsed(streak, setting);
  });
}

describe('observeCollapse', () => {
  test('fires within 200 steps on a run that is collapsed from the start, and while that lasts ever more rarely', () => {
    expect(alertSteps(1000, () => ({ headroom: 1, deviation: 0 }))).toEqual([149, 199, 299, 499, 899]);
  });

  test('waits for the end of a longer warm-up', () => {
    const steps = alertSteps(390, () => ({ headroom: 1, deviation: 0 }), { ...SETTING, warmupSteps: 300 });
    expect(steps).toEqual([349]);
  });

  test('goes by the thresholds that it is given', () => {
    const steps = alertSteps(120, () => ({ headroom: 0.9, deviation: 0 }), {
      ...SETTING,
      headroomTolerance: 0.2,
      collapseSteps: 15,
    });
    expect(steps).toEqual([114]);
  });

  test('names the first step of the streak', () => {
    expect(collapseAlert(100, 399, 0)).toMatchObject({ step: 399, since: 300 });
  });

  test('stays silent when only one of the two signs is there', () => {
    expect(alertSteps(500, () => ({ headroom: 1, deviation: HEALTHY_DEVIATION }))).toEqual([]);
    expect(alertSteps(500, () => ({ headroom: 0.9, deviation: 0 }))).toEqual([]);
  });

  test('starts counting again after one healthy step, and ignores values that are not finite', () => {
    const dip = (step: number) => ({ headroom: step % 40 === 0 ? 0.8 : 1, deviation: 0 });
    expect(alertSteps(1000, dip)).toEqual([]);
    expect(alertSteps(500, () => ({ headroom: Number.NaN, deviation: 0 }))).toEqual([]);
  });
});
