/** From what is known of several runs to their diff: one function a section, and the columns above them all. */
import { lookOf, stateInWords } from '../display/runLook';
import { FORMAT_VERSION } from '../run/layout';
import { compareClasses } from './classes';
import { compareCode } from './code/code';
import { compareConfigurations } from './configuration';
import type { CommittedText, RunFacts } from './facts';
import { compareMetrics } from './metrics';
import { compareData, compareEngines, compareEnvironments, compareOutcomes } from './recorded';
import type { DiffColumn, RunDiff, SectionName } from './runDiff';
import { compareSamples } from './samples';

/**
 * Compares runs, the first of them being the baseline.
 * @param committed files as they were committed, where the repository is at hand
 */
export function compareRuns(facts: readonly RunFacts[], committed: readonly CommittedText[] = []): RunDiff {
  const problems = (section: SectionName) => facts.flatMap((each) => problemsOf(each, section));
  const section = (name: SectionName, rows: RunDiff['outcome']['rows']) => ({
    rows,
    problems: problems(name),
  });
  const code = compareCode(facts, committed);
  return {
    formatVersion: FORMAT_VERSION,
    columns: facts.map(columnOf),
    outcome: section('outcome', compareOutcomes(facts)),
    configuration: section('configuration', compareConfigurations(facts).rows),
    data: section('data', compareData(facts)),
    environment: section('environment', compareEnvironments(facts)),
    engine: section('engine', compareEngines(facts)),
    code: { ...code, problems: [...problems('code'), ...code.problems] },
    metrics: { rows: compareMetrics(facts), problems: problems('metrics') },
    classes: { rows: compareClasses(facts), problems: problems('classes') },
    samples: { diffs: compareSamples(facts), problems: problems('samples') },
  };
}

function columnOf({ key, name, id, summary, replicates }: RunFacts): DiffColumn {
  const look = summary === null ? { icon: 'json', colour: '' } : lookOf(summary);
  return {
    key,
    name,
    id,
    kind: summary?.kind ?? 'configuration',
    state: summary === null ? '' : stateInWords(summary),
    icon: look.icon,
    colour: look.colour,
    seed: summary?.seed ?? null,
    group: summary?.group ?? '',
    replicates: Math.max(1, replicates.length),
  };
}

function problemsOf({ name, problems, configuration }: RunFacts, section: SectionName): string[] {
  const own = section === 'configuration' ? (configuration?.problem ?? null) : null;
  return [...(problems[section] ?? []), ...(own === null ? [] : [own])].map((text) => `${name}: ${text}`);
}
