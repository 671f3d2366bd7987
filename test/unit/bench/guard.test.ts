import { describe, expect, it } from 'vitest';
import { disturbance } from '../../../bench/protocol/guard.mjs';

const quiet = { ms: 100, share: 0.98 };

describe('the quiet-machine guard', () => {
  it('lets a round pass in which the product stayed within a tenth, either way', () => {
    expect(disturbance(quiet, { ms: 109, share: 0.97 })).toBeUndefined();
    expect(disturbance({ ms: 109, share: 0.97 }, quiet)).toBeUndefined();
  });

  it('names the movement of a round in which it became slower or faster', () => {
    expect(disturbance(quiet, { ms: 112, share: 0.97 })).toMatch(/moved by 12 %.*100 to 112 ms/);
    expect(disturbance({ ms: 150, share: 0.97 }, quiet)).toMatch(/moved by 50 %/);
  });

  it('notices a machine that is busy all the time, on which nothing moves', () => {
    const busy = { ms: 180, share: 0.55 };
    expect(disturbance(busy, busy)).toMatch(/only 55 % of two processors/);
    expect(disturbance(quiet, { ms: 100, share: 0.5 })).toMatch(/50 %/);
  });
});
