/**
 * Changes in folders (not in those below them), as soon as the system tells. It tells nothing of files that another
 * machine writes, has a bound on what it watches, and cannot watch what is not there: so it says whether it can be relied
 * on, and whoever cannot rely on it looks for itself.
 */
import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Disposable } from '../disposable';

/** Something in a folder may have changed. */
export interface FolderChange {
  readonly folder: string;
  /** Of the file; null where the system does not tell. */
  readonly name: string | null;
  /** Whether a name has come or gone, not only contents have changed. */
  readonly isRename: boolean;
}

export interface FolderWatcher extends Disposable {
  /**
   * Watches these folders and no others from now on; what could not be watched before is tried again. Whether it began to
   * watch one: then changes from before may have been missed.
   */
  watch(folders: readonly string[]): boolean;
  /** Whether every change of the folders will be told. */
  isReliable(): boolean;
}

/** Of the watches that a system has, those for one purpose. */
const MOST_FOLDERS = 2000;
/** File systems whose files another machine, or a program behind them, may change: the magic numbers of Linux. */
const REMOTE_TYPES = new Set([
  ...[0x6969, 0x517b, 0xff534d42, 0xfe534d42], // NFS, SMB, CIFS, SMB 2
  ...[0x65735546, 0x01021997, 0x786f4256], // FUSE, 9P, VirtualBox
  ...[0x00c36400, 0x0bd00bd0, 0x47504653, 0x19830326, 0x5346414f], // Ceph, Lustre, GPFS, BeeGFS, AFS
]);

/** A watcher of nothing yet. `onChange` may be called often. */
export function createFolderWatcher(onChange: (change: FolderChange) => void): FolderWatcher {
  const watchers = new Map<string, FSWatcher>();
  const remote = new Map<string, boolean>();
  let wanted: readonly string[] = [];
  let disposed = false;
  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const begin = (folder: string) => {
    try {
      const watcher = watch(folder, { persistent: false }, (kind, name) => {
        // A folder that goes away tells its own name, and its watch with it.
        if (kind === 'rename' && name === basename(folder)) drop(folder);
        onChange({ folder, name, isRename: kind === 'rename' });
      });
      watcher.on('error', () => drop(folder));
      watchers.set(folder, watcher);
    } catch {
      // The folder is missing or the system has no watches left.
    }
  };
  const askWhere = (folder: string | undefined) => {
    if (folder === undefined || remote.has(folder)) return;
    remote.set(folder, false);
    void isRemote(folder).then((is) => remote.set(folder, is));
  };
  return {
    watch: (folders) => {
      if (disposed) return false;
      wanted = folders;
      const now = new Set(folders.slice(0, MOST_FOLDERS));
      for (const folder of [...watchers.keys()]) if (!now.has(folder)) drop(folder);
      const added = [...now].filter((folder) => !watchers.has(folder));
      added.forEach(begin);
      // The first holds the others.
      askWhere(folders[0]);
      return added.some((folder) => watchers.has(folder));
    },
    isReliable: () =>
      wanted.length > 0 &&
      remote.get(wanted[0] ?? '') === false &&
      wanted.every((folder) => watchers.has(folder)),
    dispose: () => {
      disposed = true;
      for (const folder of [...watchers.keys()]) drop(folder);
    },
  };
}

async function isRemote(folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { type } = await statfs(folder).catch(() => ({ type: 0 }));
  return REMOTE_TYPES.has(type);
}
