/** `supcon project RUN|FILE`: the map of one epoch, with what it distorts; as a file on request. */
import { resolve } from 'node:path';
import { formatCount } from '../../domain/display/format';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { MapRequest } from '../../domain/maps/request';
import type { OpenMaps, SourceFacts } from '../../runs/maps/maps';
import type { Collected } from '../maps/collect';
import { collect, keepAlive } from '../maps/collect';
import { mapRows, outKind, writeRows } from '../maps/files';
import { commandLineMaps, sourcePath } from '../maps/open';
import type { MapOptions } from '../maps/request';
import { epochNumber, mapRequest } from '../maps/request';
import { classTable, qualityTable } from '../maps/tables';

export interface ProjectOptions extends MapOptions {
  readonly dir?: string;
  /** The last by default. */
  readonly epoch?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** What was asked of what. */
interface Projected {
  readonly open: OpenMaps;
  readonly request: MapRequest;
  readonly epoch: number;
}

/** Computes the map, prints its figures; the exit code. */
export async function project(text: string, options: ProjectOptions): Promise<number> {
  if (options.out !== undefined) outKind(options.out);
  const path = await sourcePath(text, options.dir);
  const maps = commandLineMaps();
  try {
    const open = await keepAlive(() => maps.open({ left: path, right: null }));
    const request = mapRequest(options, open.opened.request, open.opened.left);
    const epoch =
      options.epoch === undefined ? lastEpoch(open.opened.left, request) : epochNumber(options.epoch);
    const question = { map: request, epochs: { left: epoch, right: null }, isChain: false };
    const found = await collect(open, question, [{ pane: 'left', epoch }]);
    if (found === undefined) return cancelled();
    await report({ open, request, epoch }, found, options);
    return EXIT_CODE.completed;
  } finally {
    maps.dispose();
  }
}

/** The last epoch of the table that is asked for. Throws HumanError if there is no such table. */
export function lastEpoch({ name, tables }: SourceFacts, { table }: MapRequest): number {
  const epoch = tables.find((each) => each.name === table)?.epochs.at(-1);
  if (epoch !== undefined) return epoch;
  throw new HumanError(
    `${name} has no vectors called ${table}: --table must be one of ${tables.map((each) => each.name).join(', ')}.`,
  );
}

/** Says so; the exit code. */
export function cancelled(): number {
  process.stderr.write('The map was cancelled; what was finished is kept for the next time.\n');
  return EXIT_CODE.stopped;
}

async function report(projected: Projected, found: Collected, options: ProjectOptions): Promise<void> {
  const { open, request, epoch } = projected;
  const { left } = open.opened;
  const [quality, classes] = [found.qualities[0]?.quality, found.classes[0]?.classes ?? []];
  const facts = { source: left.place, epoch, request, notes: left.notes, quality, classes };
  if (options.out !== undefined) await write(projected, found, { ...facts, out: options.out });
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  const rows = mapRows(left, found.maps[0]?.positions ?? new Float32Array()).rows.length;
  const title = `${left.name}, ${request.table}, epoch ${epoch}`;
  const text = [
    `${request.method} of ${formatCount(rows)} samples, seed ${request.seed}`,
    ...left.notes,
    ...(quality === undefined ? [] : [qualityTable(title, quality)]),
    ...(classes.length === 0 ? [] : [classTable(classes)]),
    ...(options.out === undefined ? [] : [resolve(options.out)]),
  ];
  process.stdout.write(`${text.join('\n')}\n`);
}

async function write(
  { open, request, epoch }: Projected,
  { maps, columns }: Collected,
  { out, ...facts }: { readonly out: string },
): Promise<void> {
  if (outKind(out) === 'folder') {
    const question = { pane: 'left', epoch, table: request.table, rows: null, folder: resolve(out) } as const;
    const left = await keepAlive(() => open.writeProjectorFiles(question));
    for (const note of left) process.stderr.write(`${note}\n`);
    return;
  }
  const rows = mapRows(open.opened.left, maps[0]?.positions ?? new Float32Array(), columns[0]?.columns);
  await writeRows(out, rows, { ...facts, axes: maps[0]?.axes ?? [] });
}
