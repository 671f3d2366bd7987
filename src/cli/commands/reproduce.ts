/** `supcon reproduce`: claims of the paper as a sweep over seeds, and a written verdict with intervals on each. */
import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import type { Claim } from '../../domain/claims/claim';
import { CLAIMS, claimNamed } from '../../domain/claims/definitions';
import { reportOf, verdictLine } from '../../domain/claims/report';
import { resultsByArm, runsOf } from '../../domain/claims/runs';
import { spreadFigure } from '../../domain/claims/spreadFigure';
import { applyOverride } from '../../domain/configuration/override';
import type { JsonObject } from '../../domain/configuration/override';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { SweepSummary } from '../../domain/sweep/files';
import { writeFileAtomically } from '../../formats/files';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { summariseRun } from '../../runs/list';
import { startSweep } from '../../runs/sweep/control';
import { findSweep, runsFolderOf } from '../../runs/sweep/folder';
import { summariseSweep } from '../../runs/sweep/summary';
import { consentOf } from '../consent';
import { followSweep } from '../followSweep';
import { planRuns } from '../planSweep';
import { PRODUCT_VERSION, sweepPrograms } from '../programs';
import { complete, datasetAt } from '../request';
import type { MeasuredEntry } from '../sweepResults';
import { withResults } from '../sweepResults';

export interface ReproduceOptions {
  readonly dir?: string;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly seeds?: string;
  /** A sweep of these claims that has been made already. */
  readonly from?: string;
  /** Agree to modules of one's own that `--set` names. */
  readonly trust?: boolean;
  /** Folder that the reports are also written to. */
  readonly reports?: string;
}

/** Lists the claims. */
export function listClaims(): number {
  const lines = CLAIMS.map(({ name, sentence, arms }) => `${name}: ${sentence} (${arms.length} arms)`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT_CODE.completed;
}

/** Runs claims, or reads a sweep of them, and writes the reports; the exit code. */
export async function reproduce(names: readonly string[], options: ReproduceOptions): Promise<number> {
  const claims = names.map(requireClaim);
  const runsFolder = resolveRunsFolder(process.cwd(), options.dir);
  const folder =
    options.from === undefined ? await start(claims, options) : await findSweep(runsFolder, options.from);
  const sweep = options.from === undefined ? await followSweep(folder) : await summariseSweep(folder);
  if (sweep.waiting.length > 0) {
    process.stdout.write(
      `${sweep.waiting.length} runs are left: \`supcon sweep resume ${sweep.id}\`, then \`supcon reproduce ${names.join(' ')} --from ${sweep.id}\`.\n`,
    );
    return EXIT_CODE.stopped;
  }
  const measured = { sweep, entries: await withResults(sweep), setting: await settingOf(sweep) };
  for (const claim of claims) await writeReport(claim, measured, options.reports);
  return EXIT_CODE.completed;
}

function requireClaim(name: string): Claim {
  const claim = claimNamed(name);
  if (claim !== undefined) return claim;
  throw new HumanError(
    `There is no claim "${name}": choose one of ${CLAIMS.map((known) => known.name).join(', ')}.`,
  );
}

async function start(claims: readonly Claim[], options: ReproduceOptions): Promise<string> {
  const request = { changes: await changesOf(options), seeds: seedsOf(options.seeds ?? '3') };
  const here = process.cwd();
  const runs = runsOf(claims, request).map((run) => ({
    ...run,
    configuration: complete(run.configuration, here),
  }));
  const name = claims.map((claim) => claim.name).join(' ');
  const { plan } = await planRuns(name, runs, { codeFolder: here, consent: consentOf(options) });
  const sentences = claims.map(({ sentence }) => sentence).join('\n');
  process.stdout.write(`${sentences}\n${plan.entries.length} runs; the sweep is ${plan.id}.\n`);
  return startSweep(resolveRunsFolder(process.cwd(), options.dir), plan, sweepPrograms());
}

async function changesOf({ data, set }: ReproduceOptions): Promise<JsonObject> {
  const dataset = data === undefined ? {} : { dataset: await datasetAt(data, {}) };
  return (set ?? []).reduce<JsonObject>(applyOverride, dataset);
}

function seedsOf(text: string): number[] {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new HumanError(`--seeds ${text}: give how many seeds, for example 3.`);
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** A sweep with the figures of its runs. */
interface MeasuredSweep {
  readonly sweep: SweepSummary;
  readonly entries: readonly MeasuredEntry[];
  readonly setting: [string, string][];
}

async function writeReport(
  claim: Claim,
  { sweep, entries, setting }: MeasuredSweep,
  copies: string | undefined,
): Promise<void> {
  const results = resultsByArm(claim, entries);
  const drawing = spreadFigure(claim, results);
  const figure = `${claim.name}.svg`;
  const report = reportOf({ claim, results, setting, ...(drawing === undefined ? {} : { figure }) });
  for (const folder of [sweep.folder, ...(copies === undefined ? [] : [copies])]) {
    await mkdir(folder, { recursive: true });
    if (drawing !== undefined) await writeFileAtomically(join(folder, figure), drawing);
    await writeFileAtomically(join(folder, `${claim.name}.md`), report);
  }
  process.stdout.write(`${verdictLine(claim, results)}\nReport: ${join(sweep.folder, `${claim.name}.md`)}\n`);
}

/** What every arm shares, for whoever reads the report without the runs. */
async function settingOf(sweep: SweepSummary): Promise<[string, string][]> {
  const [first] = sweep.entries;
  if (first === undefined) return [];
  const { dataset, model, stage1, augmentation } = first.configuration;
  const seeds = [...new Set(sweep.entries.map(({ configuration }) => configuration.seed))];
  const run = await summariseRun(join(runsFolderOf(sweep.folder), first.run?.run ?? ''));
  const { engine, progress } = run;
  const [processor] = cpus();
  return [
    ['data set', dataset.path === '' ? dataset.kind : `${basename(dataset.path)} (${dataset.kind})`],
    ['encoder', `${model.encoder}, width ${model.width}`],
    [
      'steps',
      `${progress?.steps ?? '?'} (${stage1.epochs} epochs of ${stage1.batchSize} x ${augmentation.views} views)`,
    ],
    ['seeds', seeds.join(', ')],
    [
      'engine',
      engine === null ? 'unknown' : `${engine.name}, ${engine.device}, ${engine.precision ?? 'float32'}`,
    ],
    [
      'machine',
      `${processor?.model ?? 'unknown processor'}, ${cpus().length} threads, Node ${process.versions.node}`,
    ],
    ['SupCon Lab', PRODUCT_VERSION],
  ];
}
