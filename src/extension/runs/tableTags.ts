/** Reads the tags of runs for as long as a table is open: their newest and best values are columns like any other. */
import { isLive } from '../../domain/display/runLook';
import type { RunSummary } from '../../domain/run/state';
import type { Numbers, NumbersSource } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { RunStore } from './runStore';
import type { TableRows } from './tableRows';

/** Reading a run takes some milliseconds even from its cache: of older ones the final figures must do. */
const MOST_RUNS = 500;

/** Follows the newest runs of the store until disposed, with a lease that it then gives back. */
export function followTags(numbers: Numbers, rows: TableRows, store: RunStore): Disposable {
  const owned = new DisposableStore();
  let followed = '';
  const follow = () => {
    const sources = store.runs.slice(0, MOST_RUNS).map(sourceOf);
    const wanted = JSON.stringify(sources);
    if (wanted === followed) return;
    followed = wanted;
    numbers.setSources(sources);
  };
  owned.add(numbers);
  owned.add(numbers.onRuns((runs) => rows.setNumbers(runs)));
  owned.add(store.onDidChange(follow));
  follow();
  return owned;
}

function sourceOf(run: RunSummary): NumbersSource {
  return { run: run.folder, paths: [run.folder], live: isLive(run), viewsPerStep: null };
}
