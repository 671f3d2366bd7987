/**
 * What the HParams plugin says of a run: the map of a SessionStartInfo, which stands in the metadata of a value. Field
 * numbers are those of TensorBoard's plugin_data.proto and of google.protobuf.Value.
 */
import { insideField, WIRE_TYPE, type MessageCursor } from './messageCursor';
import type { Parameters, ParameterValue } from './sink';

/** The plugin's name in the metadata of a value. */
export const HPARAMS_PLUGIN = 'hparams';

const SESSION_START_INFO = 3;
const HPARAMS = 1;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE = { number: 2, text: 3, boolean: 4 } as const;

/** Reads the HParamsPluginData under the cursor; undefined unless it starts a session. */
export function readSessionParameters(cursor: MessageCursor): Parameters | undefined {
  let parameters: Parameters | undefined;
  while (cursor.nextField()) {
    if (cursor.is(SESSION_START_INFO, WIRE_TYPE.bytes)) parameters = insideField(cursor, readSessionStart);
    else cursor.skip();
  }
  return parameters;
}

function readSessionStart(cursor: MessageCursor): Parameters {
  const entries: (readonly [string, ParameterValue])[] = [];
  while (cursor.nextField()) {
    if (cursor.is(HPARAMS, WIRE_TYPE.bytes)) entries.push(insideField(cursor, readEntry));
    else cursor.skip();
  }
  return Object.fromEntries(entries);
}

function readEntry(cursor: MessageCursor): readonly [string, ParameterValue] {
  let key = '';
  let value: ParameterValue = null;
  while (cursor.nextField()) {
    if (cursor.is(ENTRY.key, WIRE_TYPE.bytes)) key = cursor.text();
    else if (cursor.is(ENTRY.value, WIRE_TYPE.bytes)) value = insideField(cursor, readParameter);
    else cursor.skip();
  }
  return [key, value];
}

/** Null, structures and lists read as null: a table has no place for them. */
function readParameter(cursor: MessageCursor): ParameterValue {
  let value: ParameterValue = null;
  while (cursor.nextField()) {
    if (cursor.is(VALUE.number, WIRE_TYPE.fixed64)) value = cursor.float64();
    else if (cursor.is(VALUE.text, WIRE_TYPE.bytes)) value = cursor.text();
    else if (cursor.is(VALUE.boolean, WIRE_TYPE.varint)) value = cursor.varint() !== 0;
    else cursor.skip();
  }
  return value;
}
