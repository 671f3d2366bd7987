/** Tags as text. The same few tags come a million times, so their bytes are looked up, not decoded. */

/** Texts by their UTF-8 bytes. */
export interface TagTable {
  /** The text of bytes[start, end). */
  textOf(bytes: Uint8Array, start: number, end: number): string;
}

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** An empty table. */
export function createTagTable(): TagTable {
  const buckets = new Map<number, Known[]>();
  return {
    textOf(bytes, start, end) {
      const hash = hashOf(bytes, start, end);
      let bucket = buckets.get(hash);
      if (bucket === undefined) {
        bucket = [];
        buckets.set(hash, bucket);
      }
      for (const known of bucket) {
        if (equals(known.bytes, bytes, start, end)) {
          return known.text;
        }
      }
      const own = bytes.slice(start, end);
      const text = new TextDecoder().decode(own);
      bucket.push({ bytes: own, text });
      return text;
    },
  };
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i], 0x01000193);
  }
  return hash;
}

function equals(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) {
    return false;
  }
  for (let i = 0; i < known.length; i++) {
    if (known[i] !== bytes[start + i]) {
      return false;
    }
  }
  return true;
}
