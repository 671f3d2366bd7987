/** Builders of single settings: a type, a range, a default and one sentence for hover and completion. */
import * as v from 'valibot';

interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** The range of a probability or a share. */
export const PROBABILITY: Range = { minimum: 0, maximum: 1 };
/** The range of a count of things or epochs. */
export const COUNT: Range = { minimum: 0, maximum: 1_000_000 };

/** A whole number in a closed range. */
export function whole(fallback: number, range: Range, description: string) {
  const sentence = `must be a whole number from ${range.minimum} to ${range.maximum}`;
  return v.optional(
    v.pipe(
      v.number(sentence),
      v.integer(sentence),
      v.minValue(range.minimum, sentence),
      v.maxValue(range.maximum, sentence),
      v.description(description),
    ),
    fallback,
  );
}

/** A real number in a closed range. */
export function real(fallback: number, range: Range, description: string) {
  const sentence = `must be a number from ${range.minimum} to ${range.maximum}`;
  return v.optional(
    v.pipe(
      v.number(sentence),
      v.minValue(range.minimum, sentence),
      v.maxValue(range.maximum, sentence),
      v.description(description),
    ),
    fallback,
  );
}

/** A whole number in a closed range, or null where it is not known. */
export function wholeOrUnknown(range: Range, description: string) {
  const sentence = `must be a whole number from ${range.minimum} to ${range.maximum}, or null`;
  return orUnknown(v.pipe(ranged(range, sentence), v.integer(sentence)), sentence, description);
}

/** A real number in a closed range, or null where it is not known. */
export function realOrUnknown(range: Range, description: string) {
  const sentence = `must be a number from ${range.minimum} to ${range.maximum}, or null`;
  return orUnknown(ranged(range, sentence), sentence, description);
}

/** One of a few names. */
export function choice<const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
  description: string,
) {
  const sentence = `must be one of ${names.map((name) => `"${name}"`).join(', ')}`;
  return v.optional(v.pipe(v.picklist(names, sentence), v.description(description)), fallback);
}

/** True or false. */
export function flag(fallback: boolean, description: string) {
  return v.optional(v.pipe(v.boolean('must be true or false'), v.description(description)), fallback);
}

/** Free text. */
export function text(fallback: string, description: string) {
  return v.optional(v.pipe(v.string('must be a text in quotes'), v.description(description)), fallback);
}

/** Two numbers in ascending order, both in a closed range. */
export function interval(fallback: readonly [number, number], range: Range, description: string) {
  const sentence = `must be two numbers in ascending order, [low, high], from ${range.minimum} to ${range.maximum}`;
  const end = v.pipe(
    v.number(sentence),
    v.minValue(range.minimum, sentence),
    v.maxValue(range.maximum, sentence),
  );
  return v.optional(
    v.pipe(
      v.strictTuple([end, end], sentence),
      v.check(([low, high]) => low <= high, sentence),
      v.description(description),
    ),
    () => [...fallback] as [number, number],
  );
}

/** A list of numbers, each in a closed range; empty by default. */
export function reals(range: Range, description: string) {
  const sentence = `must be a list of numbers from ${range.minimum} to ${range.maximum}`;
  const list = v.array(ranged(range, sentence), sentence);
  return v.optional(v.pipe(list, v.description(description)), (): number[] => []);
}

/** Numbers in ascending order, each in a closed range; none by default. */
export function ascending(range: Range, description: string) {
  const sentence = `must be a list of numbers in ascending order from ${range.minimum} to ${range.maximum}, for example [60, 75, 90]`;
  const isAscending = (values: number[]) => values.every((value, i) => i === 0 || value > values[i - 1]);
  const list = v.pipe(v.array(ranged(range, sentence), sentence), v.check(isAscending, sentence));
  return v.optional(v.pipe(list, v.description(description)), (): number[] => []);
}

function orUnknown(value: v.GenericSchema<number>, sentence: string, description: string) {
  return v.optional(v.pipe(v.union([value, v.null(sentence)], sentence), v.description(description)), null);
}

function ranged({ minimum, maximum }: Range, sentence: string) {
  return v.pipe(v.number(sentence), v.minValue(minimum, sentence), v.maxValue(maximum, sentence));
}

/** A group of settings; every key is optional and unknown keys are refused. */
export function group<const Entries extends v.ObjectEntries>(entries: Entries, description: string) {
  return v.optional(
    v.pipe(v.strictObject(entries, 'must be an object in braces'), v.description(description)),
    {} as never,
  );
}
