/** What tells of news of one run: looks at the disk, seldom or often, and while it lives its keeper. */
import type { Disposable } from '../disposable';
import type { Announced } from '../logs/runLogs';
import { lookAgain, type Looked, type LookingAgain } from '../watch/lookAgain';
import { LiveLink } from './liveLink';

/** Between two looks that changes of the files ask for. */
const GAP_MS = 50;
/** Polls after news, and at most, where the system tells of no changes. */
const LIVE_POLLS = { pollMs: 100, blindMs: 1000 };
const OTHER_POLLS = { pollMs: 2000, blindMs: 5000 };

export interface RunNewsOptions {
  readonly run: string;
  readonly isLive: () => boolean;
  readonly look: (find: boolean) => Promise<Looked>;
  /** The keeper has announced bytes of a file. */
  readonly onAppended: (announced: Announced) => void;
}

/** Tells of nothing until it begins. */
export class RunNews implements Disposable {
  private link: LiveLink | undefined;
  private looking: LookingAgain | undefined;

  constructor(private readonly options: RunNewsOptions) {}

  /** @param found what a look has found by now: the first poll finds what came since */
  begin(found: Looked): void {
    const { look, isLive } = this.options;
    const polls = () => (isLive() ? LIVE_POLLS : OTHER_POLLS);
    this.looking = lookAgain({
      look,
      gapMs: GAP_MS,
      get pollMs() {
        return polls().pollMs;
      },
      get blindMs() {
        return polls().blindMs;
      },
      found,
    });
    this.heedLife();
  }

  /** The run may have begun or ceased to live: whoever follows it hears its keeper, or does no longer. */
  heedLife(): void {
    if (!this.options.isLive()) this.unlink();
    else if (this.link === undefined && this.looking !== undefined) this.makeLink();
  }

  /** Asks for a look. */
  soon(): void {
    this.looking?.soon();
  }

  /** Tries again to reach the keeper of a run that lives. */
  async connect(): Promise<void> {
    await this.link?.connect();
  }

  dispose(): void {
    this.looking?.dispose();
    this.unlink();
  }

  private makeLink(): void {
    const { run, onAppended } = this.options;
    this.link = new LiveLink({ run, onAppended, onChange: () => this.soon() });
    void this.link.connect();
  }

  private unlink(): void {
    this.link?.dispose();
    this.link = undefined;
  }
}
