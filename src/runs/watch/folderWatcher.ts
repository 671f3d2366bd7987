/** Changes of a folder, as soon as the system tells; where it does not, the caller's poll finds them. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import type { Disposable } from '../disposable';

export interface FolderWatcher extends Disposable {
  /** Begins to watch if that was not possible before, for example because the folder did not exist. */
  ensure(): void;
}

/** Watches a folder (not what is below it). `onChange` may be called often. */
export function watchFolder(folder: string, onChange: () => void): FolderWatcher {
  let watcher: FSWatcher | undefined;
  let disposed = false;
  const drop = () => {
    watcher?.close();
    watcher = undefined;
  };
  const ensure = () => {
    if (disposed || watcher !== undefined) return;
    try {
      watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', drop);
    } catch {
      // The folder is missing or the system has no watches left.
    }
  };
  ensure();
  return {
    ensure,
    dispose: () => {
      disposed = true;
      drop();
    },
  };
}
