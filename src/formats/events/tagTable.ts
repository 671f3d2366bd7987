/**
 * Tags as text. The same few tags come a million times, so their bytes are compared, not decoded: with the tag that
 * followed the last one before, and only if that is another one, with those of the same hash.
 */

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** What came behind this tag the last time. */
  follower: Known | undefined;
}

const decoder = new TextDecoder();

/** Texts by their UTF-8 bytes. */
export class TagTable {
  private readonly buckets = new Map<number, Known[]>();
  private last: Known = { bytes: new Uint8Array(0), text: '', follower: undefined };

  /** The text of bytes[start, end). */
  textOf(bytes: Uint8Array, start: number, end: number): string {
    let { follower } = this.last;
    if (follower === undefined || !equals(follower.bytes, bytes, start, end)) {
      follower = this.find(bytes, start, end);
      this.last.follower = follower;
    }
    this.last = follower;
    return follower.text;
  }

  private find(bytes: Uint8Array, start: number, end: number): Known {
    const hash = hashOf(bytes, start, end);
    const bucket = this.buckets.get(hash) ?? [];
    this.buckets.set(hash, bucket);
    const known = bucket.find((one) => equals(one.bytes, bytes, start, end));
    if (known !== undefined) return known;
    const own = bytes.slice(start, end);
    const added: Known = { bytes: own, text: decoder.decode(own), follower: undefined };
    bucket.push(added);
    return added;
  }
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
