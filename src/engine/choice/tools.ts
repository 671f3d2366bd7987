/** Answers that cost time, each asked for once on a machine. */
import { createCandidate, findCandidates, type CandidateName, type Findings } from './candidates';
import { memoryKey, recall, remember } from './memory';
import { probe, type ProbeResult } from './probe';
import { askProcess } from './process';
import { makeTrial, type TrialModule } from './trial';
import type { EngineOptions } from '../options';

/** What looks at the machine; tests bring their own. */
export interface ChoiceTools {
  readonly find: typeof findCandidates;
  readonly create: typeof createCandidate;
  readonly ask: typeof askProcess;
  /** Where answers are kept; the user's cache folder unless given. */
  readonly memory?: string;
}

/** This machine. */
export const CHOICE_TOOLS: ChoiceTools = {
  find: findCandidates,
  create: createCandidate,
  ask: (question) => askProcess(question),
};

/** What a probe with the step of a run finds, or found on this machine before. */
export async function probeOnce(
  findings: Findings,
  options: EngineOptions,
  step: TrialModule,
  tools: ChoiceTools,
): Promise<ProbeResult> {
  const { state, programs } = step.module;
  const key = memoryKey(options, findings, { inputs: programs.train.inputs, state });
  const known = recall(key, tools.memory);
  if (known !== undefined) return known;
  const result = await probe(findings, options, makeTrial(step), tools.ask);
  remember(key, result, tools.memory);
  return result;
}

/**
 * Why an engine cannot be used, undefined where it can: it has been loaded, now or before, in a process of its own.
 */
export async function whyMissing(
  name: CandidateName,
  options: EngineOptions,
  tools: ChoiceTools,
): Promise<string | undefined> {
  const finding = (await tools.find(options))[name];
  if (finding !== undefined && 'missing' in finding) return finding.missing;
  const key = memoryKey(options, { [name]: finding }, null);
  if (recall(key, tools.memory) !== undefined) return undefined;
  const answer = await tools.ask({ name, options, bestMs: Infinity });
  if ('missing' in answer) return answer.missing;
  remember(key, { fastest: name, stepMs: {}, missing: {} }, tools.memory);
  return undefined;
}
