/** modules.json: the user's own modules that a run is made of, copied into its folder when it was started. */
import type { ModuleKey } from '../configuration/modulePath';

export interface RecordedModule {
  readonly key: ModuleKey;
  /** Where it was read from. */
  readonly source: string;
  /** Path of its copy below the run folder, with forward slashes. */
  readonly entry: string;
  /** SHA-256 over the names and contents of its files. */
  readonly hash: string;
}

export interface ModulesFile {
  readonly formatVersion: number;
  readonly modules: readonly RecordedModule[];
}
