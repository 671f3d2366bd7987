/** What the loop and the evaluators work with beside the job: the way out, the record, the machine, the data. */
import type { Loader } from '../data/loader';
import type { Port } from '../port';
import type { Recorder } from '../recording/recorder';
import type { SystemSampler } from '../recording/system';

/** The services of a running job. */
export interface LoopHost {
  readonly port: Port;
  readonly recorder: Recorder;
  readonly system: SystemSampler;
  readonly loader: Loader;
}
