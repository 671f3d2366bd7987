/** What one step becomes: lines where there are any, no loss where there is none, and the input of the alerts. */
import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import { isCollapsed, observeCollapse } from '../../../../src/domain/diagnostics/collapse';
import { simClrLoss } from '../../../../src/domain/losses/simclr';
import { supConLoss } from '../../../../src/domain/losses/supcon';
import { TAG } from '../../../../src/domain/metrics/tags';
import { readStep } from '../../../../src/trainer/loop/observe';
import { randomRows } from '../../domain/losses/support';

interface Shown {
  readonly loss: number;
  readonly deviation?: number;
  readonly withoutPositives?: number;
  readonly withoutNegatives?: number;
}

function read(loss: NonNullable<PartialConfiguration['loss']>, labels: readonly number[], shown: Shown) {
  const configuration = parseConfiguration({ loss }, 'test');
  const outputs = {
    loss: Float32Array.of(shown.loss),
    unscaledLoss: Float32Array.of(shown.loss),
    deviation: Float32Array.of(shown.deviation ?? 0.1),
    anchorsWithoutPositives: Float32Array.of(shown.withoutPositives ?? 0),
    anchorsWithoutNegatives: Float32Array.of(shown.withoutNegatives ?? 0),
  };
  const timing = { rate: 0.1, epoch: 1, elapsedMs: 10, waitedMs: 1 };
  return readStep(configuration, 4, { outputs, labels: Int32Array.from(labels), ...timing });
}

const LABELS = [0, 1, 2, 3, 0, 1, 2, 3];

describe('readStep', () => {
  test('records both lines and the headroom between them', () => {
    const { scalars } = read({ name: 'supcon' }, LABELS, { loss: Math.log(7) });
    expect(scalars[TAG.collapseLine]).toBeCloseTo(Math.log(7), 12);
    expect(scalars[TAG.headroom]).toBeCloseTo(1, 6);
  });

  test('leaves out a floor that has no closed form, and the headroom with it', () => {
    const { scalars } = read({ name: 'supcon+simclr' }, LABELS, { loss: 1 });
    expect(scalars[TAG.collapseLine]).toBeCloseTo(Math.log(7), 12);
    expect(TAG.floor in scalars).toBe(false);
    expect(TAG.headroom in scalars).toBe(false);
  });

  test('still sees the collapse of a loss whose floor is unknown', () => {
    const { observation } = read({ name: 'supcon+simclr' }, LABELS, { loss: Math.log(7) });
    expect(observation.headroom).toBeCloseTo(1, 6);
  });

  test('has no loss where no anchor is valid', () => {
    const { scalars, observation } = read({ name: 'supcon' }, LABELS, { loss: 0, withoutPositives: 8 });
    expect(scalars[TAG.loss]).toBeNaN();
    expect(observation.masks).toEqual({ anchors: 8, withoutPositives: 8, withoutNegatives: 0 });
    const one = { loss: 0, withoutNegatives: 8 };
    expect(read({ denominator: 'negatives' }, LABELS, one).scalars[TAG.loss]).toBeNaN();
    expect(read({ denominator: 'all' }, LABELS, one).scalars[TAG.loss]).toBe(0);
  });

  test('counts first views alone where they are the anchors, and no masks for a classifier', () => {
    expect(read({ anchors: 'first' }, LABELS, { loss: 1 }).observation.masks?.anchors).toBe(4);
    expect(read({ name: 'cross-entropy' }, LABELS, { loss: 1 }).observation.masks).toBeUndefined();
  });
});

describe('the collapse alert', () => {
  const WIDTH = 32;

  /** Steps with random unit vectors, the state in which a loss lies nearest to its collapse line without collapse. */
  function alertsOver(loss: NonNullable<PartialConfiguration['loss']>, labels: readonly number[]): number {
    let [streak, alerts] = [0, 0];
    for (let step = 0; step < 60; step++) {
      const embeddings = randomRows(step, [labels.length, WIDTH]);
      const batch = { embeddings, dimensions: WIDTH, labels, views: 2, temperature: 0.5 };
      const { value } = loss.name === 'simclr' ? simClrLoss(batch) : supConLoss(batch);
      const { observation } = read({ ...loss, temperature: 0.5 }, labels, {
        loss: value,
        deviation: 1 / Math.sqrt(WIDTH),
      });
      const setting = { ...parseConfiguration({}, 'the test').alerts, dimensions: WIDTH, warmupSteps: 0 };
      streak = observeCollapse(streak, { ...observation, step: 200 + step }, setting);
      alerts += isCollapsed(streak, setting) ? 1 : 0;
    }
    return alerts;
  }

  test('is silent on a healthy run of 100 classes and on SimCLR', () => {
    const labels = Array.from({ length: 64 }, (_, row) => ((row % 32) * 37) % 100);
    expect(alertsOver({ name: 'supcon' }, labels)).toBe(0);
    expect(alertsOver({ name: 'simclr' }, labels)).toBe(0);
  });
});
