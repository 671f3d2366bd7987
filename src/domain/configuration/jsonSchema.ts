/** The JSON schema that gives `*.supcon.json` files completion and hover in the editor. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { commandConfigurationSchema } from './command/schema';
import { configurationSchema } from './schema';

const MODES = { typeMode: 'input', errorMode: 'ignore' } as const;

/**
 * The schema, draft 7, as a plain value. The editor completes the keys of one kind: those of a command where the
 * file has a `command` section.
 */
export function configurationJsonSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'SupCon Lab run configuration',
    type: 'object',
    if: { required: ['command'] },
    then: schemaOf(commandConfigurationSchema),
    else: withCommandKey(schemaOf(configurationSchema)),
  };
}

type JsonSchema = ReturnType<typeof toJsonSchema>;

function schemaOf(schema: typeof configurationSchema | typeof commandConfigurationSchema): JsonSchema {
  return toJsonSchema(schema, MODES);
}

/** Offers the key while the file has none; once it is there, the other branch holds. */
function withCommandKey(training: JsonSchema): JsonSchema {
  const command = schemaOf(commandConfigurationSchema).properties?.['command'];
  return command === undefined ? training : { ...training, properties: { ...training.properties, command } };
}
