/** After a reload of the window tabs come back before the runs are read. */
import type { RunStore } from './runStore';

/** Resolves when every watched folder has been read. */
export async function whenLoaded(store: RunStore): Promise<void> {
  if (store.isLoaded) return;
  await new Promise<void>((resolve) => {
    const waiting = store.onDidChange(() => {
      if (!store.isLoaded) return;
      waiting.dispose();
      resolve();
    });
  });
}
