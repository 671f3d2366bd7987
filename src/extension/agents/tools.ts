/** The tools, by the names that the manifest gives them. Those that read never write; the two that act ask first. */
import * as l10n from '@vscode/l10n';
import { canStop, stateInWords } from '../../domain/display/runLook';
import { HumanError } from '../../domain/errors';
import { NO_FILTER, passes } from '../../domain/run/list/filter';
import type { RunRecord } from '../../domain/run/record';
import { MOST_RUNS, TOOL_INPUT } from '../../protocol/agentTools';
import { findRun } from './findRun';
import { placeInWorkspace } from './place';
import { summariseSeries } from './series';
import type { AgentTool, Confirmation } from './tool';
import { createTool } from './tool';
import type { AgentWorld, StartPlan } from './world';

export const TOOL_NAMES = [
  'supcon_list_runs',
  'supcon_show_run',
  'supcon_compare_runs',
  'supcon_series',
  'supcon_start_run',
  'supcon_stop_run',
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

const DEFAULT_RUNS = 20;
const DEFAULT_POINTS = 50;
const MOST_ALERTS = 20;
const MOST_TAGS = 100;
const UNTRUSTED =
  'This workspace is not trusted, so SupCon Lab starts and loads nothing here: its user must trust it.';

/** All tools in a world. In an untrusted workspace each of them refuses. */
export function createTools(world: AgentWorld): Readonly<Record<ToolName, AgentTool>> {
  const tools = {
    supcon_list_runs: listTool(world),
    supcon_show_run: showTool(world),
    supcon_compare_runs: compareTool(world),
    supcon_series: seriesTool(world),
    supcon_start_run: startTool(world),
    supcon_stop_run: stopTool(world),
  };
  const guarded = Object.entries(tools).map(([name, tool]) => [name, onlyTrusted(world, tool)]);
  return Object.fromEntries(guarded) as typeof tools;
}

function onlyTrusted({ isTrusted }: AgentWorld, tool: AgentTool): AgentTool {
  const require = () => {
    if (!isTrusted()) throw new HumanError(UNTRUSTED);
  };
  return {
    confirm: async (input) => {
      require();
      return tool.confirm(input);
    },
    invoke: async (input) => {
      require();
      return tool.invoke(input);
    },
  };
}

function listTool({ records }: AgentWorld): AgentTool {
  return createTool({
    parse: TOOL_INPUT.list,
    invoke: ({ text = '', states = [], limit = DEFAULT_RUNS }) => {
      const fitting = records().filter((record) => passes(record, { ...NO_FILTER, text, states }));
      const shown = fitting.slice(0, Math.min(limit, MOST_RUNS));
      return Promise.resolve({ runs: shown.map(outline), fitting: fitting.length, all: records().length });
    },
  });
}

function showTool({ records, alertsOf }: AgentWorld): AgentTool {
  return createTool({
    parse: TOOL_INPUT.show,
    invoke: async ({ run }) => {
      const record = findRun(records(), run);
      const { summary, settings, figures } = record;
      const alerts = await alertsOf(summary.folder);
      return {
        ...outline(record),
        folder: summary.folder,
        reason: summary.reason,
        engine: summary.engine,
        notes: summary.notes,
        settings,
        figures,
        alerts: alerts.slice(-MOST_ALERTS),
      };
    },
  });
}

function compareTool({ records, compare }: AgentWorld): AgentTool {
  return createTool({
    parse: TOOL_INPUT.compare,
    invoke: ({ runs }) => compare(runs.map((run) => findRun(records(), run).summary.folder)),
  });
}

function seriesTool({ records, series: read }: AgentWorld): AgentTool {
  return createTool({
    parse: TOOL_INPUT.series,
    invoke: async ({ run, tag, points = DEFAULT_POINTS }) => {
      const { summary } = findRun(records(), run);
      const { series, tags, problems } = await read(summary.folder, tag);
      if (series === undefined)
        throw new HumanError(
          `The run ${summary.id} has no tag "${tag}": ${tags.length === 0 ? 'it has none yet' : `it has ${tags.slice(0, MOST_TAGS).join(', ')}`}.`,
        );
      return { run: summary.id, tag, ...summariseSeries(series, points), problems };
    },
  });
}

function startTool({ workspaceFolders, planStart, start }: AgentWorld): AgentTool {
  const plan = async (file: string) => planStart(await placeInWorkspace(file, workspaceFolders()));
  return createTool({
    parse: TOOL_INPUT.start,
    confirm: async ({ file }) => startQuestion(await plan(file)),
    invoke: async ({ file }) => {
      const { id, folder, note, sweepRuns } = await start(await plan(file));
      return { started: id, folder, note, sweepRuns };
    },
  });
}

function startQuestion({ program, request }: StartPlan): Confirmation {
  return {
    title: l10n.t('Start a SupCon run on this machine?'),
    rows: [
      [l10n.t('Program'), program.node],
      [l10n.t('Arguments'), [program.script, JSON.stringify(request)].join(' ')],
      [l10n.t('Folder'), program.workingFolder],
    ],
  };
}

function stopTool({ records, stop }: AgentWorld): AgentTool {
  const stoppable = (run: string) => {
    const record = findRun(records(), run);
    if (canStop(record.summary)) return record.summary;
    throw new HumanError(
      `The run ${record.summary.id} is ${stateInWords(record.summary)}: there is nothing to stop.`,
    );
  };
  return createTool({
    parse: TOOL_INPUT.stop,
    confirm: ({ run }) => {
      const { name, id, pid, folder } = stoppable(run);
      const process = pid === null ? l10n.t('none yet') : l10n.t('the trainer, process {0}', pid);
      const rows = [
        [l10n.t('Run'), `${name} (${id})`],
        [l10n.t('Program'), process],
        [l10n.t('Arguments'), folder],
        [l10n.t('Folder'), folder],
      ] as const;
      return Promise.resolve({ title: l10n.t('Stop this SupCon run? It writes a checkpoint first.'), rows });
    },
    invoke: async ({ run }) => {
      const { id, folder } = stoppable(run);
      await stop(folder);
      return {
        asked: id,
        note: 'It finishes its step and writes a checkpoint; the list of runs shows when it has ended.',
      };
    },
  });
}

/** What a list says of a run. */
function outline({ summary }: RunRecord) {
  const { id, name, progress, headline, createdAt, group, seed, tags, loss } = summary;
  return {
    id,
    name,
    state: stateInWords(summary),
    created: new Date(createdAt).toISOString(),
    progress:
      progress === null
        ? null
        : `epoch ${progress.epoch} of ${progress.epochs}, step ${progress.step} of ${progress.steps}`,
    headline: headline === null ? null : `${headline.label} ${headline.value}`,
    loss,
    group,
    seed,
    tags,
  };
}
