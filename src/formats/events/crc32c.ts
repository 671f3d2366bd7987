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
  let crc = -1;
  let at = start;
  for (const fast = end - SLICES; at <= fast; at += SLICES) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      TABLE[1792 + (crc & 255)] ^
      TABLE[1536 + ((crc >>> 8) & 255)] ^
      TABLE[1280 + ((crc >>> 16) & 255)] ^
      TABLE[1024 + (crc >>> 24)] ^
      TABLE[768 + bytes[at + 4]] ^
      TABLE[512 + bytes[at + 5]] ^
      TABLE[256 + bytes[at + 6]] ^
      TABLE[bytes[at + 7]];
  }
  for (; at < end; at++) {
    crc = TABLE[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** The masked CRC-32C of bytes[start, end): rotated right by 15 bits plus a constant, unsigned. */
export function maskedCrc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const crc = crc32c(bytes, start, end);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
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
