/**
 * The colour and dash by which a run is known on every surface. A run prefers the hue that its id hashes to; a run
 * that joins others in view steps aside if that look is taken, so those before it never change theirs. Past eight
 * runs the hues come again with dashes, so colour is never the only sign.
 */

/** A hue in dark and light themes, contributed as the theme colour `supcon.NAME`. */
export interface Hue {
  readonly name: string;
  readonly dark: string;
  readonly light: string;
}

/**
 * Eight hues, each within 20 degrees of its name in both themes, chosen by search: any two are at least 0.12 apart
 * in OKLab as people with full colour vision, protanopia, deuteranopia or tritanopia see them, and stand out from
 * the background by 3.2 to 1.
 */
export const HUES: readonly Hue[] = [
  { name: 'runBlue', dark: '#64a8e7', light: '#131c6a' },
  { name: 'runOrange', dark: '#fcd29b', light: '#4a1702' },
  { name: 'runGreen', dark: '#1c8023', light: '#20583f' },
  { name: 'runPurple', dark: '#8f5bfe', light: '#6f52f0' },
  { name: 'runRed', dark: '#ce8188', light: '#fd3e7f' },
  { name: 'runCyan', dark: '#73f0ff', light: '#029bbe' },
  { name: 'runYellow', dark: '#a9b80d', light: '#8d7101' },
  { name: 'runPink', dark: '#c71e9a', light: '#a21597' },
];

/** Dash and gap lengths in CSS pixels; the first is a solid line. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** Places in HUES and DASHES. */
export interface RunLook {
  readonly hue: number;
  readonly dash: number;
}

/** The look of a run alone, for lists that show all runs. */
export function lookOfRun(id: string): RunLook {
  return { hue: hash(id) % HUES.length, dash: 0 };
}

/**
 * The looks of the runs in view, in their order. Runs named in `kept` stay as they were; others take the free look
 * nearest to their own. Beyond 32 runs looks repeat.
 */
export function assignLooks(
  ids: readonly string[],
  kept: ReadonlyMap<string, RunLook> = new Map(),
): Map<string, RunLook> {
  const looks = new Map<string, RunLook>();
  const taken = new Set<number>();
  for (const id of ids) {
    const before = kept.get(id);
    if (before === undefined) continue;
    looks.set(id, before);
    taken.add(slotOf(before));
  }
  for (const id of ids) if (!looks.has(id)) looks.set(id, freeLook(id, taken));
  return new Map(ids.flatMap((id) => pairOf(id, looks)));
}

/** The name of a hue's CSS variable, as the editor gives contributed colours to pages. */
export function hueVariable({ hue }: RunLook): string {
  const { name } = HUES[hue % HUES.length] ?? HUES[0];
  return `--vscode-supcon-${name}`;
}

/** Tries every hue with a solid line before the first dash. */
function freeLook(id: string, taken: Set<number>): RunLook {
  const places = HUES.length * DASHES.length;
  if (taken.size >= places) taken.clear();
  const preferred = lookOfRun(id).hue;
  for (let offset = 0; offset < places; offset++) {
    const look = { hue: (preferred + offset) % HUES.length, dash: Math.floor(offset / HUES.length) };
    if (taken.has(slotOf(look))) continue;
    taken.add(slotOf(look));
    return look;
  }
  return { hue: preferred, dash: 0 };
}

function slotOf({ hue, dash }: RunLook): number {
  return dash * HUES.length + hue;
}

function pairOf(id: string, looks: ReadonlyMap<string, RunLook>): [string, RunLook][] {
  const look = looks.get(id);
  return look === undefined ? [] : [[id, look]];
}

/** FNV-1a over UTF-16 units, with a final mix so that ids that differ in the last letter spread. */
function hash(text: string): number {
  const FNV_OFFSET = 0x811c9dc5;
  const FNV_PRIME = 0x01000193;
  let value = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}
