/**
 * One Event message: wall time, step, and of its contents the scalars (simple_value, or the tensor form of
 * TensorFlow 2) and session starts. Everything else is stepped over. Field numbers are those of TensorFlow's
 * event.proto, summary.proto and tensor.proto.
 */
import { HPARAMS_PLUGIN, readSessionParameters } from './hparams';
import { insideField, MalformedMessageError, MessageCursor, WIRE_TYPE } from './messageCursor';
import { PlainScalars } from './plainScalars';
import type { EventSink, Parameters } from './sink';
import { TagTable } from './tagTable';
import { readScalarTensor } from './tensorValue';

const EVENT = { wallTime: 1, step: 2, summary: 5, sessionLog: 7 } as const;
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 } as const;
const METADATA = { pluginData: 1 } as const;
const PLUGIN_DATA = { name: 1, content: 2 } as const;
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

/** Decodes the events of one file: it remembers tags, and the plugin of each, from record to record. */
export class EventDecoder {
  private readonly tags = new TagTable();
  private readonly plain = new PlainScalars(this.tags);
  private cursor = new MessageCursor(new Uint8Array(0));

  /** @param plugins where it remembers plugins by tag */
  constructor(private readonly plugins: Map<string, string>) {}

  /** The bytes that `read` counts its places in, and a view of the same. */
  use(bytes: Uint8Array, view: DataView): void {
    this.cursor = new MessageCursor(bytes, view);
    this.plain.use(bytes, view);
  }

  /** Hands on the Event in [start, end), behind which a checksum stands; false if it is malformed. */
  read(start: number, end: number, sink: EventSink): boolean {
    return this.plain.read(start, end, sink) || this.readAny(start, end, sink);
  }

  private readAny(start: number, end: number, sink: EventSink): boolean {
    const { cursor, tags, plugins } = this;
    try {
      cursor.enter(start, end);
      const parts = readParts(cursor);
      if (parts.startsSession) sink.sessionStart(parts.step, parts.wallTime);
      for (const summary of parts.summaries) readSummary(cursor, summary, { tags, plugins, parts, sink });
      return true;
    } catch (thrown) {
      if (thrown instanceof MalformedMessageError) return false;
      throw thrown;
    }
  }
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
      parts.startsSession = insideField(cursor, readsAsStart);
    } else {
      cursor.skip();
    }
  }
  return parts;
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
      tensor = insideField(cursor, readScalarTensor);
    } else if (cursor.is(VALUE.metadata, WIRE_TYPE.bytes)) {
      const plugin = insideField(cursor, readPlugin);
      plugins.set(tag, plugin.name);
      if (plugin.parameters !== undefined) sink.parameters?.(plugin.parameters);
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

interface Plugin {
  readonly name: string;
  readonly parameters?: Parameters | undefined;
}

function readPlugin(cursor: MessageCursor): Plugin {
  let plugin: Plugin = { name: '' };
  while (cursor.nextField()) {
    if (cursor.is(METADATA.pluginData, WIRE_TYPE.bytes)) {
      plugin = insideField(cursor, readPluginData);
    } else {
      cursor.skip();
    }
  }
  return plugin;
}

function readPluginData(cursor: MessageCursor): Plugin {
  let name = '';
  let content = { start: 0, end: 0 };
  while (cursor.nextField()) {
    if (cursor.is(PLUGIN_DATA.name, WIRE_TYPE.bytes)) {
      name = cursor.text();
    } else if (cursor.is(PLUGIN_DATA.content, WIRE_TYPE.bytes)) {
      content = { start: cursor.delimited(), end: cursor.position };
    } else {
      cursor.skip();
    }
  }
  if (name !== HPARAMS_PLUGIN) {
    return { name };
  }
  cursor.enter(content.start, content.end);
  return { name, parameters: readSessionParameters(cursor) };
}
