/** JSON objects as they were read, before anything is known of their keys. */

/** A JSON object as it was read. */
export type JsonObject = Record<string, unknown>;

/** True for a JSON object, false for null, arrays and plain values. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
