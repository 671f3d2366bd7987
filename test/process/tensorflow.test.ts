/** Each operation on TensorFlow's library against the eager oracle. Fails where the library is not set up. */
import { describe, expect, it } from 'vitest';
import { CASES, given, INPUTS, type Build } from './tensorflowCases';
import type { NamedValues, Program } from '../../src/engine/engine';
import type { OpName } from '../../src/engine/graph/ops';
import { createEngine } from '../../src/engine/choose';
import { traceProgram } from '../../src/engine/trace/trace';
import { expectClose, randomValues } from '../unit/engine/support';

/** Programs of several operations stand in the table under each: one run is enough. */
const BUILDS = new Map<Build, OpName[]>();
for (const [op, builds] of Object.entries(CASES) as [OpName, readonly Build[]][])
  for (const build of builds) BUILDS.set(build, [...(BUILDS.get(build) ?? []), op]);

describe('lowerings', () => {
  it.each([...BUILDS].map(([build, ops], index) => [ops.join(', '), index, build, ops] as const))(
    "give the oracle's values for %s (case %i)",
    async (_names, index, build, ops) => {
      const program: Program = {
        inputs: INPUTS,
        build: (tensors) => ({
          outputs: Object.fromEntries(build(given(tensors)).map((tensor, at) => [`out${at}`, tensor])),
        }),
      };
      const traced = new Set(traceProgram(program, {}).nodes.map(({ op }) => op));
      expect(ops.filter((op) => !traced.has(op))).toEqual([]);
      const inputs = randomValues(INPUTS, 40 + index);
      const [actual, expected] = [
        await runOnce('tensorflow', program, inputs),
        await runOnce('eager', program, inputs),
      ];
      for (const name of Object.keys(expected)) expectClose(actual[name], expected[name], 1e-5);
    },
  );
});

async function runOnce(
  name: 'tensorflow' | 'eager',
  program: Program,
  inputs: NamedValues,
): Promise<NamedValues> {
  const { engine } = await createEngine(name, { threads: 1, device: { kind: 'cpu', index: 0 } });
  const session = await engine.load({ state: {}, programs: { only: program } }, {});
  const outputs = await session.run('only', inputs);
  await session.dispose();
  return outputs;
}
