/** What the keeper of a living run of ours tells: news before a look at the disk finds them. */
import type { Disposable } from '../disposable';
import { summariseRun } from '../list';
import type { Announced } from '../logs/runLogs';
import { createLink, type Link } from '../watch/link';

export interface LiveLinkOptions {
  readonly run: string;
  readonly onAppended: (announced: Announced) => void;
  /** Something happened that a look at the disk would show. */
  readonly onChange: () => void;
}

/** The way to the keeper of one run; a run of somebody else has none. */
export class LiveLink implements Disposable {
  private readonly link: Link;

  constructor(private readonly options: LiveLinkOptions) {
    const { run, onAppended, onChange } = options;
    this.link = createLink(run, {
      onEvent: (event) => {
        if (event.type !== 'appended') return;
        const { file, offset, base64 } = event;
        onAppended({ file, offset, bytes: Buffer.from(base64, 'base64') });
      },
      onChange,
    });
  }

  /** Connects, unless it is connected. */
  async connect(): Promise<void> {
    if (this.link.isUp()) return;
    const summary = await summariseRun(this.options.run).catch(() => undefined);
    if (summary !== undefined) await this.link.follow(summary);
  }

  dispose(): void {
    this.link.dispose();
  }
}
