/**
 * Axes as they are typed, `shirt:coat` or `train/1+train/7:bag`: two ends with a colon between, each a class or samples by
 * their ids. Names may hold colons and pluses themselves, so a text is what the source knows it to be.
 */
import { formatSome } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import { COLUMN_NAME } from '../../domain/maps/columns';
import type { AxisEnd, CustomAxis, MapMethod } from '../../domain/maps/request';
import type { SourceFacts } from '../../runs/maps/maps';

/** What ends are looked up in. */
export type AxisSource = Pick<SourceFacts, 'ids' | 'columns'>;

const NAMES_SHOWN = 5;

/** The axes; none for other methods. Throws HumanError for a text that names no two ends. */
export function axesOf(method: MapMethod, texts: readonly string[], source: AxisSource): CustomAxis[] {
  if (method !== 'axes' && texts.length > 0)
    throw new HumanError(`--axis belongs to --method axes; the method is ${method}.`);
  if (method === 'axes' && texts.length === 0)
    throw new HumanError('--method axes needs --axis FROM:TO once for each dimension.');
  const known = { classes: classesOf(source), ids: new Set(source.ids) };
  return texts.map((text) => axisOf(text, known));
}

interface Known {
  readonly classes: readonly string[];
  readonly ids: ReadonlySet<string>;
}

function axisOf(text: string, known: Known): CustomAxis {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    const from = endOf(text.slice(0, at), known);
    const to = endOf(text.slice(at + 1), known);
    if (from !== undefined && to !== undefined) return { from, to };
  }
  const { classes } = known;
  const names =
    classes.length === 0
      ? 'there are no classes'
      : `the classes are ${formatSome(classes.slice(0, NAMES_SHOWN), classes.length)}`;
  throw new HumanError(
    `--axis must be two classes, or ids of samples joined by +, with a colon between (${names}); it is ${text}.`,
  );
}

function endOf(text: string, { classes, ids }: Known): AxisEnd | undefined {
  if (classes.includes(text)) return { class: text };
  const named = text.split('+');
  return named.every((id) => ids.has(id)) ? { ids: named } : undefined;
}

function classesOf({ columns }: AxisSource): readonly string[] {
  const column = columns.find(({ name }) => name === COLUMN_NAME.class);
  return column?.kind === 'category' ? column.categories : [];
}
