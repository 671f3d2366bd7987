/**
 * The maps of one side in the order in which they are made: the epoch that is shown, then outward from it. What can be
 * seen before it is done is told before: principal components while neighbours are found, and layouts on their way.
 */
import { NO_HINTS } from '../../../projection/pairs/align';
import type { ChainLink, ChainMap } from '../../../projection/pairs/playback';
import { outwardLinks, playChain } from '../../../projection/pairs/playback';
import type { Monitor } from '../../../projection/types';
import { pcaStart } from '../../../projection/umap/start';
import { methodOf } from './methods';
import type { EpochMap, Frame, SideChain, StudySide } from './side';

/** Which maps of a side are made, and who is told. */
export interface ChainOptions {
  readonly side: StudySide;
  /** The epoch that is shown. */
  readonly shown: number;
  /** Also all other epochs. */
  readonly isWhole: boolean;
  /** What the shown epoch is laid over; null for the frame itself. */
  readonly frame: Frame | null;
  readonly monitor: Monitor;
  /** Told the epoch before its map is begun. */
  begin(side: StudySide, epoch: number): void;
  /** Told of finished maps. */
  made(side: StudySide, epoch: number, map: EpochMap): void;
}

/** A chain that is asked map by map. */
export class Chain {
  readonly #links: readonly ChainLink[];
  readonly #source: SideChain;
  readonly #maps: AsyncGenerator<ChainMap, void, undefined>;
  #place = 0;

  constructor(private readonly options: ChainOptions) {
    const { side, monitor, frame } = options;
    this.#links = linksOf(options);
    this.#source = side.chainSource(frame, monitor);
    this.#maps = playChain(this.#links, this.#source, monitor);
  }

  get isOver(): boolean {
    return this.#place >= this.#links.length;
  }

  /** Makes the next map. Rejects with Cancelled, and with HumanError for vectors that cannot be laid out. */
  async next(): Promise<void> {
    const link = this.#links[this.#place];
    if (link === undefined) return;
    const { side } = this.options;
    this.options.begin(side, link.epoch);
    // Whose rows are whose is asked before a map is opened.
    await side.vectors(link.epoch);
    if (this.#place === 0) await this.#preview(link);
    const { value } = await this.#maps.next();
    this.#place++;
    if (value) this.options.made(side, link.epoch, await this.#source.take(link, value));
  }

  /** Something to look at before neighbours are found: for some methods all there is. */
  async #preview(link: ChainLink): Promise<void> {
    const { side, monitor, frame } = this.options;
    const method = methodOf(side.options.request);
    const isThere = (await this.#source.kept(link)) !== undefined;
    if (isThere || (frame !== null && method.isAligned)) return;
    const input = await side.input(link.epoch);
    if (!method.isQuick) {
      monitor.snapshot(pcaStart(input.vectors, input.request, monitor));
      return;
    }
    const layout = method.layOut(input, null, NO_HINTS, monitor);
    const map = await this.#source.keep(link, { ...layout, alignment: null });
    this.options.made(side, link.epoch, map);
  }
}

function linksOf({ side, shown, isWhole }: ChainOptions): readonly ChainLink[] {
  const links = isWhole ? outwardLinks(side.epochs, shown) : [{ epoch: shown, reference: null }];
  const { isAligned } = methodOf(side.options.request);
  return isAligned ? links : links.map(({ epoch }) => ({ epoch, reference: null }));
}
