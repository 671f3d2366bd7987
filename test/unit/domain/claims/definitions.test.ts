/** Every claim can be run: its arms parse, its contrasts name arms and figures that exist. */
import { expect, test } from 'vitest';
import { CLAIMS, claimNamed } from '../../../../src/domain/claims/definitions';
import { resultsByArm, runsOf } from '../../../../src/domain/claims/runs';

const SEEDS = [1, 2];

test.each(CLAIMS.map((claim) => [claim.name, claim] as const))('the claim %s', (_, claim) => {
  const runs = runsOf([claim], { changes: { stage1: { epochs: 1 } }, seeds: SEEDS });
  expect(runs).toHaveLength(claim.arms.length * SEEDS.length);
  expect(new Set(runs.map(({ label }) => label)).size).toBe(runs.length);
  expect(runs.every(({ configuration }) => configuration.stage1.epochs === 1)).toBe(true);
  const arms = claim.arms.map(({ name }) => name);
  const families = claim.arms.map(({ family }) => family);
  for (const contrast of claim.contrasts) {
    if (contrast.kind === 'ordering')
      expect(arms).toEqual(expect.arrayContaining([contrast.better, contrast.worse]));
    if (contrast.kind === 'figures') expect(arms).toContain(contrast.arm);
    if (contrast.kind === 'spread')
      expect(families).toEqual(expect.arrayContaining([contrast.narrower, contrast.wider]));
  }
});

test('the figures of a sweep find their arms, in the order of the seeds', () => {
  const claim = claimNamed('out-against-in');
  if (claim === undefined) throw new Error('The claim is gone');
  const runs = runsOf([claim], { changes: {}, seeds: SEEDS }).map(({ changes, configuration }) => ({
    changes,
    results: { formatVersion: configuration.seed },
  }));
  const byArm = resultsByArm(claim, runs);
  expect(byArm['SupCon'].map((run) => run?.formatVersion)).toEqual(SEEDS);
  expect(byArm['L_in']).toHaveLength(2);
});

test('arms that claims share are run once, and each claim finds its own', () => {
  const claims = ['out-against-in', 'temperature', 'corruption'].map((name) => {
    const claim = claimNamed(name);
    if (claim === undefined) throw new Error('The claim is gone');
    return claim;
  });
  const runs = runsOf(claims, { changes: {}, seeds: SEEDS });
  // SupCon, L_in, two temperatures; SupCon and cross-entropy once more with the corruptions.
  expect(runs).toHaveLength(6 * SEEDS.length);
  const measured = runs.map((run) => ({ ...run, results: { formatVersion: run.configuration.seed } }));
  for (const claim of claims) {
    const found = Object.values(resultsByArm(claim, measured));
    expect(found.every((arm) => arm.length === SEEDS.length)).toBe(true);
  }
});
