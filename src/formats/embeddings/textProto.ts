/**
 * Protobuf's text format, as far as configurations use it: fields, nested messages in braces or angle brackets, lists,
 * strings with C's escapes, comments. Fields keep their texts; what they mean is their reader's affair.
 */
import { HumanError } from '../../domain/errors';

/** The values of each field in the order of the file; a field that is not there has none. */
export interface TextMessage {
  /** Strings, numbers and words of a field as text. */
  texts(field: string): readonly string[];
  messages(field: string): readonly TextMessage[];
}

interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'end';
  readonly text: string;
  readonly line: number;
}

type Value = string | TextMessage;

const MOST_DEPTH = 32;
const TOKEN =
  /\s+|#[^\n]*|(?<string>"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*')|(?<word>[A-Za-z0-9_+.-]+)|(?<mark>[{}<>[\]:;,])/y;
const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g;
const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** Parses a file's text. Throws HumanError naming file and line where it is no such text. */
export function parseTextProto(text: string, name: string): TextMessage {
  const tokens = tokensOf(text, name);
  let next = 0;

  function fail(token: Token): never {
    const what =
      token.kind === 'end' ? 'ends too early' : `has ${JSON.stringify(token.text)} where it should not be`;
    throw new HumanError(`${name} is not protobuf text: line ${token.line} ${what}. Write the file again.`);
  }

  function takeMark(...marks: readonly string[]): string | undefined {
    const { kind, text: found } = tokens[next];
    if (kind !== 'mark' || !marks.includes(found)) return undefined;
    next++;
    return found;
  }

  function fieldsUntil(closing: string | undefined, depth: number): TextMessage {
    const fields = new Map<string, Value[]>();
    for (;;) {
      const token = tokens[next];
      if (closing === undefined && token.kind === 'end') return messageOf(fields);
      if (closing !== undefined && takeMark(closing) !== undefined) return messageOf(fields);
      if (token.kind !== 'word' || depth > MOST_DEPTH) fail(token);
      next++;
      const hasColon = takeMark(':') !== undefined;
      const values = fields.get(token.text) ?? [];
      values.push(...fieldValues(hasColon, depth));
      fields.set(token.text, values);
      takeMark(',', ';');
    }
  }

  function fieldValues(hasColon: boolean, depth: number): Value[] {
    if (takeMark('[') === undefined) return [oneValue(hasColon, depth)];
    const values: Value[] = [];
    if (takeMark(']') !== undefined) return values;
    do values.push(oneValue(true, depth));
    while (takeMark(',') !== undefined);
    if (takeMark(']') === undefined) fail(tokens[next]);
    return values;
  }

  function oneValue(mayBeText: boolean, depth: number): Value {
    const opened = takeMark('{', '<');
    if (opened !== undefined) return fieldsUntil(opened === '{' ? '}' : '>', depth + 1);
    const token = tokens[next];
    if (!mayBeText || (token.kind !== 'string' && token.kind !== 'word')) fail(token);
    next++;
    if (token.kind === 'word') return token.text;
    let whole = token.text;
    // Strings side by side are one.
    while (tokens[next].kind === 'string') whole += tokens[next++].text;
    return decode(whole);
  }

  return fieldsUntil(undefined, 0);
}

function messageOf(fields: ReadonlyMap<string, readonly Value[]>): TextMessage {
  return {
    texts: (field) => (fields.get(field) ?? []).filter((value) => typeof value === 'string'),
    messages: (field) => (fields.get(field) ?? []).filter((value) => typeof value !== 'string'),
  };
}

/** Strings without their quotes, escapes untouched. */
function tokensOf(text: string, name: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) {
      throw new HumanError(
        `${name} is not protobuf text: line ${line} has ${JSON.stringify(text[at])}. Write the file again.`,
      );
    }
    const { string, word, mark } = (match.groups ?? {}) as Record<string, string | undefined>;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1), line });
    if (word !== undefined) tokens.push({ kind: 'word', text: word, line });
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, line });
    line += match[0].split('\n').length - 1;
    at += match[0].length;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}

/** Octal and hexadecimal escapes are bytes, which together are UTF-8: so Python writes all but ASCII. */
function decode(escaped: string): string {
  const bytes: Uint8Array[] = [];
  let at = 0;
  for (const match of escaped.matchAll(ESCAPE)) {
    const [whole, octal, hex, short, long, letter] = match as (string | undefined)[];
    bytes.push(Buffer.from(escaped.slice(at, match.index)));
    const byte = octal ?? hex;
    if (byte !== undefined) bytes.push(Buffer.of(Number.parseInt(byte, octal === undefined ? 16 : 8)));
    const point = Number.parseInt(short ?? long ?? '', 16);
    if (point <= 0x10ffff) bytes.push(Buffer.from(String.fromCodePoint(point)));
    if (letter !== undefined) bytes.push(Buffer.from(LETTERS[letter] ?? letter));
    at = match.index + (whole ?? '').length;
  }
  return Buffer.concat([...bytes, Buffer.from(escaped.slice(at))]).toString('utf8');
}
