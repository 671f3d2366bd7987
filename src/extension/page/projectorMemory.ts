/** What the workspace remembers of projectors: which sources a tab shows, how the page is arranged, saved selections. */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../../domain/errors';
import type { ProjectorLayout, SavedSelection } from '../../protocol/pages/projector';
import { parseProjectorLayout, parseSavedSelections } from '../../protocol/pages/projector';

/** Where the workspace keeps values; the editor's memento is one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const LAYOUT_KEY = 'projector.layout';
/** The editor keeps all of it in memory and writes it as a whole. */
const MOST_SAVED_IDS = 100_000;

/** One or two sources as the key of a tab. */
export function projectorKey(places: readonly string[]): string {
  return JSON.stringify(places);
}

/** The sources of a tab's key; none if it is no such text. */
export function placesOfKey(key: string | undefined): readonly string[] {
  try {
    return placesOf(JSON.parse(key ?? '') as unknown) ?? [];
  } catch {
    return [];
  }
}

/** The sources in a page's saved state; undefined if the state is none of ours. */
export function savedPlaces(state: unknown): readonly string[] | undefined {
  return typeof state === 'object' && state !== null && 'places' in state
    ? placesOf(state.places)
    : undefined;
}

/** How projectors are arranged. */
export function rememberedLayout(memory: Memory): ProjectorLayout {
  return parseProjectorLayout(memory.get(LAYOUT_KEY));
}

/** Keeps it. */
export async function rememberLayout(memory: Memory, layout: ProjectorLayout): Promise<void> {
  await memory.update(LAYOUT_KEY, layout);
}

/** The selections saved for a source. */
export function rememberedSelections(memory: Memory, place: string): SavedSelection[] {
  return parseSavedSelections(memory.get(selectionsKey(place)));
}

/** Keeps them. Throws HumanError if they are too many samples. */
export async function rememberSelections(
  memory: Memory,
  place: string,
  selections: readonly SavedSelection[],
): Promise<void> {
  const total = selections.reduce((sum, { ids }) => sum + ids.length, 0);
  if (total > MOST_SAVED_IDS)
    throw new HumanError(
      l10n.t(
        'The selections were not saved, because they name {0} samples and {1} can be kept: export the largest as a file.',
        total,
        MOST_SAVED_IDS,
      ),
    );
  await memory.update(selectionsKey(place), selections);
}

function placesOf(value: unknown): readonly string[] | undefined {
  const isList = Array.isArray(value) && value.every((place) => typeof place === 'string');
  return isList && (value.length === 1 || value.length === 2) ? value : undefined;
}

function selectionsKey(place: string): string {
  return `projector.selections:${place}`;
}
