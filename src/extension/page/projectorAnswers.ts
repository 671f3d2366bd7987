/**
 * What is told of maps: the answers to the question that was asked last, which voids the ones before, and epochs that have
 * come. What fails is told beside what is shown, which stays.
 */
import * as l10n from '@vscode/l10n';
import type { ProjectorHostMessage } from '../../protocol/pages/projector';
import type { MapNews, MapQuestion, OpenMaps, OpenedTables } from '../../runs/maps/maps';
import type { ProjectorOut } from './projectorOut';
import type { Of } from './projectorPort';
import type { ProjectorSources } from './projectorSources';
import type { DescribedSides } from './samplesOnMap';

/** Which sides of a map may get further epochs. */
export interface LiveSides {
  readonly left: boolean;
  readonly right: boolean;
}

const NOTHING_DESCRIBED: DescribedSides = { left: [], right: [] };

/** Whom the answers are of, and who hears them. */
export interface AnswerOptions {
  readonly sources: ProjectorSources;
  readonly out: ProjectorOut;
  /** More is known of the samples than before. */
  readonly onDescribed: () => void;
}

/** Answers questions about maps. */
export class ProjectorAnswers {
  readonly #options: AnswerOptions;
  readonly #toldEpochs = new Map<string, string>();
  #request = 0;
  #described = NOTHING_DESCRIBED;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /** Columns of the epochs that were described last. */
  get described(): DescribedSides {
    return this.#described;
  }

  /** Other sources are opened. */
  reset(): void {
    this.#described = NOTHING_DESCRIBED;
  }

  /** The page knows of no epochs but those of `opened`. */
  forgetEpochs(): void {
    this.#toldEpochs.clear();
  }

  show({ request, map, epochs, isChain }: Of<'show'>): void {
    const maps = this.#maps;
    if (maps === undefined) return;
    this.#request = request;
    void this.#compute(maps, { map, epochs, isChain }, request);
  }

  describe({ request, epochs }: Of<'describe'>): void {
    if (request === this.#request) this.#maps?.describe(epochs);
  }

  cancel({ request }: Of<'cancel'>): void {
    if (request === this.#request) this.#maps?.cancel();
  }

  /** Looks for further epochs of what is open. */
  async refresh(maps: OpenMaps, live: LiveSides): Promise<void> {
    await this.attempt(l10n.t('Looking for embeddings'), async () => {
      const tables = await maps.refresh();
      if (this.#maps === maps) this.#tellEpochs(tables, live);
    });
  }

  /** Tells the page what failed; false if something did. */
  async attempt(doing: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (thrown) {
      const message = this.#options.out.sentence(doing, thrown);
      if (this.#maps !== undefined) this.#say({ type: 'refused', request: this.#request, message });
      return false;
    }
  }

  get #maps(): OpenMaps | undefined {
    return this.#options.sources.opened?.maps;
  }

  async #compute(maps: OpenMaps, question: MapQuestion, request: number): Promise<void> {
    const isCurrent = () => request === this.#request && this.#maps === maps;
    try {
      await maps.show(question, (news) => {
        if (isCurrent()) this.#tell(news, request);
      });
    } catch (thrown) {
      const message = this.#options.out.sentence(l10n.t('Computing a map'), thrown);
      if (isCurrent()) this.#say({ type: 'refused', request, message });
    }
  }

  #tell(news: MapNews, request: number): void {
    this.#say({ ...news, request });
    if (news.type !== 'columns') return;
    this.#described = { ...this.#described, [news.pane]: news.columns };
    this.#options.onDescribed();
  }

  #tellEpochs({ left, right }: OpenedTables, live: LiveSides): void {
    this.#tellIfNew({ type: 'epochs', pane: 'left', tables: left, isLive: live.left });
    if (right !== null) this.#tellIfNew({ type: 'epochs', pane: 'right', tables: right, isLive: live.right });
  }

  #tellIfNew(message: Extract<ProjectorHostMessage, { type: 'epochs' }>): void {
    const text = JSON.stringify(message);
    if (this.#toldEpochs.get(message.pane) === text) return;
    this.#toldEpochs.set(message.pane, text);
    this.#say(message);
  }

  #say(message: ProjectorHostMessage): void {
    this.#options.out.say(message);
  }
}
