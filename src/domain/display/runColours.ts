/**
 * The colour and dash by which a run is known on every surface. The hue is a function of the run alone, so that charts,
 * comparisons, lists and the side bar agree without asking each other. Runs of one hue in one view differ in their
 * dash, so colour is never the only sign, and a run that joins others never changes theirs.
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

/** The end of a run's id: when it was started, and four random digits. */
const ID_END = /-\d{8}-\d{6}-[0-9a-f]{4}$/;

/**
 * The look of a run where it is alone, and its hue everywhere.
 * @param run its folder or its id: a run of ours is known by its id wherever its folder lies, one of others by its folder
 */
export function lookOfRun(run: string): RunLook {
  const name = run.split(/[\\/]/).at(-1) ?? '';
  return { hue: hash(ID_END.test(name) ? name : run) % HUES.length, dash: 0 };
}

/**
 * The looks of the runs in view, in their order. Runs named in `kept` stay as they were; others have their own hue in
 * the first dash that no other has. A fifth run of one hue takes the next hue that has room; beyond 32 runs looks repeat.
 * @param runs folders or ids, each once
 */
export function assignLooks(
  runs: readonly string[],
  kept: ReadonlyMap<string, RunLook> = new Map(),
): Map<string, RunLook> {
  const staying = new Map(runs.flatMap((run) => pairOf(run, kept)));
  const taken = new Set([...staying.values()].map(slotOf));
  return new Map(runs.map((run) => [run, staying.get(run) ?? takeLook(run, taken)]));
}

/** The name of a hue's CSS variable, as the editor gives contributed colours to pages. */
export function hueVariable({ hue }: RunLook): string {
  const { name } = HUES[hue % HUES.length] ?? HUES[0];
  return `--vscode-supcon-${name}`;
}

function takeLook(run: string, taken: Set<number>): RunLook {
  if (taken.size >= HUES.length * DASHES.length) taken.clear();
  const own = lookOfRun(run);
  const look = looksNear(own).find((each) => !taken.has(slotOf(each))) ?? own;
  taken.add(slotOf(look));
  return look;
}

/** Every look, the nearest first: the dashes of the hue itself, then those of the next. */
function looksNear({ hue }: RunLook): RunLook[] {
  return HUES.flatMap((_, step) =>
    DASHES.map((_dashes, dash) => ({ hue: (hue + step) % HUES.length, dash })),
  );
}

function slotOf({ hue, dash }: RunLook): number {
  return dash * HUES.length + hue;
}

function pairOf(run: string, looks: ReadonlyMap<string, RunLook>): [string, RunLook][] {
  const look = looks.get(run);
  return look === undefined ? [] : [[run, look]];
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
