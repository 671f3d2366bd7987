/** The text of a `*.supcon.json` file, in which comments and trailing commas are allowed. */
import type { ParseError } from 'jsonc-parser';
import { parse, printParseErrorCode } from 'jsonc-parser';
import type { JsonObject } from '../domain/configuration/override';
import { isObject } from '../domain/configuration/override';
import { HumanError } from '../domain/errors';

/** The object that a text holds. Throws HumanError naming the path, the line and what is wrong there. */
export function parseConfigurationText(text: string, path: string): JsonObject {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split('\n').length;
    throw new HumanError(
      `${path} is not valid JSON: ${printParseErrorCode(error.error)} in line ${line}; correct it there.`,
    );
  }
  if (!isObject(value)) throw new HumanError(`${path}: the configuration must be an object in braces.`);
  return value;
}
