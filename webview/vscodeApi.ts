/**
 * The only holder of the VS Code handle. It parses what arrives, types what leaves, and keeps one value
 * across reloads: which run the page shows. Data is never kept here.
 */
import type { HostMessage, PageMessage } from '../src/protocol/page';
import { parseHostMessage } from '../src/protocol/page';

interface Handle {
  postMessage(message: unknown): void;
  setState(state: PageState): void;
}

/** What survives a window reload: the folder of the run on the page. */
export interface PageState {
  readonly folder: string;
}

declare function acquireVsCodeApi(): Handle;

/** What a page can do with its host. */
export interface HostLink {
  post(message: PageMessage): void;
  remember(state: PageState): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

/** Connects to the host; messages that do not parse are dropped. */
export function connectToHost(): HostLink {
  const handle = acquireVsCodeApi();
  return {
    post: (message) => handle.postMessage(message),
    remember: (state) => handle.setState(state),
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parseHostMessage(event.data);
        if (message) listener(message);
      });
    },
  };
}
