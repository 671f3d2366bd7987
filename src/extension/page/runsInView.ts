/** The runs on a dashboard with everything known of each, and what of it the page has not been told yet. */
import type { RunLook } from '../../domain/display/runColours';
import { assignLooks } from '../../domain/display/runColours';
import type { Settings } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import type { RunNews } from '../../protocol/pages/dashboard';
import type { RunNumbers } from '../../runs/numbers/numbers';
import type { TagFigures } from '../../protocol/chart';

interface Entry {
  summary: RunSummary;
  parameters: Settings;
  numbers: RunNumbers | undefined;
  isSummaryNews: boolean;
  areParametersNews: boolean;
  areNumbersNews: boolean;
  told: Map<string, TagFigures>;
}

/** Runs in view. */
export class RunsInView {
  readonly #entries = new Map<string, Entry>();
  #looks = new Map<string, RunLook>();
  #isOrderNews = false;

  /** Folders in order. */
  get order(): string[] {
    return [...this.#entries.keys()];
  }

  /** Whether the page lacks anything. */
  get hasNews(): boolean {
    return this.#isOrderNews || [...this.#entries.values()].some(isNews);
  }

  /** The runs from now on; true if some came or left. */
  setRuns(runs: readonly RunSummary[]): boolean {
    const before = this.order;
    const kept = new Map(this.#entries);
    this.#entries.clear();
    for (const summary of runs) this.#entries.set(summary.folder, updated(kept.get(summary.folder), summary));
    this.#looks = assignLooks(this.order, this.#looks);
    const isChanged = before.join('\0') !== this.order.join('\0');
    this.#isOrderNews ||= isChanged;
    return isChanged;
  }

  /** Settings of a run; a run that has left is ignored. */
  setParameters(folder: string, parameters: Settings): void {
    const entry = this.#entries.get(folder);
    if (entry) Object.assign(entry, { parameters, areParametersNews: true });
  }

  /** Tags and found parameters of some runs. */
  setNumbers(runs: readonly RunNumbers[]): void {
    for (const numbers of runs) {
      const entry = this.#entries.get(numbers.run);
      if (!entry || entry.numbers === numbers) continue;
      if (entry.numbers?.parameters !== numbers.parameters) entry.areParametersNews = true;
      Object.assign(entry, { numbers, areNumbersNews: true });
    }
  }

  /** Everything, for a page that knows nothing. */
  everything(): RunNews[] {
    for (const entry of this.#entries.values()) {
      Object.assign(entry, { isSummaryNews: true, areParametersNews: true, areNumbersNews: true });
      entry.told = new Map();
    }
    return this.takeNews();
  }

  /** What the page has not been told; it counts as told from now on. */
  takeNews(): RunNews[] {
    this.#isOrderNews = false;
    return [...this.#entries].flatMap(([folder, entry]) =>
      isNews(entry) ? [this.#newsOf(folder, entry)] : [],
    );
  }

  /** The settings of a run: its own, and those found beside its curves. */
  parametersOf(folder: string): Settings {
    const entry = this.#entries.get(folder);
    return { ...entry?.numbers?.parameters, ...entry?.parameters };
  }

  #newsOf(folder: string, entry: Entry): RunNews {
    const news = {
      folder,
      summary: entry.isSummaryNews ? entry.summary : null,
      look: this.#looks.get(folder) ?? { hue: 0, dash: 0 },
      parameters: entry.areParametersNews ? { ...this.parametersOf(folder) } : null,
      tags: untoldTags(entry),
      skipped: entry.numbers?.skipped ?? 0,
      problems: [...(entry.numbers?.problems ?? [])],
    };
    Object.assign(entry, { isSummaryNews: false, areParametersNews: false, areNumbersNews: false });
    return news;
  }
}

function updated(before: Entry | undefined, summary: RunSummary): Entry {
  if (before) {
    before.isSummaryNews ||= before.summary !== summary;
    before.summary = summary;
    return before;
  }
  return {
    summary,
    parameters: {},
    numbers: undefined,
    isSummaryNews: true,
    areParametersNews: true,
    areNumbersNews: true,
    told: new Map(),
  };
}

function isNews({ isSummaryNews, areParametersNews, areNumbersNews }: Entry): boolean {
  return isSummaryNews || areParametersNews || areNumbersNews;
}

function untoldTags({ numbers, told }: Entry): TagFigures[] {
  const untold = (numbers?.tags ?? []).filter((tag) => !isTold(tag, told.get(tag.tag)));
  for (const tag of untold) told.set(tag.tag, tag);
  return untold;
}

function isTold(tag: TagFigures, told: TagFigures | undefined): boolean {
  return (
    told !== undefined &&
    told.points === tag.points &&
    told.lastStep === tag.lastStep &&
    Object.is(told.last, tag.last) &&
    told.nonFinite === tag.nonFinite
  );
}
