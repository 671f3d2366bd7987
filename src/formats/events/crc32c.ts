/**
 * CRC-32C (Castagnoli) as event files use it: reflected polynomial 0x82F63B78, then masked, because a
 * checksum of data that holds its own checksum would be weak. Eight tables take eight bytes at a time.
 */

const POLYNOMIAL = 0x82f63b78;
const MASK_DELTA = 0xa282ead8;
const SLICES = 8;
const TABLE_LENGTH = 256;
const TABLE = buildTables();

/** CRC-32C of bytes[start, end), unsigned. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return signedCrc32cOf(viewOf(bytes), start, end) >>> 0;
}

/** The masked CRC-32C of bytes[start, end): rotated right by 15 bits plus a constant, unsigned. */
export function maskedCrc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return signedMaskedCrc32cOf(viewOf(bytes), start, end) >>> 0;
}

/**
 * The same for whoever asks about many pieces of the same bytes and has a view of them, as `getInt32` gives it: engines
 * keep a signed number of 32 bits in a register, but an unsigned one in memory.
 */
export function signedMaskedCrc32cOf(view: DataView, start: number, end: number): number {
  const crc = signedCrc32cOf(view, start, end);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) | 0;
}

/** Reads words through the view: one load each, where bytes would take four. */
function signedCrc32cOf(view: DataView, start: number, end: number): number {
  let crc = -1;
  let at = start;
  for (const fast = end - SLICES; at <= fast; at += SLICES) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      TABLE[1792 + (low & 255)] ^
      TABLE[1536 + ((low >>> 8) & 255)] ^
      TABLE[1280 + ((low >>> 16) & 255)] ^
      TABLE[1024 + (low >>> 24)] ^
      TABLE[768 + (high & 255)] ^
      TABLE[512 + ((high >>> 8) & 255)] ^
      TABLE[256 + ((high >>> 16) & 255)] ^
      TABLE[high >>> 24];
  }
  if (at <= end - 4) {
    const word = crc ^ view.getInt32(at, true);
    crc =
      TABLE[768 + (word & 255)] ^
      TABLE[512 + ((word >>> 8) & 255)] ^
      TABLE[256 + ((word >>> 16) & 255)] ^
      TABLE[word >>> 24];
    at += 4;
  }
  for (; at < end; at++) {
    crc = TABLE[(crc ^ view.getUint8(at)) & 255] ^ (crc >>> 8);
  }
  return ~crc;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Table k gives the effect of a byte that k more bytes follow. */
function buildTables(): Int32Array {
  const tables = new Int32Array(SLICES * TABLE_LENGTH);
  for (let byte = 0; byte < TABLE_LENGTH; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    }
    tables[byte] = crc;
  }
  for (let i = TABLE_LENGTH; i < tables.length; i++) {
    const previous = tables[i - TABLE_LENGTH];
    tables[i] = tables[previous & 255] ^ (previous >>> 8);
  }
  return tables;
}
