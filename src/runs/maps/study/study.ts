/**
 * One question about opened sources, worked through: the maps that are shown, figures of the pair, whatever is to be
 * described, and then the maps of all other epochs, with what is asked meanwhile in between. What was made stays, so that
 * the same question goes on where it stopped.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { join } from 'node:path';
import type { MapRequest, Pane as PaneName } from '../../../domain/maps/request';
import { RUN_FILE } from '../../../domain/run/layout';
import type { Monitor } from '../../../projection/types';
import { isRunFolder } from '../../folder/findRun';
import type { MapCache } from '../cache/mapCache';
import { createMapCache, runPlace, userPlace } from '../cache/mapCache';
import type { MapNews, MapQuestion, PlacedEpoch } from '../maps';
import type { MapsSetup, Work } from '../messages';
import type { Pane } from '../sources/pane';
import type { Panes } from '../sources/panes';
import { checkWanted } from '../wanted';
import { Chain } from './chain';
import { Description } from './description';
import { Graphs } from './graphs';
import { methodOf } from './methods';
import { StudyNews } from './news';
import { packedJoin, samplesOf } from './rows';
import type { Frame } from './side';
import { StudySide } from './side';

export interface StudyOptions extends MapsSetup {
  readonly work: Work;
  readonly panes: Panes;
  readonly tell: (job: number, news: MapNews) => void;
}

/** A question and what was found out of it so far. */
export class Study {
  readonly version: number;
  readonly #options: StudyOptions;
  readonly #question: MapQuestion;
  readonly #left: StudySide;
  readonly #right: StudySide | null;
  readonly #description: Description;
  #job = 0;
  #isShown = true;
  #asked: PlacedEpoch[] = [];
  #described = 0;
  readonly #news: StudyNews;

  static async begin(options: StudyOptions): Promise<Study> {
    const { panes, cacheFolder } = options;
    const cacheOf = async ({ source }: Pane) => {
      const isRun = source.kind === 'run' && (await isRunFolder(source.place));
      return createMapCache([
        ...(isRun ? [runPlace(join(source.place, RUN_FILE.maps))] : []),
        ...(cacheFolder === null ? [] : [userPlace(cacheFolder)]),
      ]);
    };
    const left = await cacheOf(panes.left);
    return new Study(options, { left, right: panes.right === null ? left : await cacheOf(panes.right) });
  }

  private constructor(options: StudyOptions, caches: Readonly<Record<PaneName, MapCache>>) {
    const { work, panes } = options;
    this.#options = options;
    this.#question = work.question;
    this.#news = new StudyNews(options, this.#question);
    this.version = work.places.version;
    const samples = samplesOf(panes, this.#question.map);
    const sideOf = (name: PaneName, pane: Pane) => {
      const cache = caches[name];
      const own = { pane, cache, sample: samples[name], graphs: new Graphs(cache) };
      return new StudySide({ name, request: this.#question.map, ...own });
    };
    this.#left = sideOf('left', panes.left);
    this.#right = panes.right === null ? null : sideOf('right', panes.right);
    const sides = { left: this.#left, right: this.#right, join: panes.join, question: this.#question };
    this.#description = new Description({ ...sides, tell: (news) => this.#news.tell(news) });
  }

  /** Of the work in progress. */
  get job(): number {
    return this.#job;
  }

  /** How many of the epochs that it was asked to describe are done. */
  get described(): number {
    return this.#described;
  }

  /** Whether this is the question of the work: then it goes on. */
  isAbout({ places, question }: Work): boolean {
    return places.version === this.version && nameOf(question) === nameOf(this.#question);
  }

  /** Further epochs to describe. */
  describe(epochs: readonly PlacedEpoch[]): void {
    this.#asked.push(...epochs);
  }

  /** Does the work. Rejects with Cancelled, and with HumanError where the question has no answer. */
  async run({ job, question, isShown, describe }: Work): Promise<void> {
    this.#job = job;
    this.#isShown = isShown;
    this.#asked = [...describe];
    this.#described = 0;
    const monitor = this.#news.begin(job, isShown);
    await this.#describeAsked(monitor);
    if (isShown || this.#asked.length > this.#described) await this.#makeMaps(question, monitor);
    // What has no map after all of them has none.
    this.#described = this.#asked.length;
  }

  async #makeMaps({ epochs, isChain }: MapQuestion, monitor: Monitor): Promise<void> {
    const isWhole = isChain || !this.#isShown;
    const left = this.#chain(this.#left, { shown: epochs.left, isWhole, frame: null, monitor });
    const chains = [left];
    await left.next();
    if (this.#right !== null && epochs.right !== null) {
      const frame = await this.#frame(epochs.left, this.#right, epochs.right, monitor);
      const right = this.#chain(this.#right, { shown: epochs.right, isWhole, frame, monitor });
      chains.push(right);
      await right.next();
      if (this.#isShown) await this.#description.pair({ left: epochs.left, right: epochs.right }, monitor);
    }
    await this.#goOn(chains, monitor);
  }

  async #goOn(chains: readonly Chain[], monitor: Monitor): Promise<void> {
    do {
      await this.#describeAsked(monitor);
      if (!this.#isShown && this.#described === this.#asked.length) return;
      for (const chain of chains) if (!chain.isOver) await this.#step(() => chain.next());
    } while (chains.some(({ isOver }) => !isOver));
    await this.#describeAsked(monitor);
  }

  /** Questions that came meanwhile are taken between two steps. */
  async #step(act: () => Promise<void>): Promise<void> {
    await turn();
    checkWanted(this.#options.wanted, this.#job);
    await act();
  }

  #chain(
    side: StudySide,
    how: { shown: number; isWhole: boolean; frame: Frame | null; monitor: Monitor },
  ): Chain {
    return new Chain({
      side,
      ...how,
      begin: (of, epoch) => this.#news.turnTo(of, epoch),
      made: (of, epoch, map) => this.#news.tellMap(of, epoch, map),
    });
  }

  /** The map of the left that the right is laid over; null for methods whose places are what they are. */
  async #frame(epoch: number, right: StudySide, shown: number, monitor: Monitor): Promise<Frame | null> {
    const own = this.#left.maps.get(epoch);
    const map = await this.#left.placed(epoch, monitor);
    if (own === undefined || map === undefined || !methodOf(this.#question.map).isAligned) return null;
    const { rows } = await right.vectors(shown);
    const reference = { map, join: packedJoin(own.rows, rows, this.#options.panes.join) };
    return { reference, key: own.key };
  }

  /** Describes what was asked, in order, as far as there are maps; what has none yet waits. */
  async #describeAsked(monitor: Monitor): Promise<void> {
    await turn();
    for (;;) {
      const place = this.#asked.findIndex((each, i) => i >= this.#described && this.#hasMap(each));
      const [next] = place < 0 ? [] : this.#asked.splice(place, 1);
      if (next === undefined) return;
      this.#asked.splice(this.#described, 0, next);
      await this.#step(() => this.#description.epoch(next, monitor));
      this.#described++;
    }
  }

  #hasMap({ pane, epoch }: PlacedEpoch): boolean {
    return (pane === 'left' ? this.#left : this.#right)?.maps.has(epoch) === true;
  }
}

/** The same maps, whether or not all epochs are asked for. */
function nameOf({ map, epochs }: MapQuestion): string {
  return JSON.stringify([map satisfies MapRequest, epochs]);
}
