/** Maps in two threads: one computes, one answers small questions. Both begin with the first source that is opened. */
import { join } from 'node:path';
import envPaths from 'env-paths';
import { Clerk } from './clerk';
import type { ComputerOptions, Job } from './computer';
import { Computer } from './computer';
import type { Maps, MapPlaces, OpenMaps, OpenedSources } from './maps';
import type { OpenedPlaces } from './messages';

/** The folder of maps in the user's cache folder: of files, and of runs that may not be written to. */
export function mapCacheFolder(): string {
  return join(envPaths('supcon-lab', { suffix: '' }).cache, 'maps');
}

/** Maps that end with `dispose` and do not keep the process alive. */
export function createMaps(options: ComputerOptions): Maps {
  const computer = new Computer(options);
  const clerk = new Clerk(options);
  let versions = 0;
  return {
    async open(named: MapPlaces): Promise<OpenMaps> {
      const places = { ...named, version: ++versions };
      const opened = await clerk.ask('open', places, null);
      return openMaps({ computer, clerk, places, opened });
    },
    dispose() {
      computer.dispose();
      clerk.dispose();
    },
  };
}

interface Parts {
  readonly computer: Computer;
  readonly clerk: Clerk;
  readonly places: OpenedPlaces;
  readonly opened: OpenedSources;
}

function openMaps({ computer, clerk, places, opened }: Parts): OpenMaps {
  let job: Job | undefined;
  return {
    opened,
    show(question, take, describe = []) {
      job?.cancel();
      job = computer.order({ places, question, take, describe });
      return job.ended;
    },
    describe: (epochs) => job?.describe(epochs),
    cancel: () => job?.cancel(),
    refresh: () => clerk.ask('refresh', places, null),
    neighbours: (question) => clerk.ask('neighbours', places, question),
    pictures: (pane, page) => clerk.ask('pictures', places, { pane, page }),
    fileOf: (pane, row) => clerk.ask('fileOf', places, { pane, row }),
    writeProjectorFiles: (question) => clerk.ask('writeProjectorFiles', places, question),
    dispose() {
      job?.cancel();
      computer.close(places.version);
      clerk.close(places.version);
    },
  };
}
