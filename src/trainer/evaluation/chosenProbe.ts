/**
 * The linear probe at the learning rate that serves its features best. The validation table alone chooses among the
 * rates.
 */
import { top1 } from '../../domain/metrics/accuracy';
import type { Engine } from '../../engine/engine';
import type { ProbeHost, ProbeResult, ProbeSetting, ProbeTables } from './probe';
import { linearProbe } from './probe';

export interface ChosenProbe extends ProbeResult {
  readonly learningRate: number;
}

type Epoch = Parameters<Required<ProbeHost>['onEpoch']>;

interface Candidate {
  readonly probe: ChosenProbe;
  readonly epochs: readonly Epoch[];
  /** Accuracy on the validation table, 0 to 1. */
  readonly accuracy: number;
}

/**
 * Trains one probe for each rate, or one at the setting's own where there are none, and keeps the first of those that
 * are right most often on the validation table. `onEpoch` hears of the chosen one, after all have been trained.
 */
export async function chosenProbe(
  engine: Engine,
  tables: ProbeTables,
  setting: ProbeSetting & { readonly rates: readonly number[] },
  host: ProbeHost,
): Promise<ChosenProbe> {
  const { rates, ...own } = setting;
  if (rates.length === 0) {
    return { ...(await linearProbe(engine, tables, own, host)), learningRate: own.learningRate };
  }
  const candidates: Candidate[] = [];
  for (const [place, learningRate] of rates.entries()) {
    const part = partOf(host, place, rates.length);
    const probe = await linearProbe(engine, tables, { ...own, learningRate }, part.host);
    const accuracy = top1(probe.validationLogits, tables.validation.labels, own.classes);
    candidates.push({ probe: { ...probe, learningRate }, epochs: part.epochs, accuracy });
  }
  const best = candidates.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  for (const epoch of best.epochs) host.onEpoch?.(...epoch);
  return best.probe;
}

/** A host that keeps the epochs of one candidate, and tells its share of the progress. */
function partOf({ port, onEpoch, onProgress }: ProbeHost, place: number, parts: number) {
  const epochs: Epoch[] = [];
  const host: ProbeHost = {
    port,
    ...(onEpoch === undefined ? {} : { onEpoch: (...epoch: Epoch) => void epochs.push(epoch) }),
    ...(onProgress === undefined ? {} : { onProgress: (done: number) => onProgress((place + done) / parts) }),
  };
  return { host, epochs };
}
