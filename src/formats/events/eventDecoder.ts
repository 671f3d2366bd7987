/**
 * One Event message: wall time, step, and of its contents the scalars (simple_value, or the tensor form of
 * TensorFlow 2) and session starts. Everything else is stepped over. Field numbers are those of TensorFlow's
 * event.proto, summary.proto and tensor.proto.
 */
import { MalformedMessageError, MessageCursor, WIRE_TYPE } from './messageCursor';
import type { EventSink } from './sink';
import { createTagTable, type TagTable } from './tagTable';
import { readScalarTensor } from './tensorValue';

/** Reads the Event in bytes[start, end) of the bytes it was made for; false if it is malformed. */
export type EventReader = (start: number, end: number, sink: EventSink) => boolean;

const EVENT = { wallTime: 1, step: 2, summary: 5, sessionLog: 7 } as const;
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 } as const;
const METADATA = { pluginData: 1 } as const;
const PLUGIN_NAME = 1;
const SESSION_STATUS = 1;
const SESSION_START = 1;
const SCALARS_PLUGIN = 'scalars';

/** Where the interesting parts of an Event lie. */
interface EventParts {
  wallTime: number;
  step: number;
  summaries: { start: number; end: number }[];
  startsSession: boolean;
}

/** A decoder for one file: it remembers tags, and the plugin of each, from record to record. */
export function createEventDecoder(): (bytes: Uint8Array) => EventReader {
  const tags = createTagTable();
  const plugins = new Map<string, string>();
  return (bytes) => {
    const cursor = new MessageCursor(bytes);
    return (start, end, sink) => {
      try {
        cursor.enter(start, end);
        const parts = readParts(cursor);
        if (parts.startsSession) {
          sink.sessionStart(parts.step, parts.wallTime);
        }
        for (const summary of parts.summaries) {
          readSummary(cursor, summary, { tags, plugins, parts, sink });
        }
        return true;
      } catch (thrown) {
        if (thrown instanceof MalformedMessageError) {
          return false;
        }
        throw thrown;
      }
    };
  };
}

/** Fields may come in any order, so the summary waits until wall time and step are known. */
function readParts(cursor: MessageCursor): EventParts {
  const parts: EventParts = { wallTime: 0, step: 0, summaries: [], startsSession: false };
  while (cursor.nextField()) {
    if (cursor.is(EVENT.wallTime, WIRE_TYPE.fixed64)) {
      parts.wallTime = cursor.float64();
    } else if (cursor.is(EVENT.step, WIRE_TYPE.varint)) {
      parts.step = cursor.signedVarint();
    } else if (cursor.is(EVENT.summary, WIRE_TYPE.bytes)) {
      const start = cursor.delimited();
      parts.summaries.push({ start, end: cursor.position });
    } else if (cursor.is(EVENT.sessionLog, WIRE_TYPE.bytes)) {
      parts.startsSession = inside(cursor, readsAsStart);
    } else {
      cursor.skip();
    }
  }
  return parts;
}

/** Reads the length-delimited field just met, and leaves the cursor behind it. */
function inside<T>(cursor: MessageCursor, read: (cursor: MessageCursor) => T): T {
  const outerEnd = cursor.end;
  const start = cursor.delimited();
  const end = cursor.position;
  cursor.enter(start, end);
  const result = read(cursor);
  cursor.enter(end, outerEnd);
  return result;
}

function readsAsStart(cursor: MessageCursor): boolean {
  let status = 0;
  while (cursor.nextField()) {
    if (cursor.is(SESSION_STATUS, WIRE_TYPE.varint)) {
      status = cursor.varint();
    } else {
      cursor.skip();
    }
  }
  return status === SESSION_START;
}

interface SummaryContext {
  readonly tags: TagTable;
  readonly plugins: Map<string, string>;
  readonly parts: EventParts;
  readonly sink: EventSink;
}

function readSummary(
  cursor: MessageCursor,
  { start, end }: { start: number; end: number },
  context: SummaryContext,
): void {
  cursor.enter(start, end);
  while (cursor.nextField()) {
    if (cursor.is(SUMMARY_VALUE, WIRE_TYPE.bytes)) {
      const valueStart = cursor.delimited();
      const valueEnd = cursor.position;
      readValue(cursor, { start: valueStart, end: valueEnd }, context);
      cursor.enter(valueEnd, end);
    } else {
      cursor.skip();
    }
  }
}

function readValue(
  cursor: MessageCursor,
  { start, end }: { start: number; end: number },
  { tags, plugins, parts, sink }: SummaryContext,
): void {
  cursor.enter(start, end);
  let tag = '';
  let simple: number | undefined;
  let tensor: number | undefined;
  while (cursor.nextField()) {
    if (cursor.is(VALUE.tag, WIRE_TYPE.bytes)) {
      tag = tags.textOf(cursor.bytes, cursor.delimited(), cursor.position);
    } else if (cursor.is(VALUE.simpleValue, WIRE_TYPE.fixed32)) {
      simple = cursor.float32();
    } else if (cursor.is(VALUE.tensor, WIRE_TYPE.bytes)) {
      tensor = inside(cursor, readScalarTensor);
    } else if (cursor.is(VALUE.metadata, WIRE_TYPE.bytes)) {
      plugins.set(tag, inside(cursor, readPluginName));
    } else {
      cursor.skip();
    }
  }
  const value = simple ?? (isScalarTag(plugins.get(tag)) ? tensor : undefined);
  if (value !== undefined) {
    sink.scalar(tag, parts.step, parts.wallTime, value);
  }
}

/** Metadata comes with a tag's first record only, which may have been in bytes that are lost. */
function isScalarTag(plugin: string | undefined): boolean {
  return plugin === undefined || plugin === SCALARS_PLUGIN;
}

function readPluginName(cursor: MessageCursor): string {
  let name = '';
  while (cursor.nextField()) {
    if (cursor.is(METADATA.pluginData, WIRE_TYPE.bytes)) {
      name = inside(cursor, readName);
    } else {
      cursor.skip();
    }
  }
  return name;
}

function readName(cursor: MessageCursor): string {
  let name = '';
  while (cursor.nextField()) {
    if (cursor.is(PLUGIN_NAME, WIRE_TYPE.bytes)) {
      name = new TextDecoder().decode(cursor.bytes.subarray(cursor.delimited(), cursor.position));
    } else {
      cursor.skip();
    }
  }
  return name;
}
