/** From claims to the runs of their sweep, and from the sweep's results back to its arms. */
import type { JsonObject } from '../configuration/override';
import { assignKey, mergeConfigurations } from '../configuration/override';
import type { Changes, PlannedRun } from '../sweep/expand';
import { parseConfiguration } from '../configuration/parse';
import type { Results } from '../run/results';
import type { Arm, Claim } from './claim';
import { CLAIM_BASE } from './definitions';
import type { ArmResults } from './verdict';

export interface ClaimRequest {
  /** What the user changes in the base: the data set above all. */
  readonly changes: JsonObject;
  readonly seeds: readonly number[];
}

/**
 * Every arm with every seed. Arms that several claims share are run once; seeds are outermost, so that a sweep that
 * is cut off has whole comparisons.
 */
export function runsOf(claims: readonly Claim[], { changes, seeds }: ClaimRequest): PlannedRun[] {
  const base = mergeConfigurations(CLAIM_BASE, changes);
  const arms = new Map(claims.flatMap(({ arms: all }) => all).map((arm) => [keyOf(markOf(arm)), arm]));
  return seeds.flatMap((seed) =>
    [...arms.values()].map((arm) => {
      const label = `${arm.name}, seed ${seed}`;
      const changed = withChanges(base, { ...arm.changes, seed });
      return { label, changes: markOf(arm), configuration: parseConfiguration(changed, `claim, ${label}`) };
    }),
  );
}

/** The results of each arm of a claim in the order of the seeds. */
export function resultsByArm(
  claim: Claim,
  runs: readonly { readonly changes: Changes; readonly results: Results | undefined }[],
): ArmResults {
  return Object.fromEntries(
    claim.arms.map((arm) => {
      const key = keyOf(markOf(arm));
      return [arm.name, runs.filter(({ changes }) => keyOf(changes) === key).map(({ results }) => results)];
    }),
  );
}

/** What marks the runs of an arm in a sweep; two claims may give one name to arms that differ. */
function markOf({ name, changes }: Arm): Changes {
  return { arm: name, ...changes };
}

function keyOf(changes: Changes): string {
  return JSON.stringify(changes);
}

function withChanges(base: JsonObject, changes: Changes): JsonObject {
  return Object.entries(changes).reduce<JsonObject>(
    (json, [path, value]) => assignKey(json, path, value),
    base,
  );
}
