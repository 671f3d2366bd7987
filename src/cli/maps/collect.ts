/**
 * Asks a question about maps and waits for all of its answers, with the progress on a terminal. Ctrl+C cancels; once more
 * ends the process.
 */
import { stageWords } from '../../domain/maps/stage';
import type { MapNews, MapQuestion, OpenMaps, PlacedEpoch } from '../../runs/maps/maps';

type News<Type extends MapNews['type']> = Extract<MapNews, { type: Type }>;

/** What was told of the maps. */
export interface Collected {
  readonly maps: readonly News<'map'>[];
  readonly qualities: readonly News<'quality'>[];
  readonly classes: readonly News<'classes'>[];
  readonly columns: readonly News<'columns'>[];
  readonly pairs: readonly News<'pair'>[];
}

const CLEAR_LINE = '\r\u001b[K';
/** Longer than anything takes: it only keeps the process alive, which the threads do not. */
const KEEP_ALIVE_MS = 2 ** 30;

/** The answers; undefined if it was cancelled. Rejects with HumanError where the question cannot be answered. */
export async function collect(
  open: OpenMaps,
  question: MapQuestion,
  describe: readonly PlacedEpoch[],
): Promise<Collected | undefined> {
  const told: MapNews[] = [];
  const show = showProgress();
  const take = (news: MapNews) => {
    if (news.type === 'progress') show(news.stage);
    else if (news.type !== 'map' || news.isFinal) told.push(news);
  };
  const end = await cancellable(open, () => open.show(question, take, describe));
  show(null);
  return end === 'cancelled' ? undefined : collected(told);
}

/** Waits for a promise of the threads, which do not keep the process alive. */
export async function keepAlive<T>(act: () => Promise<T>): Promise<T> {
  const alive = setInterval(() => undefined, KEEP_ALIVE_MS);
  try {
    return await act();
  } finally {
    clearInterval(alive);
  }
}

async function cancellable<T>(open: OpenMaps, act: () => Promise<T>): Promise<T> {
  const cancel = () => open.cancel();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    return await keepAlive(act);
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

/** Rewrites one line of the terminal; nothing appears elsewhere. */
function showProgress(terminal: NodeJS.WriteStream = process.stderr) {
  return (stage: News<'progress'>['stage']): void => {
    if (!terminal.isTTY) return;
    terminal.write(
      stage === null ? CLEAR_LINE : `${CLEAR_LINE}${stageWords(stage)} ${Math.round(100 * stage.fraction)} %`,
    );
  };
}

function collected(told: readonly MapNews[]): Collected {
  const of = <Type extends MapNews['type']>(type: Type): News<Type>[] =>
    told.filter((news): news is News<Type> => news.type === type);
  return {
    maps: of('map'),
    qualities: of('quality'),
    classes: of('classes'),
    columns: of('columns'),
    pairs: of('pair'),
  };
}
