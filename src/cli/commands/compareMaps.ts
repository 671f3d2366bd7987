/** `supcon compare-maps A B`: what changed between two embeddings, and both maps in one frame as a file. */
import { resolve } from 'node:path';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { Column } from '../../domain/maps/columns';
import type { MapRequest, Pane } from '../../domain/maps/request';
import type { OpenMaps, SourceFacts } from '../../runs/maps/maps';
import type { Collected } from '../maps/collect';
import { collect, keepAlive } from '../maps/collect';
import type { MapRows } from '../maps/files';
import { mapRows, outKind, writeRows } from '../maps/files';
import { commandLineMaps, sourcePath } from '../maps/open';
import type { MapOptions } from '../maps/request';
import { epochNumber, mapRequest } from '../maps/request';
import { changeTable, pairTable, qualityTable } from '../maps/tables';
import { cancelled, lastEpoch } from './project';

export interface CompareMapsOptions extends MapOptions {
  readonly dir?: string;
  /** One for both, or two with a comma between; the last of each by default. */
  readonly epoch?: string;
  readonly out?: string;
  readonly json?: boolean;
}

interface Epochs {
  readonly left: number;
  readonly right: number;
}

/** Computes both maps, prints the figures of the pair; the exit code. */
export async function compareMaps(
  names: readonly [string, string],
  options: CompareMapsOptions,
): Promise<number> {
  if (options.out !== undefined && outKind(options.out) === 'folder')
    throw new HumanError(`--out must be a .csv or .json file; it is ${options.out}.`);
  const [left, right] = [await sourcePath(names[0], options.dir), await sourcePath(names[1], options.dir)];
  const maps = commandLineMaps();
  try {
    const open = await keepAlive(() => maps.open({ left, right }));
    const request = mapRequest(options, open.opened.request, open.opened.left);
    const epochs = epochsOf(open, request, options.epoch);
    const described = (['left', 'right'] as const).map((pane) => ({ pane, epoch: epochs[pane] }));
    const found = await collect(open, { map: request, epochs, isChain: false }, described);
    if (found === undefined) return cancelled();
    await report({ open, request, epochs }, found, options);
    return EXIT_CODE.completed;
  } finally {
    maps.dispose();
  }
}

function epochsOf(open: OpenMaps, request: MapRequest, text: string | undefined): Epochs {
  const { left, right } = sidesOf(open);
  const [first, second = first, ...more] = text?.split(',') ?? [];
  if (more.length > 0) throw new HumanError(`--epoch must be one epoch, or two as in 8,5; it is ${text}.`);
  return {
    left: first === undefined ? lastEpoch(left, request) : epochNumber(first),
    right: second === undefined ? lastEpoch(right, request) : epochNumber(second),
  };
}

function sidesOf({ opened: { left, right } }: OpenMaps): Readonly<Record<Pane, SourceFacts>> {
  if (right === null) throw new TypeError('Two sources were opened and one was told');
  return { left, right };
}

interface ComparedMaps {
  readonly open: OpenMaps;
  readonly request: MapRequest;
  readonly epochs: Epochs;
}

async function report(compared: ComparedMaps, found: Collected, options: CompareMapsOptions): Promise<void> {
  const { open, request, epochs } = compared;
  const { left, right } = sidesOf(open);
  const pair = found.pairs.at(-1)?.figures;
  const quality = (pane: Pane) => found.qualities.find((each) => each.pane === pane)?.quality;
  const qualities = { left: quality('left'), right: quality('right') };
  const facts = { left: left.place, right: right.place, epochs, request, pair, qualities };
  if (options.out !== undefined) await writeRows(options.out, bothRows(open, found), facts);
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  const title = `${left.name}, epoch ${epochs.left} and ${right.name}, epoch ${epochs.right}`;
  const text = [
    ...(pair === undefined
      ? []
      : [pairTable(title, pair), ...(pair.classes.length === 0 ? [] : [changeTable(pair)])]),
    ...[left, right].flatMap((side, i) => {
      const own = i === 0 ? qualities.left : qualities.right;
      return own === undefined ? [] : [qualityTable(`the map of ${side.name}`, own)];
    }),
    ...(options.out === undefined ? [] : [resolve(options.out)]),
  ];
  process.stdout.write(`${text.join('\n')}\n`);
}

/** One row a sample and side, so that what is in one alone has its place, too. */
function bothRows(open: OpenMaps, { maps, columns }: Collected): MapRows {
  const sides = sidesOf(open);
  const tables = (['left', 'right'] as const).map((pane) => {
    const positions = maps.find((map) => map.pane === pane)?.positions ?? new Float32Array();
    const described: readonly Column[] = columns.find((each) => each.pane === pane)?.columns ?? [];
    return { pane, ...mapRows(sides[pane], positions, described) };
  });
  const names = [...new Set(tables.flatMap(({ head }) => head))];
  const rows = tables.flatMap(({ pane, head, rows: own }) =>
    own.map((row) => [pane, ...names.map((name) => row[head.indexOf(name)] ?? '')]),
  );
  return { head: ['side', ...names], rows };
}
