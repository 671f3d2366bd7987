/**
 * The small questions of a projector, each answered by one message or by something that the editor does. They are asked
 * of whatever is open; an answer about sources that were closed meanwhile is not told.
 */
import * as l10n from '@vscode/l10n';
import type { Pane } from '../../domain/maps/request';
import type { ProjectorHostMessage } from '../../protocol/pages/projector';
import type { OpenMaps } from '../../runs/maps/maps';
import type { Of, ProjectorPort } from './projectorPort';

/** What questions need of their session. */
export interface QuestionHost {
  readonly port: Pick<ProjectorPort, 'openFile' | 'pickFolder' | 'tell'>;
  /** What is open, if anything is. */
  readonly maps: () => OpenMaps | undefined;
  readonly say: (message: ProjectorHostMessage) => void;
  /** Tells the page what failed; false if something did. */
  readonly attempt: (doing: string, act: () => Promise<void>) => Promise<boolean>;
}

/** Answers small questions. */
export class ProjectorQuestions {
  readonly #host: QuestionHost;
  /** Whose pictures could not be read: that is said once, not for every page of them. */
  #withoutPictures: OpenMaps | undefined;

  constructor(host: QuestionHost) {
    this.#host = host;
  }

  async neighbours(message: Of<'neighbours'>): Promise<void> {
    const { pane, epoch, row, metric, k } = message;
    await this.#ask(l10n.t('Finding neighbours'), pane, async (maps) => {
      const answer = await maps.neighbours(message);
      this.#tell(maps, { type: 'neighbours', pane, epoch, row, metric, k, ...answer });
    });
  }

  async pictures({ pane, page }: Of<'pictures'>): Promise<void> {
    const maps = this.#host.maps();
    if (maps === this.#withoutPictures) return;
    const isDone = await this.#ask(l10n.t('Reading pictures'), pane, async (open) => {
      this.#tell(open, { type: 'pictures', pane, page, pixels: await open.pictures(pane, page) });
    });
    if (!isDone) this.#withoutPictures = maps;
  }

  async openSample({ pane, row }: Of<'openSample'>): Promise<void> {
    const { port } = this.#host;
    await this.#ask(l10n.t('Opening a sample'), pane, async (maps) => {
      const path = await maps.fileOf(pane, row);
      if (path === null) port.tell(l10n.t('There is no file behind this sample.'));
      else port.openFile(path);
    });
  }

  async saveProjector({ pane, epoch, table, rows }: Of<'saveProjector'>): Promise<void> {
    const { port } = this.#host;
    await this.#ask(l10n.t('Writing projector files'), pane, async (maps) => {
      const folder = await port.pickFolder();
      if (folder === undefined) return;
      const notes = await maps.writeProjectorFiles({ pane, epoch, table, rows, folder });
      port.tell([l10n.t('Projector files were written to {0}.', folder), ...notes].join(' '));
    });
  }

  /** Asks the sources, if that side is open. */
  async #ask(doing: string, pane: Pane, act: (maps: OpenMaps) => Promise<void>): Promise<boolean> {
    const maps = this.#host.maps();
    if (maps === undefined || maps.opened[pane] === null) return true;
    return this.#host.attempt(doing, () => act(maps));
  }

  #tell(maps: OpenMaps, message: ProjectorHostMessage): void {
    if (this.#host.maps() === maps) this.#host.say(message);
  }
}
