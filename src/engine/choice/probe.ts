/** Tries the candidates with a step of the run's own model, one after the other, and picks the fastest. */
import { isFound, type CandidateName, type Findings } from './candidates';
import type { EngineOptions } from '../options';
import type { Answer, Question } from './process';
import type { Trial } from './trial';

/** What came of a probe; every candidate is either timed or missing. */
export interface ProbeResult {
  /** Undefined where nothing could be timed. */
  readonly fastest: CandidateName | undefined;
  /** Milliseconds of a step. */
  readonly stepMs: Readonly<Partial<Record<CandidateName, number>>>;
  /** Sentences. */
  readonly missing: Readonly<Partial<Record<CandidateName, string>>>;
}

/** How far the loss of the first step may be from that of onnxruntime on the processor. */
const LOSS_TOLERANCE = { float32: 1e-3, mixed: 2e-2 };

interface Timed {
  readonly name: CandidateName;
  readonly stepMs: number;
  readonly loss: number;
}

/** Asks each candidate in turn; none but the fastest of those that agree on the loss is used. */
export async function probe(
  findings: Findings,
  options: EngineOptions,
  trial: Trial,
  ask: (question: Question) => Promise<Answer>,
): Promise<ProbeResult> {
  const missing: Partial<Record<CandidateName, string>> = {};
  const timed: Timed[] = [];
  for (const [name, finding] of Object.entries(findings) as [CandidateName, Findings[CandidateName]][]) {
    // The last, which is built in, has won already where nothing else can be used.
    if (name === 'onnx' && timed.length === 0) continue;
    const bestMs = Math.min(...timed.map(({ stepMs }) => stepMs));
    const answer = isFound(finding) ? await ask({ name, options, trial, bestMs }) : finding;
    if (answer === undefined) continue;
    if ('missing' in answer) missing[name] = answer.missing;
    else if (answer.measured !== undefined) timed.push({ name, ...answer.measured });
  }
  const { agreeing, refused } = compareLosses(timed, LOSS_TOLERANCE[options.precision ?? 'float32']);
  const [first] = agreeing.toSorted((a, b) => a.stepMs - b.stepMs);
  return {
    fastest: (first as Timed | undefined)?.name,
    stepMs: Object.fromEntries(agreeing.map(({ name, stepMs }) => [name, stepMs])),
    missing: { ...missing, ...refused },
  };
}

function compareLosses(
  timed: readonly Timed[],
  tolerance: number,
): { agreeing: readonly Timed[]; refused: ProbeResult['missing'] } {
  const reference = timed.find(({ name, loss }) => name === 'onnx' && Number.isFinite(loss))?.loss;
  const agrees = ({ loss }: Timed): boolean =>
    Number.isFinite(loss) &&
    (reference === undefined || Math.abs(loss - reference) <= tolerance * Math.abs(reference));
  const refused: Partial<Record<CandidateName, string>> = {};
  for (const { name, loss } of timed.filter((each) => !agrees(each))) {
    refused[name] = describeLoss(name, loss, reference);
  }
  return { agreeing: timed.filter(agrees), refused };
}

function describeLoss(name: CandidateName, loss: number, reference: number | undefined): string {
  const other = reference === undefined ? '' : `, where onnxruntime's is ${reference}`;
  return `${name} computes wrongly here: the loss of its first step is ${loss}${other}.`;
}
