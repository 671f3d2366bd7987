/**
 * A thread of the maps without its thread: it opens the sources that a question names, answers small questions at once,
 * and does one piece of work at a time. It holds nothing that a thread begun anew could not read again.
 */
import { HumanError, causeChain } from '../../domain/errors';
import { Cancelled } from '../../projection/types';
import type { Asked } from './answers';
import { ANSWERS } from './answers';
import type { MapNews } from './maps';
import type {
  MapsReply,
  MapsRequest,
  MapsSetup,
  Small,
  SmallName,
  SmallQuestions,
  Work,
  WorkEnd,
} from './messages';
import { OpenPanes } from './sources/panes';
import { Study } from './study/study';
import { checkWanted } from './wanted';

/** Sends a reply. Arrays are copied: what was made is kept here, too. */
export type Send = (reply: MapsReply) => void;

/** One end of the wire. */
export interface MapsService {
  /** Never rejects: what fails is a reply. */
  take(request: MapsRequest): Promise<void>;
}

/** A service that has opened nothing yet. */
export function createMapsService(setup: MapsSetup, send: Send): MapsService {
  return new Service(setup, send);
}

class Service implements MapsService {
  readonly #panes = new OpenPanes();
  #study: Study | undefined;

  constructor(
    private readonly setup: MapsSetup,
    private readonly send: Send,
  ) {}

  async take(request: MapsRequest): Promise<void> {
    switch (request.type) {
      case 'work':
        await this.#work(request);
        break;
      case 'more':
        if (this.#study?.job === request.job) this.#study.describe(request.describe);
        break;
      case 'close':
        this.#panes.close(request.version);
        if (this.#study?.version === request.version) this.#study = undefined;
        break;
      case 'open':
      case 'refresh':
      case 'neighbours':
      case 'pictures':
      case 'fileOf':
      case 'writeProjectorFiles':
        await this.#answer(request);
    }
  }

  async #work(work: Work): Promise<void> {
    const { job } = work;
    const end = await endOf(async () => {
      this.#study = await this.#studyOf(work);
      await this.#study.run(work);
    });
    const described = this.#study?.job === job ? this.#study.described : 0;
    this.send({ type: 'ended', job, described, end });
  }

  /** Of the same question about the same sources the maps are there still. */
  async #studyOf(work: Work): Promise<Study> {
    if (this.#study?.isAbout(work) === true) return this.#study;
    this.#study = undefined;
    const panes = await this.#panes.get(work.places);
    checkWanted(this.setup.wanted, work.job);
    const tell = (job: number, news: MapNews) => this.send({ type: 'news', job, news });
    return Study.begin({ ...this.setup, work, panes, tell });
  }

  async #answer({ id, type, places, ask }: Small): Promise<void> {
    try {
      const panes = await this.#panes.get(places);
      const answer = await answerOf(type, { panes, ask, cacheFolder: this.setup.cacheFolder });
      this.send({ type: 'answer', id, answer });
    } catch (thrown) {
      if (thrown instanceof HumanError) this.send({ type: 'refused', id, sentence: thrown.message });
      else this.send({ type: 'defect', id, text: causeChain(thrown) });
    }
  }
}

/** The question is that of the name: both ends are of one build. */
function answerOf(
  name: SmallName,
  asked: Omit<Asked<SmallName>, 'ask'> & { readonly ask: unknown },
): Promise<SmallQuestions[SmallName]['answer']> {
  const answer = ANSWERS[name] as (asked: unknown) => Promise<SmallQuestions[SmallName]['answer']>;
  return answer(asked);
}

async function endOf(act: () => Promise<void>): Promise<WorkEnd> {
  try {
    await act();
    return { how: 'done' };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { how: 'cancelled' };
    if (thrown instanceof HumanError) return { how: 'refused', sentence: thrown.message };
    return { how: 'defect', text: causeChain(thrown) };
  }
}
