/** Writes small zip files as a wheel or a data set would be, and such as none should be. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Compressed rather than stored. */
  readonly isDeflated?: boolean;
  /** Unix type and permissions; an ordinary file unless given. */
  readonly mode?: number;
}

const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const MADE_ON_UNIX = 0x0314;
const DEFLATE = 8;

/** The bytes of a zip file (APPNOTE.TXT, 4.3). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = localRecord(entry);
    centrals.push(centralRecord(entry, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  return Buffer.concat([...locals, central, endRecord(entries.length, central.length, offset)]);
}

function localRecord(entry: ZipEntry): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  header.writeUInt32LE(0x04034b50, 0);
  writeContent(header, 8, entry);
  header.writeUInt16LE(Buffer.byteLength(entry.name), 26);
  return Buffer.concat([header, Buffer.from(entry.name), stored(entry)]);
}

function centralRecord(entry: ZipEntry, offset: number): Buffer {
  const { name, mode = 0o100644 } = entry;
  const header = Buffer.alloc(CENTRAL_HEADER_BYTES);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX, 4);
  writeContent(header, 10, entry);
  header.writeUInt16LE(Buffer.byteLength(name), 28);
  header.writeUInt32LE(mode * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}

function stored({ content, isDeflated }: ZipEntry): Buffer {
  return isDeflated === true ? deflateRawSync(content) : Buffer.from(content);
}

/** Method, then after the time the checksum and the size twice: as stored, and unpacked. */
function writeContent(header: Buffer, at: number, entry: ZipEntry): void {
  header.writeUInt16LE(entry.isDeflated === true ? DEFLATE : 0, at);
  header.writeUInt32LE(crc32(entry.content), at + 6);
  header.writeUInt32LE(stored(entry).length, at + 10);
  header.writeUInt32LE(Buffer.byteLength(entry.content), at + 14);
}

function endRecord(entries: number, centralBytes: number, centralOffset: number): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(centralBytes, 12);
  end.writeUInt32LE(centralOffset, 16);
  return end;
}
