/**
 * A graph as bytes: the mark, the length of the header, the SHA-256 of all that follows, the header in JSON, then the
 * values of its constants, each beginning at a multiple of four. All numbers are little-endian. Shapes between the edges are not stored: the
 * reader infers them, so a file cannot disagree with the shape rules.
 */
import { createHash } from 'node:crypto';
import { HumanError } from '../../domain/errors';
import type { Graph, GraphNode, Port } from './graph';
import type { ConstantValues } from './ops';
import { readHeader, type Header, type StoredArray, type StoredNode } from './stored';

/** First bytes of a file. */
const MARK = 'SCGRAPH\n';
const HASH_BYTES = 32;
/** Mark, header length and hash. */
const PREFIX_BYTES = MARK.length + 4 + HASH_BYTES;

/** Version of the form below; readers refuse newer ones. */
export const GRAPH_FORMAT_VERSION = 1;

type Array32 = Exclude<ConstantValues, number>;

/** The graph as bytes; equal graphs give equal bytes. */
export function serialiseGraph(graph: Graph): Uint8Array {
  const arrays = new ArrayWriter();
  const header: Header = {
    formatVersion: GRAPH_FORMAT_VERSION,
    inputs: graph.inputs.map(storeEdge),
    state: graph.state.map(storeEdge),
    nodes: graph.nodes.map((node) => storeNode(node, arrays)),
    outputs: graph.outputs.map(({ name, value }) => ({ name, id: value.id })),
    stateUpdates: graph.stateUpdates.map(({ name, value }) => ({ name, id: value.id })),
  };
  const text = Buffer.from(JSON.stringify(header));
  const body = Buffer.concat([text, new Uint8Array(paddingAfter(text.length)), ...arrays.parts]);
  const prefix = Buffer.alloc(PREFIX_BYTES - HASH_BYTES);
  prefix.write(MARK, 'latin1');
  prefix.writeUInt32LE(text.length, MARK.length);
  return Buffer.concat([prefix, hashOf(body), body]);
}

/**
 * The graph of bytes that {@link serialiseGraph} wrote.
 * @param source what the sentence names, for example the file's path
 * @throws HumanError where the bytes are no graph, are cut off, or were written by a newer version
 */
export function parseGraph(bytes: Uint8Array, source: string): Graph {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (file.toString('latin1', 0, MARK.length) !== MARK) throw new Error('it does not begin as one');
    const length = file.readUInt32LE(MARK.length);
    const body = file.subarray(PREFIX_BYTES);
    if (!hashOf(body).equals(file.subarray(PREFIX_BYTES - HASH_BYTES, PREFIX_BYTES))) {
      throw new Error('it is damaged or cut off');
    }
    const json: unknown = JSON.parse(body.toString('utf8', 0, length));
    refuseNewer(json, source);
    return readHeader(json, (stored) => readArray(body, length + paddingAfter(length), stored));
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new HumanError(`${source} is not a graph (${why}): delete it or write it again.`, {
      cause: thrown,
    });
  }
}

function refuseNewer(json: unknown, source: string): void {
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (version === GRAPH_FORMAT_VERSION) return;
  if (typeof version !== 'number' || version < GRAPH_FORMAT_VERSION) throw new Error('it names no format');
  throw new HumanError(`${source} was written by a newer SupCon Lab (format ${version}): update to read it.`);
}

function storeEdge({ name, value: { id, shape, dtype } }: Port): Header['inputs'][number] {
  return { name, id, shape, dtype };
}

function storeNode({ op, inputs, outputs, attributes }: GraphNode, arrays: ArrayWriter): StoredNode {
  const stored = Object.entries(attributes).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (ArrayBuffer.isView(value)) return [name, arrays.append(value as Array32)];
    return [name, typeof value === 'number' ? storeNumber(value) : value];
  });
  return {
    op,
    inputs: inputs.map(({ id }) => id),
    outputs: outputs.map(({ id }) => id),
    attributes: Object.fromEntries(stored),
  };
}

/** JSON has neither NaN nor the infinities nor -0. */
function storeNumber(value: number): number | { readonly number: string } {
  if (Object.is(value, -0)) return { number: '-0' };
  return Number.isFinite(value) ? value : { number: String(value) };
}

class ArrayWriter {
  readonly parts: Uint8Array[] = [];
  #length = 0;

  append(values: Array32): StoredArray {
    const offset = this.#length;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.parts.push(bytes, new Uint8Array(paddingAfter(bytes.length)));
    this.#length += bytes.length + paddingAfter(bytes.length);
    return { array: typeNameOf(values), offset, length: values.length };
  }
}

function typeNameOf(values: Array32): StoredArray['array'] {
  if (values instanceof Float32Array) return 'float32';
  return values instanceof Int32Array ? 'int32' : 'uint8';
}

/** A copy, which need not lie in the file's buffer. */
function readArray(body: Buffer, begin: number, { array, offset, length }: StoredArray): Array32 {
  const size = array === 'uint8' ? length : 4 * length;
  const part = body.subarray(begin + offset, begin + offset + size);
  if (offset < 0 || part.length !== size) throw new Error('a constant lies outside it');
  const { buffer } = Uint8Array.from(part);
  if (array === 'float32') return new Float32Array(buffer);
  return array === 'int32' ? new Int32Array(buffer) : new Uint8Array(buffer);
}

function hashOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}

function paddingAfter(length: number): number {
  return (4 - (length % 4)) % 4;
}
