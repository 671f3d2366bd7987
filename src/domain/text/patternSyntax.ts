/**
 * The part of regular expressions that describes regular languages: literals, sets, groups, choices, repeats, line and
 * word bounds. What would need going back (references, looking around) is refused by name.
 */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../errors';

/** What a bound asserts of the place between two characters. */
export type Bound = 'lineStart' | 'lineEnd' | 'wordBound' | 'noWordBound';

/** A pattern as a tree. A character is matched by its UTF-16 unit in lower case. */
export type PatternNode =
  | { readonly kind: 'set'; readonly has: (unit: number) => boolean }
  | { readonly kind: 'bound'; readonly bound: Bound }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number };

const LARGEST_COUNT = 100;
const DEEPEST = 50;
const LINE_BREAK = 10;

/** Parses a pattern; a HumanError says where it is none. */
export function parsePattern(text: string): PatternNode {
  const reader = new Reader(text);
  const node = parseChoice(reader, 0);
  if (!reader.isAtEnd) reader.fail(l10n.t('a bracket is closed that was not opened'));
  return node;
}

/** True for letters, digits and the underscore. */
export function isWordUnit(unit: number): boolean {
  return /\w/.test(String.fromCharCode(unit));
}

/** The text of a pattern and the place in it. */
class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  get next(): string {
    return this.text[this.#at] ?? '';
  }

  take(): string {
    const taken = this.next;
    this.#at++;
    return taken;
  }

  /** Passes over `wanted` if it comes next. */
  skip(wanted: string): boolean {
    if (!this.text.startsWith(wanted, this.#at)) return false;
    this.#at += wanted.length;
    return true;
  }

  /** Passes over what a sticky expression matches. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.text);
    if (found) this.#at += found[0].length;
    return found;
  }

  fail(why: string): never {
    throw new HumanError(l10n.t('The pattern cannot be read at character {0}: {1}.', this.#at + 1, why));
  }
}

function parseChoice(reader: Reader, depth: number): PatternNode {
  if (depth > DEEPEST) reader.fail(l10n.t('groups are nested more than {0} deep', DEEPEST));
  const options = [parseSequence(reader, depth)];
  while (reader.skip('|')) options.push(parseSequence(reader, depth));
  return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };
}

function parseSequence(reader: Reader, depth: number): PatternNode {
  const parts: PatternNode[] = [];
  while (!reader.isAtEnd && reader.next !== '|' && reader.next !== ')')
    parts.push(parseRepeated(reader, depth));
  return { kind: 'sequence', parts };
}

function parseRepeated(reader: Reader, depth: number): PatternNode {
  let part = parseAtom(reader, depth);
  for (;;) {
    const count = parseCount(reader);
    if (!count) return part;
    // A lazy repeat finds the same texts as an eager one.
    reader.skip('?');
    part = { kind: 'repeat', part, ...count };
  }
}

function parseCount(reader: Reader): { least: number; most: number } | undefined {
  if (reader.skip('*')) return { least: 0, most: Infinity };
  if (reader.skip('+')) return { least: 1, most: Infinity };
  if (reader.skip('?')) return { least: 0, most: 1 };
  const found = reader.match(/\{(\d+)(,?)(\d*)\}/y);
  if (!found) return undefined;
  const least = Number(found[1]);
  const most = found[2] === '' ? least : found[3] === '' ? Infinity : Number(found[3]);
  if (least > most) reader.fail(l10n.t('the smaller number of repeats stands second'));
  if (Math.max(least, Number.isFinite(most) ? most : 0) > LARGEST_COUNT)
    reader.fail(l10n.t('more than {0} repeats are asked for', LARGEST_COUNT));
  return { least, most };
}

function parseAtom(reader: Reader, depth: number): PatternNode {
  if (reader.skip('(')) return parseGroup(reader, depth);
  if (reader.skip('[')) return { kind: 'set', has: parseSet(reader) };
  if (reader.skip('.')) return { kind: 'set', has: (unit) => unit !== LINE_BREAK };
  if (reader.skip('^')) return { kind: 'bound', bound: 'lineStart' };
  if (reader.skip('$')) return { kind: 'bound', bound: 'lineEnd' };
  if (reader.skip('\\')) return parseEscape(reader);
  if ('*+?'.includes(reader.next)) reader.fail(l10n.t('there is nothing before the repeat'));
  return literal(reader.take());
}

function parseGroup(reader: Reader, depth: number): PatternNode {
  if (reader.skip('?') && !reader.skip(':'))
    reader.fail(l10n.t('only groups without a name or condition are known'));
  const node = parseChoice(reader, depth + 1);
  if (!reader.skip(')')) reader.fail(l10n.t('a bracket is not closed'));
  return node;
}

function parseEscape(reader: Reader): PatternNode {
  if (reader.isAtEnd) reader.fail(l10n.t('nothing follows the backslash'));
  if (reader.skip('b')) return { kind: 'bound', bound: 'wordBound' };
  if (reader.skip('B')) return { kind: 'bound', bound: 'noWordBound' };
  if (/[1-9k]/.test(reader.next)) reader.fail(l10n.t('references to groups are not known'));
  return { kind: 'set', has: escapedSet(reader) };
}

const CLASSES: Readonly<Partial<Record<string, RegExp>>> = {
  d: /\d/,
  D: /\D/,
  w: /\w/,
  W: /\W/,
  s: /\s/,
  S: /\S/,
};
const CONTROLS: Readonly<Partial<Record<string, string>>> = { n: '\n', t: '\t', r: '\r' };

/** What follows a backslash, outside a set or in one. */
function escapedSet(reader: Reader): (unit: number) => boolean {
  const letter = reader.take();
  const known = CLASSES[letter];
  if (known) return (unit) => known.test(String.fromCharCode(unit));
  if (/[a-z]/i.test(letter) && !CONTROLS[letter]) reader.fail(l10n.t('{0} is not known', `\\${letter}`));
  return oneOf(CONTROLS[letter] ?? letter);
}

function parseSet(reader: Reader): (unit: number) => boolean {
  const isNegated = reader.skip('^');
  const members: ((unit: number) => boolean)[] = [];
  while (!reader.skip(']')) {
    if (reader.isAtEnd) reader.fail(l10n.t('a square bracket is not closed'));
    members.push(reader.skip('\\') ? escapedSet(reader) : parseRange(reader));
  }
  return (unit) => members.some((has) => has(unit)) !== isNegated;
}

function parseRange(reader: Reader): (unit: number) => boolean {
  const first = reader.take();
  const found = reader.match(/-([^\]\\])/y);
  if (!found) return oneOf(first);
  const last = found[1];
  if (first > last) reader.fail(l10n.t('the range {0}-{1} runs backwards', first, last));
  // Both cases of the unit are tried, because texts are searched without regard to case.
  return (unit) => bothCases(unit).some((one) => one >= first && one <= last);
}

function bothCases(unit: number): string[] {
  const own = String.fromCharCode(unit);
  return [own.toLowerCase(), own.toUpperCase()];
}

function literal(character: string): PatternNode {
  return { kind: 'set', has: oneOf(character) };
}

function oneOf(character: string): (unit: number) => boolean {
  const wanted = character.toLowerCase().charCodeAt(0);
  return (unit) => unit === wanted;
}
