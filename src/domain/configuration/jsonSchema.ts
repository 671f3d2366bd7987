/** The JSON schema that gives `*.supcon.json` files completion and hover in the editor. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { configurationSchema } from './schema';

/** The schema, draft 7, as a plain value. */
export function configurationJsonSchema(): object {
  return {
    ...toJsonSchema(configurationSchema, { typeMode: 'input', errorMode: 'ignore' }),
    title: 'SupCon Lab run configuration',
  };
}
