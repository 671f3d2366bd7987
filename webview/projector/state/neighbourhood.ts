/** The neighbours of samples: asked of the host once, at the epoch, table and metric that are looked at. */
import type { ProjectorHostMessage, ProjectorPageMessage } from '../../../src/protocol/pages/projector';
import type { ProjectorModel } from './model';
import type { NeighbourKey, NeighbourList } from './neighbours';
import { NeighbourLists } from './neighbours';
import type { Place } from './partners';
import type { ProjectorView } from './view';
import { shownEpochs } from './view';

/** Whose neighbours, and how many of which vectors. */
export interface NeighbourQuestion extends NeighbourKey {
  readonly table: string;
  readonly k: number;
}

/** What was asked and answered. */
export class Neighbourhood {
  readonly #lists = new NeighbourLists();

  constructor(private readonly post: (message: ProjectorPageMessage) => void) {}

  add(message: Extract<ProjectorHostMessage, { readonly type: 'neighbours' }>): void {
    this.#lists.add(message);
  }

  clear(): void {
    this.#lists.clear();
  }

  /** The list if it is here; nothing is asked. */
  find(question: NeighbourQuestion): NeighbourList | undefined {
    return this.#lists.get(question, question.k);
  }

  /** The list; the host is asked at the first call. */
  get(question: NeighbourQuestion): NeighbourList | undefined {
    if (this.#lists.needs(question, question.k)) this.ask(question);
    return this.find(question);
  }

  /** Asks the host, whether or not it was asked before. */
  ask({ pane, row, epoch, metric, table, k }: NeighbourQuestion): void {
    this.post({ type: 'neighbours', pane, row, epoch, metric, table, k });
  }
}

/** The question about a sample as it is looked at now. */
export function questionAbout(
  model: ProjectorModel,
  view: ProjectorView,
  { pane, row }: Place,
): NeighbourQuestion {
  const epoch = shownEpochs(model, view)[pane] ?? 0;
  return { pane, row, epoch, table: model.shownMap.table, ...view.neighbours };
}
