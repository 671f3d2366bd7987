/**
 * The augmented views of one run on a dashboard: the conversation of the preview page (viewsSession.ts) over the run's own
 * configuration, with a process that lives only while the panel is open. What it would draw otherwise than the run did, from
 * a data set that has changed or by a module of the user's own, it refuses in one sentence. Knows nothing of the editor.
 */
import * as l10n from '@vscode/l10n';
import { isModulePath } from '../../domain/configuration/modulePath';
import { toError } from '../../domain/errors';
import type { Settings } from '../../domain/run/record';
import type { ViewsHostMessage, ViewsPageMessage } from '../../protocol/pages/views';
import type { PreviewAnswer } from '../../protocol/preview';
import type { Disposable } from '../disposable';
import type { PreviewListener, PreviewProcess } from '../runs/previewProcess';
import type { ViewsCommand } from './viewsSession';
import { ViewsSession } from './viewsSession';

/** What the run recorded that its views are held against. */
export interface RecordedViews {
  readonly settings: Settings;
  /** SHA-256 of the content of its data set; undefined for runs that did not record it. */
  readonly contentHash: string | undefined;
}

/** What the views need of the editor. */
export interface ViewsOfRunPort {
  /** Rejects with HumanError if the files cannot be read. */
  readRecorded(run: string): Promise<RecordedViews>;
  /** The configuration that the run was made of. */
  fileOf(run: string): string;
  start(run: string, listener: PreviewListener): PreviewProcess;
  run(command: Exclude<ViewsCommand, 'reload'>, run: string): void;
  /** Told about defects. */
  report(problem: Error): void;
}

/** The panel of one run at a time: another run takes its place. */
export class ViewsOfRun implements Disposable {
  readonly #port: ViewsOfRunPort;
  readonly #post: (run: string, message: ViewsHostMessage) => void;
  #open: { readonly run: string; readonly session: ViewsSession } | undefined;

  constructor(port: ViewsOfRunPort, post: (run: string, message: ViewsHostMessage) => void) {
    this.#port = port;
    this.#post = post;
  }

  /** Call with what the page says of a run; boot opens it. */
  receive(run: string, message: ViewsPageMessage): void {
    if (message.type === 'boot' && this.#open?.run !== run) this.#begin(run);
    if (this.#open?.run === run) this.#open.session.receive(message);
  }

  /** Ends the process; nothing is told any more. */
  close(): void {
    this.#open?.session.dispose();
    this.#open = undefined;
  }

  dispose(): void {
    this.close();
  }

  #begin(run: string): void {
    this.close();
    const port = this.#port;
    const session = new ViewsSession({
      file: port.fileOf(run),
      post: (message) => {
        if (this.#open?.session === session) this.#post(run, message);
      },
      start: (listener) =>
        startOnceRead(
          port.readRecorded(run),
          (recorded) => port.start(run, held(listener, recorded)),
          listener,
        ),
      agree: () => Promise.resolve(false),
      run: (command) => port.run(command, run),
      named: () => undefined,
      report: (problem) => port.report(problem),
    });
    session.setTrusted(true);
    this.#open = { run, session };
  }
}

/** A process that begins when the record has been read; what is sent before waits, and if it may not begin it has failed. */
function startOnceRead(
  reading: Promise<RecordedViews>,
  start: (recorded: RecordedViews) => PreviewProcess,
  listener: PreviewListener,
): PreviewProcess {
  let isOver = false;
  let started: PreviewProcess | undefined;
  void reading.then(
    (recorded) => {
      if (isOver) return;
      const problem = problemOf(recorded);
      if (problem === undefined) started = start(recorded);
      else listener.onAnswer({ type: 'failed', message: problem });
    },
    (thrown: unknown) => {
      if (!isOver) listener.onEnd(toError(thrown));
    },
  );
  return {
    // Nobody asks before something was opened.
    send: (request) => started?.send(request),
    dispose: () => {
      isOver = true;
      started?.dispose();
    },
  };
}

function problemOf({ settings }: RecordedViews): string | undefined {
  const isOwn = ['dataset.kind', 'augmentation.policy'].some((key) =>
    isModulePath(String(settings[key] ?? '')),
  );
  return isOwn ? ownModule() : undefined;
}

/** Answers as the page may have them: what is not of the run's data set has failed. */
function held(listener: PreviewListener, { contentHash }: RecordedViews): PreviewListener {
  const answerOf = (answer: PreviewAnswer): PreviewAnswer => {
    if (answer.type === 'consent') return { type: 'failed', message: ownModule() };
    const isOther =
      answer.type === 'opened' && contentHash !== undefined && answer.contentHash !== contentHash;
    return isOther ? { type: 'failed', message: changed() } : answer;
  };
  return {
    onAnswer: (answer) => listener.onAnswer(answerOf(answer)),
    onEnd: (error) => listener.onEnd(error),
  };
}

function ownModule(): string {
  return l10n.t(
    'There are no views: a module of your own makes them, which only runs and the preview of a configuration load.',
  );
}

function changed(): string {
  return l10n.t('There are no views: the data set has changed since the run.');
}
