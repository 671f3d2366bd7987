/** Values that are computed anew only when what they are made of is another value. */

/** Keeps the last result of a function; arguments are compared by identity. */
export function memoised<Arguments extends readonly unknown[], Result>(
  compute: (...values: Arguments) => Result,
): (...values: Arguments) => Result {
  let kept: { readonly values: Arguments; readonly result: Result } | undefined;
  return (...values) => {
    const isSame = kept?.values.every((value, i) => value === values[i]) ?? false;
    if (!kept || !isSame) kept = { values, result: compute(...values) };
    return kept.result;
  };
}
