/** Why an engine was chosen, in the words that the run shows. */
import { formatNumber } from '../../domain/display/format';
import type { CandidateName } from './candidates';
import type { ProbeResult } from './probe';
import type { Remembered } from './memory';

/** One sentence on a probe; undefined where there was nothing to choose from. */
export function describeProbe(result: ProbeResult | Remembered | undefined): string {
  if (result?.fastest === undefined) {
    return 'onnxruntime is built in, and nothing else can train here: "supcon doctor" says why.';
  }
  const times = Object.entries(result.stepMs) as [CandidateName, number][];
  const list = times
    .sort(([, a], [, b]) => a - b)
    .map(([name, ms]) => `${name} ${formatNumber(ms)} ms`)
    .join(', ');
  const when = 'at' in result ? `, timed on ${new Date(result.at).toISOString().slice(0, 10)}` : '';
  return `The fastest here in one step of this model${when}: ${list}.`;
}
