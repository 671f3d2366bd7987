/**
 * What a study tells while it works: maps that are done, each once a job, what is shown on its way, and how far it is. It is
 * told of which side and epoch the map is that is being made.
 */
import type { Monitor, Positions } from '../../../projection/types';
import type { MapNews, MapQuestion } from '../maps';
import type { MapsSetup } from '../messages';
import { createMonitor } from '../wanted';
import { placesOf } from './rows';
import type { EpochMap, StudySide } from './side';

export interface NewsOptions extends Pick<MapsSetup, 'wanted'> {
  readonly tell: (job: number, news: MapNews) => void;
}

/** Tells the news of one study, under the number of its job. */
export class StudyNews {
  readonly #told = new Set<string>();
  #job = 0;
  #isShown = true;
  #current: { readonly side: StudySide; readonly epoch: number } | undefined;

  constructor(
    private readonly options: NewsOptions,
    private readonly question: MapQuestion,
  ) {}

  /** Another job begins; gives its monitor. Without `isShown` nobody wants maps. */
  begin(job: number, isShown: boolean): Monitor {
    this.#job = job;
    this.#isShown = isShown;
    this.#told.clear();
    return createMonitor({
      wanted: this.options.wanted,
      job,
      progress: (what, fraction) =>
        this.tell({ type: 'progress', stage: { what, fraction, ...this.#epochOfSeveral() } }),
      snapshot: (positions) => this.#tellSnapshot(positions),
    });
  }

  /** The map of this side and epoch is begun. */
  turnTo(side: StudySide, epoch: number): void {
    this.#current = { side, epoch };
  }

  tell(news: MapNews): void {
    this.options.tell(this.#job, news);
  }

  /** Tells a map that is done, unless this job has told it. */
  tellMap(side: StudySide, epoch: number, { key, rows, positions, alignment, axes }: EpochMap): void {
    const name = `${side.name}/${key}`;
    if (!this.#isShown || this.#told.has(name)) return;
    this.#told.add(name);
    const told = { ...placed(side, positions, rows), alignment, axes: [...axes] };
    this.tell({ type: 'map', pane: side.name, epoch, isFinal: true, ...told });
  }

  #epochOfSeveral(): { readonly epoch?: number } {
    const { side, epoch } = this.#current ?? {};
    return side === undefined || epoch === undefined || side.epochs.length === 1 ? {} : { epoch };
  }

  /** Only of what is shown first: nobody looks at the others yet. */
  #tellSnapshot(positions: Positions): void {
    if (this.#current === undefined || !this.#isShown) return;
    const { side, epoch } = this.#current;
    if (epoch !== this.question.epochs[side.name]) return;
    const told = { ...placed(side, positions, side.rowsOf(epoch)), alignment: null, axes: [] };
    this.tell({ type: 'map', pane: side.name, epoch, isFinal: false, ...told });
  }
}

function placed(side: StudySide, positions: Positions, rows: Int32Array) {
  const places = placesOf(positions, rows, side.pane.ids.length);
  return { positions: places, dimensions: positions.dimensions };
}
