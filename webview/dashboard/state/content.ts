/**
 * Which lines and bands a chart draws: visible runs that have its tags, seed groups folded to one band, each with a
 * look and a name that tells it from the others. Pure, from model and arrangement.
 */
import * as l10n from '@vscode/l10n';
import { DASHES, hueVariable } from '../../../src/domain/display/runColours';
import { shortNames } from '../../../src/domain/display/shortNames';
import type { SeedGroup } from '../../../src/domain/run/seedGroups';
import type { Line, LineGroup } from '../../../src/domain/series/query';
import { bandKey, lineKey } from '../../../src/domain/series/windows';
import type { Layout } from '../../../src/protocol/pages/dashboard';
import { LINE_COLOURS } from '../../charts/spec';
import type { Model, RunEntry } from './model';
import type { PlannedChart } from './plan';

/** A line to be drawn. */
export interface ContentLine extends Line {
  readonly key: string;
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
}

/** A band to be drawn; `group` is what the query calls it. */
export interface ContentBand {
  readonly key: string;
  readonly group: LineGroup;
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
}

/** What one chart draws. */
export interface Content {
  readonly lines: readonly ContentLine[];
  readonly bands: readonly ContentBand[];
  /** The run whose reference lines stand for all. */
  readonly referenceRun: string | undefined;
}

/** Who is drawn, whatever the chart: single runs, and groups as one. */
export interface Cast {
  readonly runs: readonly CastRun[];
  readonly groups: readonly CastGroup[];
}

interface CastRun {
  readonly run: RunEntry;
  readonly name: string;
}

interface CastGroup {
  readonly group: SeedGroup;
  readonly members: readonly RunEntry[];
  readonly name: string;
}

/** The visible runs and groups, with names that are as short as they may be. */
export function castOf({ runs, groups }: Model, layout: Layout): Cast {
  const hidden = new Set(layout.hidden);
  const unfolded = new Set(layout.unfolded);
  const visible = runs.filter(({ folder }) => !hidden.has(folder));
  const folded = new Set(groups.filter(({ key }) => !unfolded.has(key)).flatMap(({ folders }) => folders));
  const singles = visible.filter(({ folder }) => !folded.has(folder));
  const shownGroups = groups.flatMap((group) => {
    const members = visible.filter(({ folder }) => group.folders.includes(folder));
    return members.length === 0 ? [] : [{ group, members }];
  });
  const names = shortNames([
    ...shownGroups.map(({ group }) => group.name),
    ...singles.map((run) => run.summary.name),
  ]);
  const isAlone = names.length === 1;
  const nameAt = (i: number) => (isAlone ? '' : (names[i] ?? ''));
  return {
    groups: shownGroups.map((shown, i) => ({ ...shown, name: nameAt(i) })),
    runs: singles.map((run, i) => ({ run, name: nameAt(shownGroups.length + i) })),
  };
}

/** What a chart draws of the cast. */
export function contentOf({ tags }: Pick<PlannedChart, 'tags'>, cast: Cast): Content {
  const lines = cast.runs.flatMap(({ run, name }) => linesOf(tags, run, name));
  const bands = cast.groups.flatMap((group) => tags.flatMap(({ tag }) => bandOf(group, tag)));
  const members = [...cast.runs.map(({ run }) => run), ...cast.groups.flatMap((group) => group.members)];
  const referenceRun = members.find((run) => tags.some(({ tag }) => run.tags.has(tag)))?.folder;
  return { lines, bands, referenceRun };
}

/** Every run that a chart draws, in a line of its own or in a band. */
export function runsOf({ lines, bands }: Content): ReadonlySet<string> {
  return new Set([...lines.map(({ run }) => run), ...bands.flatMap(({ group }) => group.runs)]);
}

function linesOf(tags: PlannedChart['tags'], run: RunEntry, name: string): ContentLine[] {
  return tags.flatMap(({ tag, label }, i) => {
    if (!run.tags.has(tag)) return [];
    // Several tags in one chart belong to one run: colour tells the tags apart.
    const colour =
      tags.length > 1 ? (LINE_COLOURS[i % LINE_COLOURS.length] ?? LINE_COLOURS[0]) : hueVariable(run.look);
    const dash = tags.length > 1 ? [] : (DASHES[run.look.dash] ?? []);
    const key = lineKey(run.folder, tag);
    return [
      {
        run: run.folder,
        tag,
        key,
        colour,
        dash,
        name: [name, label].filter((part) => part !== '').join(' '),
      },
    ];
  });
}

function bandOf({ group, members, name }: CastGroup, tag: string): ContentBand[] {
  const having = members.filter((run) => run.tags.has(tag));
  const [first] = having;
  if (!first) return [];
  const runs = having.map(({ folder }) => folder);
  const colour = hueVariable(first.look);
  const label = `${name === '' ? l10n.t('mean') : name} (${runs.length})`;
  return [
    {
      key: bandKey(group.key, tag),
      group: { key: group.key, runs, tag },
      name: label,
      colour,
      dash: DASHES[first.look.dash] ?? [],
    },
  ];
}
