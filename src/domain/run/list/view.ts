/** How a list of runs is looked at: grouping, order and filter, as one value that can be kept and read back. */
import * as v from 'valibot';
import type { RunFilter } from './filter';
import { NO_FILTER, runFilterSchema } from './filter';
import { GROUPINGS } from './grouping';
import { NEWEST_FIRST } from './sorting';

const groupings = GROUPINGS.map(({ by }) => by);
const sortKeySchema = v.object({ by: v.string(), descending: v.boolean() });

/** What is damaged or unknown falls back to the default of its part alone. */
const listViewSchema = v.object({
  grouping: v.fallback(v.picklist(groupings), 'none'),
  sort: v.fallback(v.pipe(v.array(sortKeySchema), v.minLength(1), v.readonly()), NEWEST_FIRST),
  filter: v.fallback(runFilterSchema, NO_FILTER),
});

/** Grouping, order and filter of a list. */
export type ListView = v.InferOutput<typeof listViewSchema>;

/** The view of whoever has not chosen one: no groups, newest first, everything but archived runs. */
export const DEFAULT_VIEW: ListView = { grouping: 'none', sort: NEWEST_FIRST, filter: NO_FILTER };

/** A view that was kept; whatever cannot be read is as by default. */
export function parseListView(kept: unknown): ListView {
  const result = v.safeParse(listViewSchema, kept);
  return result.success ? result.output : DEFAULT_VIEW;
}

/** Saved filters by name, as a person may have written them by hand; damaged ones are left out. */
export function parseSavedFilters(kept: unknown): Readonly<Record<string, RunFilter>> {
  const result = v.safeParse(v.record(v.string(), v.unknown()), kept);
  if (!result.success) return {};
  return Object.fromEntries(
    Object.entries(result.output).flatMap(([name, value]) => {
      const filter = v.safeParse(runFilterSchema, value);
      return filter.success ? [[name, filter.output]] : [];
    }),
  );
}
