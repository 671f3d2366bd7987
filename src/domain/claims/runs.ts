/** From a claim to the runs of its sweep, and from the sweep's results back to its arms. */
import type { JsonObject } from '../configuration/override';
import { assignKey, mergeConfigurations } from '../configuration/override';
import type { Changes, PlannedRun } from '../sweep/expand';
import { parseConfiguration } from '../configuration/parse';
import type { Results } from '../run/results';
import type { Claim } from './claim';
import { CLAIM_BASE } from './definitions';
import type { ArmResults } from './verdict';

export interface ClaimRequest {
  /** What the user changes in the base: the data set above all. */
  readonly changes: JsonObject;
  readonly seeds: readonly number[];
}

/** Every arm with every seed, seeds outermost, so that a sweep that is cut off has whole comparisons. */
export function runsOf(claim: Claim, { changes, seeds }: ClaimRequest): PlannedRun[] {
  const base = mergeConfigurations(CLAIM_BASE, changes);
  return seeds.flatMap((seed) =>
    claim.arms.map((arm) => {
      const label = `${arm.name}, seed ${seed}`;
      return {
        label,
        changes: { arm: arm.name },
        configuration: parseConfiguration(
          withChanges(base, { ...arm.changes, seed }),
          `claim ${claim.name}, ${label}`,
        ),
      };
    }),
  );
}

/** The results of each arm in the order of the seeds. */
export function resultsByArm(
  claim: Claim,
  runs: readonly { readonly changes: Changes; readonly results: Results | undefined }[],
): ArmResults {
  return Object.fromEntries(
    claim.arms.map(({ name }) => [
      name,
      runs.filter(({ changes }) => changes['arm'] === name).map(({ results }) => results),
    ]),
  );
}

function withChanges(base: JsonObject, changes: Changes): JsonObject {
  return Object.entries(changes).reduce<JsonObject>(
    (json, [path, value]) => assignKey(json, path, value),
    base,
  );
}
