/** Looks at every engine of this machine, for people: what each is, how fast, or why it is missing. */
import { CANDIDATES, findCandidates, isFound, type CandidateName } from './candidates';
import { forgetAll, recallAll, type Remembered } from './memory';
import { askProcess, type Answer } from './process';
import { makeTrial, type Trial, type TrialModule } from './trial';

/** An engine, and what its process said of it. */
export interface Surveyed {
  readonly name: CandidateName;
  readonly answer: Answer;
}

/**
 * Asks every engine, each in a process of its own. With a step, it is timed on each, and what earlier probes found is
 * forgotten: who asks again has changed something.
 */
export async function surveyEngines(step?: TrialModule): Promise<readonly Surveyed[]> {
  const findings = await findCandidates({});
  if (step !== undefined) forgetAll();
  const trial = step && makeTrial(step);
  const surveyed: Surveyed[] = [];
  for (const name of CANDIDATES) {
    const finding = findings[name];
    if (finding === undefined) continue;
    surveyed.push({ name, answer: isFound(finding) ? await ask(name, trial) : finding });
  }
  return surveyed;
}

/** What earlier probes found, newest first. */
export function rememberedChoices(): readonly Remembered[] {
  return recallAll();
}

function ask(name: CandidateName, trial: Trial | undefined): Promise<Answer> {
  return askProcess({ name, options: {}, bestMs: Infinity, ...(trial === undefined ? {} : { trial }) });
}
