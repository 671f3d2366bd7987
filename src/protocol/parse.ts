/** What every edge does with what arrives: parsed in full, or nothing. */
import * as v from 'valibot';

/** A parser of messages: undefined for whatever is none. */
export function parserOf<T>(schema: v.GenericSchema<unknown, T>): (message: unknown) => T | undefined {
  return (message) => {
    const result = v.safeParse(schema, message);
    return result.success ? result.output : undefined;
  };
}
