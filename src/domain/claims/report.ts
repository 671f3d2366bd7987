/** The written verdict on a claim, as Markdown: what was run, what came out, how sure that is, what it cannot say. */
import { formatNumber } from '../display/format';
import type { Metric, MetricName } from '../run/metrics';
import { metricNamed } from '../run/metrics';
import { estimateOver } from '../sweep/settings';
import type { Claim, Contrast } from './claim';
import type { ArmResults, Judged } from './verdict';
import { judge, verdictOf } from './verdict';

const ACCURACY =
  "Accuracy is that of the run's own classifier where it trained one, as cross-entropy does, else of the linear probe on the frozen encoder.";

export interface ReportContext {
  readonly claim: Claim;
  readonly results: ArmResults;
  /** What all arms share, by name: data set, encoder, steps, seeds, engine, machine, version. */
  readonly setting: readonly (readonly [string, string])[];
  /** File name of a figure beside the report. */
  readonly figure?: string;
}

/** The report; its first line after the title is the verdict. */
export function reportOf({ claim, results, setting, figure }: ReportContext): string {
  const judged = judge(claim, results);
  return [
    `# ${claim.sentence}`,
    `**Verdict: ${verdictOf(judged)}** at this size, by 95 % intervals. (\`supcon reproduce ${claim.name}\`)`,
    table(
      ['contrast', 'difference', '95 % interval', 'runs', 'verdict', 'in the paper'],
      judged.map(contrastRow),
    ),
    ...(figure === undefined ? [] : [`![${claim.sentence}](${figure})`]),
    '## Arms',
    'Mean and standard deviation over seeds, test split.',
    table(['arm', 'runs', ...claim.metrics.map((name) => metricNamed(name).label)], armRows(claim, results)),
    '## How',
    table(['', ''], setting),
    howJudged(claim),
    ...(claim.metrics.includes('accuracy') ? [ACCURACY] : []),
    '## What this cannot say',
    claim.caution,
    '',
  ].join('\n\n');
}

/** One line for the terminal. */
export function verdictLine(claim: Claim, results: ArmResults): string {
  const judged = judge(claim, results);
  const parts = judged.map((one) => `${nameOf(one.contrast)} ${differenceText(one)} ${intervalText(one)}`);
  return `${claim.name}: ${verdictOf(judged)} (${parts.join('; ')})`;
}

function armRows({ arms, metrics }: Claim, results: ArmResults): string[][] {
  return arms.map(({ name }) => {
    const runs = (results[name] ?? []).filter((run) => run !== undefined);
    return [name, String(runs.length), ...metrics.map((metric) => meanText(runs, metric))];
  });
}

function meanText(runs: readonly NonNullable<ArmResults[string][number]>[], name: MetricName): string {
  const metric = metricNamed(name);
  const estimate = estimateOver(runs, (run) => metric.of(run));
  if (estimate === undefined) return '-';
  const spread = Number.isNaN(estimate.deviation) ? '' : ` ± ${figureText(estimate.deviation, metric)}`;
  return `${figureText(estimate.mean, metric)}${spread}`;
}

function contrastRow(judged: Judged): string[] {
  const { contrast, count, verdict } = judged;
  return [
    nameOf(contrast),
    differenceText(judged),
    intervalText(judged),
    String(count),
    verdict,
    contrast.paper,
  ];
}

function nameOf(contrast: Contrast): string {
  switch (contrast.kind) {
    case 'ordering':
      return `${contrast.better} over ${contrast.worse}, ${metricNamed(contrast.metric).label}`;
    case 'figures':
      return `${metricNamed(contrast.better).label} over ${metricNamed(contrast.worse).label}`;
    case 'spread':
      return `spread of ${contrast.wider} over that of ${contrast.narrower}, ${metricNamed(contrast.metric).label}`;
  }
}

function metricOf(contrast: Contrast): Metric {
  return metricNamed(contrast.kind === 'figures' ? contrast.better : contrast.metric);
}

function differenceText({ contrast, difference }: Judged): string {
  return signed(difference, metricOf(contrast));
}

function intervalText({ contrast, low, high }: Judged): string {
  const metric = metricOf(contrast);
  return `[${signed(low, metric)}, ${signed(high, metric)}]`;
}

function signed(value: number, metric: Metric): string {
  const text = figureText(value, metric);
  return value > 0 ? `+${text}` : text;
}

/** Shares in points of a hundred, so that a difference reads as the paper prints it. */
function figureText(value: number, { unit }: Metric): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  return unit === 'share' ? (100 * value).toFixed(2) : value.toFixed(4);
}

function howJudged({ contrasts }: Claim): string {
  const isSpread = contrasts.some(({ kind }) => kind === 'spread');
  return isSpread
    ? 'A spread is the standard deviation over settings, each the mean of its seeds; the interval is a percentile bootstrap over settings (2,000 resamples). Positive is as the paper says.'
    : "Differences are taken seed by seed (equal seeds share split, initial weights and views), positive as the paper says; the interval is Student's t. Each contrast has its own 95 %; a claim holds if all its contrasts do.";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
