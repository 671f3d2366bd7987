/** Names of runs beside each other, shortened to what tells them apart. */

const SHORTEST_PREFIX = 6;
const SEPARATORS = /[-_ /]/;
const ELLIPSIS = '…';

/** The names without what all of them begin with, cut after a separator; as they are if that is little. */
export function shortNames(names: readonly string[]): string[] {
  const length = sharedPrefix(names);
  return length < SHORTEST_PREFIX ? [...names] : names.map((name) => ELLIPSIS + name.slice(length));
}

/** Length of the common beginning, up to and including its last separator. */
function sharedPrefix(names: readonly string[]): number {
  const [first = '', ...others] = names;
  if (others.length === 0) return 0;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  while (length > 0 && !SEPARATORS.test(first.charAt(length - 1))) length--;
  return names.some((name) => name.length === length) ? 0 : length;
}
