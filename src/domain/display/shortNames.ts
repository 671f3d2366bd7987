/**
 * Names of runs beside each other, shortened to what tells them apart. Names of experiments are words with hyphens
 * between them, so whole words are left out, and a cut that makes two names equal is tried elsewhere.
 */
import { cutMiddle } from './format';

/** Fewer shared characters than this are shorter to read than to wonder about. */
const SHORTEST_LEFT_OUT = 6;
/** A word with what follows it up to the next one. */
const WORD = /[^-_ /]+[-_ /]*|[-_ /]+/g;
const ELLIPSIS = '…';

/** The names without the words that all of them have at their beginning, their end, or in one place between. */
export function shortNames(names: readonly string[]): string[] {
  if (new Set(names).size < 2) return [...names];
  const all = names.map((name) => name.match(WORD) ?? []);
  const isShared = sharedPlaces(all);
  return all.map((words) => leaveOut(words, isShared));
}

/**
 * The names in at most `most` characters each: cut in the middle, or where that makes two of them equal, in the way
 * that leaves the most of them different.
 */
export function cutApart(names: readonly string[], most: number): string[] {
  let best: string[] = [];
  for (const cut of CUTS) {
    const shortened = names.map((name) => (lengthOf(name) <= most ? name : cut(name, most, names)));
    if (new Set(shortened).size > new Set(best).size) best = shortened;
    if (new Set(best).size === new Set(names).size) break;
  }
  return best;
}

type IsShared = (words: readonly string[], place: number) => boolean;

/** Of each name at least one word is not shared. */
function sharedPlaces(all: readonly (readonly string[])[]): IsShared {
  const [first = []] = all;
  const fewest = Math.min(...all.map(({ length }) => length));
  const isOneLength = all.every(({ length }) => length === fewest);
  const isEqual = (place: number) => all.every((words) => words.at(place) === first.at(place));
  let before = 0;
  while (before < fewest - 1 && isEqual(before)) before++;
  let behind = 0;
  while (before + behind < fewest - 1 && isEqual(-1 - behind)) behind++;
  return (words, place) =>
    place < before || place >= words.length - behind || (isOneLength && isEqual(place));
}

function leaveOut(words: readonly string[], isShared: IsShared): string {
  let text = '';
  for (let place = 0; place < words.length;) {
    let end = place;
    while (end < words.length && isShared(words, end) === isShared(words, place)) end++;
    const stretch = words.slice(place, end).join('');
    const isLong = stretch.length >= SHORTEST_LEFT_OUT;
    text += isLong && isShared(words, place) ? ELLIPSIS : stretch;
    place = end;
  }
  return text.replace(/[-_ /]+…$/, ELLIPSIS);
}

type Cut = (name: string, most: number, names: readonly string[]) => string;

const CUTS: readonly Cut[] = [
  cutMiddle,
  (name, most) =>
    ELLIPSIS +
    lettersOf(name)
      .slice(1 - most)
      .join(''),
  (name, most) =>
    lettersOf(name)
      .slice(0, most - 1)
      .join('') + ELLIPSIS,
  cutAround,
];

/** A window that begins where the name leaves the one that it shares the longest beginning with. */
function cutAround(name: string, most: number, names: readonly string[]): string {
  const letters = lettersOf(name);
  const others = names.filter((other) => other !== name);
  const leaves = Math.max(0, ...others.map((other) => sharedLetters(letters, lettersOf(other))));
  const room = most - 2 * ELLIPSIS.length;
  const start = Math.max(0, Math.min(leaves - 1, letters.length - room));
  const window = letters.slice(start, start + room).join('');
  return `${start > 0 ? ELLIPSIS : ''}${window}${start + room < letters.length ? ELLIPSIS : ''}`;
}

function sharedLetters(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function lettersOf(text: string): string[] {
  return Array.from(text);
}

function lengthOf(text: string): number {
  return lettersOf(text).length;
}
