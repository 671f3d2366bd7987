/**
 * What the dashboard knows of the runs in view, and the pure fold that makes it from the host's messages. Answers of
 * charts and views are no part of it: they go to whoever asked.
 */
import type { RunLook } from '../../../src/domain/display/runColours';
import type { Settings } from '../../../src/domain/run/record';
import type { RunFigures } from '../../../src/domain/run/runFigures';
import type { SeedGroup } from '../../../src/domain/run/seedGroups';
import { seedGroupsOf } from '../../../src/domain/run/seedGroups';
import type { RunSummary } from '../../../src/domain/run/state';
import type { TagFigures } from '../../../src/protocol/chart';
import type { HostMessage, Layout, RunAlerts, RunNews } from '../../../src/protocol/pages/dashboard';
import { DEFAULT_LAYOUT } from '../../../src/protocol/pages/dashboard';

/** One run in view. */
export interface RunEntry {
  readonly folder: string;
  readonly summary: RunSummary;
  readonly look: RunLook;
  readonly parameters: Settings;
  readonly tags: ReadonlyMap<string, TagFigures>;
  readonly skipped: number;
  readonly problems: readonly string[];
}

type Samples = Extract<HostMessage, { type: 'samples' }>;
type Pictures = Extract<HostMessage, { type: 'pictures' }>;
type Progress = Extract<HostMessage, { type: 'news' }>['progress'];

/** Everything that panels draw, but curves. */
export interface Model {
  /** Number of the last message; null before the first snapshot. */
  readonly sequence: number | null;
  readonly trusted: boolean;
  /** In the order of the rail. */
  readonly runs: readonly RunEntry[];
  readonly groups: readonly SeedGroup[];
  readonly progress: Progress;
  readonly figures: ReadonlyMap<string, RunFigures>;
  /** The test samples that were asked for last. */
  readonly samples: Samples | null;
  /** The pictures that were asked for last. */
  readonly pictures: Pictures | null;
  /** By run, one group a kind of alert. */
  readonly alerts: ReadonlyMap<string, RunAlerts['groups']>;
}

/** The model after a message. */
export interface Folded {
  readonly model: Model;
  /** The host must send a snapshot. */
  readonly isMissed: boolean;
  /** Of a snapshot: the arrangement, and that every query is to be asked again. */
  readonly layout?: Layout;
}

/** The page before the host has answered. */
export const INITIAL_MODEL: Model = {
  sequence: null,
  trusted: true,
  runs: [],
  groups: [],
  progress: null,
  figures: new Map(),
  samples: null,
  pictures: null,
  alerts: new Map(),
};

export { DEFAULT_LAYOUT };

/** Folds one message into the model; answers only count. */
export function fold(model: Model, message: HostMessage): Folded {
  const { sequence } = message;
  if (message.type === 'snapshot') {
    const { figures, samples, pictures } = model;
    const told = { ...INITIAL_MODEL, sequence, trusted: message.trusted, figures, samples, pictures };
    return { model: withNews(told, message), isMissed: false, layout: message.layout };
  }
  if (model.sequence === null || sequence > model.sequence + 1) return { model, isMissed: true };
  const counted = { ...model, sequence };
  return { model: withMessage(counted, message), isMissed: false };
}

function withMessage(model: Model, message: Exclude<HostMessage, { type: 'snapshot' }>): Model {
  switch (message.type) {
    case 'answers':
    case 'views':
      return model;
    case 'news':
      return withNews(model, message);
    case 'samples':
      return { ...model, samples: message };
    case 'pictures':
      return { ...model, pictures: message };
    case 'alerts': {
      const told = message.runs.map(({ run, groups }) => [run, groups] as const);
      return { ...model, alerts: new Map([...model.alerts, ...told]) };
    }
    case 'figures':
      return { ...model, figures: new Map(model.figures).set(message.run, message.figures) };
  }
}

interface News {
  readonly order: readonly string[];
  readonly runs: readonly RunNews[];
  readonly progress: Progress;
}

function withNews(model: Model, { order, runs: news, progress }: News): Model {
  const entries = new Map<string, RunEntry>(model.runs.map((run) => [run.folder, run]));
  for (const one of news) {
    const entry = updated(entries.get(one.folder), one);
    if (entry) entries.set(one.folder, entry);
  }
  const runs = order.flatMap((folder) => entries.get(folder) ?? []);
  return { ...model, runs, progress, groups: groupsOf(model, runs) };
}

function updated(before: RunEntry | undefined, news: RunNews): RunEntry | undefined {
  const summary = news.summary ?? before?.summary;
  if (!summary) return undefined;
  const { folder, look, skipped, problems } = news;
  const tags = news.tags.length === 0 && before ? before.tags : new Map(before?.tags);
  if (tags instanceof Map) for (const tag of news.tags) (tags as Map<string, TagFigures>).set(tag.tag, tag);
  const parameters = news.parameters ?? before?.parameters ?? {};
  return { folder, summary, look, skipped, problems, tags, parameters };
}

/** Groups change only with the runs themselves, and their look-up of settings is the dearest part of the news. */
function groupsOf(model: Model, runs: readonly RunEntry[]): readonly SeedGroup[] {
  const isSame = (run: RunEntry, i: number) =>
    run.folder === model.runs[i]?.folder && run.parameters === model.runs[i].parameters;
  if (runs.length === model.runs.length && runs.every(isSame)) return model.groups;
  return seedGroupsOf(runs.map(({ summary, parameters }) => ({ summary, settings: parameters })));
}
