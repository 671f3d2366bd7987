/** What every section of the page is given, and what it gives back. */
import type { RunDiff } from '../../src/domain/diff/runDiff';
import type { PageMessage } from '../../src/protocol/pages/diff';
import type { Pictures } from './pictures';

export interface DiffContext {
  readonly diff: RunDiff;
  /** Whether equal rows are shown too. */
  readonly all: boolean;
  readonly post: (message: PageMessage) => void;
  readonly pictures: Pictures;
}
