/** A preset is a ready configuration that says where it comes from and what it is expected to reach. */
import type { PartialConfiguration } from '../schema';

export interface Preset {
  readonly name: string;
  /** One line for the quick pick. */
  readonly description: string;
  /** Whose recipe it is, and where this one differs from it. */
  readonly source: string;
  /** What a run of it should reach, and who measured that. */
  readonly expected: string;
  readonly configuration: PartialConfiguration;
}
