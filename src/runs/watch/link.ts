/** The connection between a watch and the keeper of its run: made whenever the run lives, missed by nobody. */
import type { RunSummary } from '../../domain/run/state';
import type { KeeperEvent } from '../../protocol/keeper';
import type { Disposable } from '../disposable';
import { readRunFile } from '../folder/runFiles';
import type { KeeperConnection } from '../keeperClient';
import { connectToKeeper } from '../keeperClient';

export interface Link extends Disposable {
  isUp(): boolean;
  /** Connects if the run lives and there is no connection. */
  follow(run: RunSummary): Promise<void>;
}

export interface LinkHandlers {
  readonly onEvent: (event: KeeperEvent) => void;
  /** The connection has come or gone. */
  readonly onChange: () => void;
}

/** A link that is not yet connected. */
export function createLink(folder: string, { onEvent, onChange }: LinkHandlers): Link {
  let connection: KeeperConnection | undefined;
  let end: 'open' | 'disposed' = 'open';
  const isDisposed = () => end === 'disposed';
  const onClose = () => {
    connection = undefined;
    if (!isDisposed()) onChange();
  };
  return {
    isUp: () => connection !== undefined,
    follow: async ({ state }) => {
      if (connection !== undefined || isDisposed() || state === 'ended' || state === 'unknown') return;
      const socket = (await readRunFile(folder))?.segments.at(-1)?.socket;
      if (socket === undefined) return;
      connection = await connectToKeeper(socket, { onEvent, onClose });
      if (isDisposed()) connection?.close();
      else if (connection !== undefined) onChange();
    },
    dispose: () => {
      end = 'disposed';
      connection?.close();
    },
  };
}
