/**
 * The conversation with one preview page: what the process says goes to the page, what the page asks to the process,
 * and modules are agreed to in between. The process lives while the page does, and is begun anew when the file is saved.
 * Knows nothing of the editor.
 */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../../domain/errors';
import type { PreviewAnswer } from '../../protocol/preview';
import type { ViewsHostMessage, VIEWS_COMMANDS } from '../../protocol/pages/views';
import { parseViewsPageMessage } from '../../protocol/pages/views';
import type { Disposable } from '../disposable';
import type { PreviewListener, PreviewProcess } from '../runs/previewProcess';
import type { AskedModule } from '../runs/starter';

export type ViewsCommand = (typeof VIEWS_COMMANDS)[number];

/** What the session needs of the editor. */
export interface ViewsPort {
  /** Path of the configuration, for the page to name. */
  readonly file: string;
  post(message: ViewsHostMessage): void;
  start(listener: PreviewListener): PreviewProcess;
  /** Asks whether modules of the user's own may run. */
  agree(modules: readonly AskedModule[]): Promise<boolean>;
  run(command: Exclude<ViewsCommand, 'reload'>): void;
  /** The configuration has this name. */
  named(name: string): void;
  /** Told about defects, and about what a page sent that is no message. */
  report(problem: Error): void;
}

type Opened = Extract<PreviewAnswer, { type: 'opened' }>;

/** A preview page and its process. */
export class ViewsSession implements Disposable {
  readonly #port: ViewsPort;
  #process: PreviewProcess | undefined;
  /** What a page that boots again is told. */
  #opened: Opened | undefined;
  #isTrusted = false;
  #hasBooted = false;

  constructor(port: ViewsPort) {
    this.#port = port;
  }

  /** Nothing is started before the workspace is trusted. */
  setTrusted(isTrusted: boolean): void {
    this.#isTrusted = isTrusted;
    if (this.#hasBooted) this.#begin();
  }

  /** Call when the file was written. */
  reload(): void {
    this.#end();
    if (this.#hasBooted) this.#begin();
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parseViewsPageMessage(raw);
    if (message === undefined)
      this.#port.report(new Error('A preview sent an unknown message; it was dropped.'));
    else if (message.type === 'boot') this.#boot();
    else if (message.type === 'draw') this.#process?.send(message);
    else if (message.command === 'reload') this.reload();
    else this.#port.run(message.command);
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#end();
  }

  #boot(): void {
    this.#hasBooted = true;
    this.#begin();
  }

  /** Tells what is known, and starts the process if there is none. */
  #begin(): void {
    this.#port.post(this.#present());
    if (this.#isTrusted) this.#process ??= this.#start();
  }

  #present(): ViewsHostMessage {
    if (!this.#isTrusted) return { type: 'untrusted' };
    return this.#opened ?? { type: 'opening', file: this.#port.file };
  }

  #start(): PreviewProcess {
    const started = this.#port.start({
      // A process that was replaced has nothing more to say.
      onAnswer: (answer) => {
        if (this.#process === started) void this.#answer(answer, started);
      },
      onEnd: (error) => {
        if (this.#process === started) this.#fail(error);
      },
    });
    return started;
  }

  async #answer(answer: PreviewAnswer, from: PreviewProcess): Promise<void> {
    switch (answer.type) {
      case 'opened':
        this.#opened = answer;
        this.#port.named(answer.name);
        this.#port.post(answer);
        return;
      case 'drawn':
        this.#port.post({ ...answer, rows: answer.rows.map(withPixels) });
        return;
      case 'failed':
        this.#fail(new HumanError(answer.message));
        return;
      case 'consent':
        return this.#consent(answer.modules, from);
    }
  }

  async #consent(modules: readonly AskedModule[], from: PreviewProcess): Promise<void> {
    const isAgreed = await this.#port.agree(modules);
    if (this.#process !== from) return;
    if (isAgreed) from.send({ type: 'agree', hashes: modules.map(({ hash }) => hash) });
    else
      this.#fail(
        new HumanError(
          l10n.t('The modules were not agreed to, so nothing was loaded: reload to be asked again.'),
        ),
      );
  }

  #fail(error: Error): void {
    this.#end();
    if (!(error instanceof HumanError)) this.#port.report(error);
    const defect = l10n.t('The preview failed because of a defect in SupCon Lab: its log says more.');
    this.#port.post({ type: 'failed', message: error instanceof HumanError ? error.message : defect });
  }

  #end(): void {
    this.#process?.dispose();
    this.#process = undefined;
    this.#opened = undefined;
  }
}

type Row = Extract<PreviewAnswer, { type: 'drawn' }>['rows'][number];

function withPixels(row: Row) {
  return { ...row, image: pixelsOf(row.image), views: row.views.map(pixelsOf) };
}

/** A copy, because a small Buffer is a window onto a larger one, and a Buffer would arrive as a plain object. */
function pixelsOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
