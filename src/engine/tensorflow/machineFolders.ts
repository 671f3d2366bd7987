/** Where TensorFlow is kept for the whole machine account, outside any workspace and outside the extension. */
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Folders of TensorFlow's set-up; `root` holds all but the lock. */
export interface MachineFolders {
  readonly root: string;
  /** A complete library, put there by one rename. */
  readonly installed: string;
  /** What `installed` was while a new one takes its place. */
  readonly previous: string;
  /** A library in the making. */
  readonly staging: string;
  /** Downloads: complete files, and whatever a broken one left. */
  readonly partial: string;
  /** Arrangements of links into the user's Python environments. */
  readonly python: string;
  /** Held while the others change. */
  readonly lock: string;
}

/** The folders under the user's data folder (XDG_DATA_HOME on Linux), or under `data`. */
export function machineFolders(data = envPaths('supcon-lab', { suffix: '' }).data): MachineFolders {
  const root = join(data, 'engines', 'tensorflow');
  return {
    root,
    installed: join(root, 'installed'),
    previous: join(root, 'previous'),
    staging: join(root, 'staging'),
    partial: join(root, 'partial'),
    python: join(root, 'python'),
    lock: `${root}.lock`,
  };
}
