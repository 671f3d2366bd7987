/**
 * The collapse line and the floor of a loss that somebody else's program logs, in the scale in which it is logged; or
 * the sentence that says what is missing. The floor is that of a balanced batch.
 */
import { parseConfiguration } from '../../configuration/parse';
import type { LossBounds } from '../../losses/bounds';
import { UNKNOWN_BOUNDS } from '../../losses/bounds';
import type { LossName } from '../../losses/kinds';
import { isClassification, lossKind } from '../../losses/kinds';
import { lossLines } from '../../losses/lines';
import { formatNumber } from '../../display/format';
import type { Fact, FactSources, LossFacts } from './facts';
import { readFacts } from './facts';

export interface CollapseFacts {
  readonly facts: LossFacts;
  /** In the scale of the logged loss; not a number where a line is not known; null where neither is. */
  readonly lines: LossBounds | null;
  /** What the lines were made from, or why there are none and what would help. */
  readonly sentence: string;
}

const DEFAULT_BASE_TEMPERATURE = 0.07;
/** More views than this are in no batch, so the number was read wrongly. */
const MOST_VIEWS_IN_BATCH = 2_000_000;

/** Reads the facts and derives the lines; see the module. */
export function collapseFacts(sources: FactSources): CollapseFacts {
  const facts = readFacts(sources);
  const missing = missingFacts(facts);
  if (missing.length > 0) return { facts, lines: null, sentence: sentenceOfMissing(missing, sources) };
  const lines = linesOf(facts);
  const sentence = Number.isFinite(lines.collapse)
    ? `Collapse line ${formatNumber(lines.collapse)}, from ${factsInWords(facts)}.`
    : `The loss ${facts.loss?.value ?? ''} has no collapse line that is known.`;
  return { facts, lines: Number.isFinite(lines.collapse) ? lines : null, sentence };
}

interface Missing {
  readonly words: string;
  readonly key: string;
}

function missingFacts(facts: LossFacts): Missing[] {
  const name = facts.loss?.value;
  if (name !== undefined && isClassification(name)) return facts.classes ? [] : [MISSING.classes];
  const isScaled = name === undefined || lossKind(name).temperature === 'configured';
  const hasSeveral = (facts.processes?.value ?? 1) > 1 && facts.batchSize?.source !== 'configuration';
  return [
    // Nothing but a temperature tells a contrastive loss from any other.
    ...(name === undefined && facts.temperature === undefined ? [MISSING.loss] : []),
    ...(facts.batchSize === undefined ? [MISSING.batchSize] : []),
    ...(hasSeveral ? [MISSING.sharedBatch] : []),
    ...(facts.views === undefined ? [MISSING.views] : []),
    ...(isScaled && facts.scale === undefined ? [MISSING.scale] : []),
    ...(isScaled &&
    facts.scale !== undefined &&
    facts.scale.value !== 'raw' &&
    facts.temperature === undefined
      ? [MISSING.temperature]
      : []),
  ];
}

const MISSING = {
  loss: { words: 'which loss it is', key: 'loss.name' },
  batchSize: { words: 'its batch size', key: 'command.batchSize' },
  sharedBatch: { words: 'how several processes share the batch', key: 'command.batchSize' },
  views: { words: 'its number of views', key: 'command.views' },
  scale: { words: 'the scale of its loss', key: 'loss.scale' },
  temperature: { words: 'its temperature', key: 'loss.temperature' },
  classes: { words: 'its number of classes', key: 'command.classes' },
} as const satisfies Record<string, Missing>;

function sentenceOfMissing(missing: readonly Missing[], { config }: FactSources): string {
  const unknown = `The collapse line is not known, because nothing says ${listed(missing.map(({ words }) => words))}`;
  if (config === null) return `${unknown}: log it as a hyper-parameter.`;
  return `${unknown}: set ${listed([...new Set(missing.map(({ key }) => `"${key}"`))])} in the configuration.`;
}

function linesOf(facts: LossFacts): LossBounds {
  const images = facts.batchSize?.value ?? 1;
  const views = facts.views?.value ?? 1;
  if (images * views > MOST_VIEWS_IN_BATCH) return UNKNOWN_BOUNDS;
  const name = facts.loss?.value ?? 'supcon';
  const temperature = facts.temperature?.value ?? NaN;
  // Without classes every image stands for itself, which moves the floor alone.
  const classes = facts.classes?.value ?? images;
  const labels = Array.from({ length: images * views }, (_, place) => (place % images) % classes);
  const loss = { ...parseConfiguration({}, 'the defaults').loss, name, temperature, scale: 'raw' } as const;
  const { collapse, floor } = lossLines(loss, { labels, views, classes }).unscaled;
  const factor = factorOf(name, facts);
  return { collapse: collapse * factor, floor: isFloorKnown(facts) ? floor * factor : NaN };
}

/** SimCLR has as many corners as images; the others need the classes, and all of them to be who they are. */
function isFloorKnown({ loss, classes }: LossFacts): boolean {
  return loss !== undefined && (loss.value === 'simclr' || classes !== undefined);
}

function factorOf(name: LossName, { scale, temperature, baseTemperature }: LossFacts): number {
  if (lossKind(name).temperature !== 'configured' || scale?.value === 'raw') return 1;
  const tau = temperature?.value ?? NaN;
  return scale?.value === 'tau' ? tau : tau / (baseTemperature?.value ?? DEFAULT_BASE_TEMPERATURE);
}

const SOURCE_WORDS = {
  configuration: 'configuration',
  arguments: 'arguments',
  parameters: 'logged parameters',
  console: "SupContrast's output",
} as const;

function factsInWords({ loss, batchSize, views, temperature, scale, classes }: LossFacts): string {
  const named: [string, Fact<string | number> | undefined][] = [
    ['loss', loss],
    ['N', batchSize],
    ['V', views],
    ['tau', temperature],
    ['scale', scale],
    ['C', classes],
  ];
  const known = named.flatMap(([name, fact]) =>
    fact === undefined ? [] : [`${name} ${fact.value} (${SOURCE_WORDS[fact.source]})`],
  );
  return listed(known);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
