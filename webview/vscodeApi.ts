/**
 * The only holder of the VS Code handle. It parses what arrives, types what leaves, and keeps one small value
 * across reloads: what the page shows. Data is never kept here.
 */

interface Handle {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare function acquireVsCodeApi(): Handle;

/** What a page can do with its host: `In` arrives, `Out` leaves, `State` survives a reload of the window. */
export interface HostLink<In, Out, State> {
  post(message: Out): void;
  /** The editor saves late and slowly: call it when something was chosen, not ten times a second. */
  remember(state: State): void;
  /** What was remembered, from whatever version of the page; undefined at first. */
  recall(): unknown;
  onMessage(listener: (message: In) => void): void;
}

/** Connects to the host; messages for which `parse` gives undefined are dropped. Call it once a page. */
export function connectToHost<In, Out, State>(
  parse: (message: unknown) => In | undefined,
): HostLink<In, Out, State> {
  const handle = acquireVsCodeApi();
  return {
    post: (message) => handle.postMessage(message),
    remember: (state) => handle.setState(state),
    recall: () => handle.getState(),
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parse(event.data);
        if (message !== undefined) listener(message);
      });
    },
  };
}
