/** The sources of a projector, opened together: which rows of the two sides are the same sample, and what is proposed. */
import type { MapRequest, Pane as Side } from '../../../domain/maps/request';
import { DEFAULT_MAP_REQUEST } from '../../../domain/maps/request';
import { HumanError } from '../../../domain/errors';
import type { Join, JoinSide } from '../../../projection/pairs/join';
import { joinRows } from '../../../projection/pairs/join';
import type { OpenedPlaces } from '../messages';
import { Pane } from './pane';

/** Rows beyond which a sample is proposed, because a map of more takes longer than somebody likes to wait. */
const PROPOSED_ROWS = 20_000;

/** One or two sides. */
export interface Panes {
  readonly left: Pane;
  readonly right: Pane | null;
  /** Of the rows of the panes; null without a right side. */
  readonly join: Join | null;
}

/** Opens sides, each opening once, until they are closed. */
export class OpenPanes {
  readonly #open = new Map<number, Promise<Panes>>();

  /** Rejects with HumanError for what is no source. */
  async get({ version, left, right }: OpenedPlaces): Promise<Panes> {
    const known = this.#open.get(version) ?? openPanes(left, right);
    this.#open.set(version, known);
    try {
      return await known;
    } catch (thrown) {
      this.#open.delete(version);
      throw thrown;
    }
  }

  close(version: number): void {
    this.#open.delete(version);
  }
}

/** The side of that name. Throws HumanError if there is none. */
export function paneAt(panes: Panes, side: Side): Pane {
  const pane = panes[side];
  if (pane === null) throw new HumanError('There is no second source: choose one to compare with.');
  return pane;
}

/** What is shown first: the first table, and a sample of a large source. */
export function proposedRequest({ left, right }: Panes): MapRequest {
  const rows = Math.max(left.ids.length, right?.ids.length ?? 0);
  const names = left.source.tables.map(({ name }) => name);
  const isShared = (name: string) => right?.source.tables.some((table) => table.name === name) ?? true;
  return {
    ...DEFAULT_MAP_REQUEST,
    table: names.find(isShared) ?? names[0] ?? DEFAULT_MAP_REQUEST.table,
    limit: rows > PROPOSED_ROWS ? PROPOSED_ROWS : null,
  };
}

async function openPanes(leftPath: string, rightPath: string | null): Promise<Panes> {
  const [left, right] = await Promise.all([
    Pane.open(leftPath),
    rightPath === null ? null : Pane.open(rightPath),
  ]);
  return { left, right, join: right === null ? null : joinRows(sideOf(left), sideOf(right)) };
}

function sideOf({ source, ids, keys }: Pane): JoinSide {
  return { dataset: source.datasetHash ?? null, ids, contents: keys };
}
