/** What a reader wants to know of a single key beside its value: one sentence, and the unit. */
import * as v from 'valibot';
import { configurationSchema } from './schema';

/** Units by the last part of a key; keys that are not here are pure numbers, names or switches. */
const UNIT_OF_LEAF: Readonly<Record<string, string>> = {
  epochs: 'epochs',
  everyEpochs: 'epochs',
  diagnosticsEveryEpochs: 'epochs',
  warmupEpochs: 'epochs',
  finetuneEpochs: 'epochs',
  decayEvery: 'epochs',
  decayEpochs: 'epochs',
  everySeconds: 's',
  batchSize: 'images',
  samples: 'images',
  retrievalSamples: 'images',
  perClass: 'images',
  imageSize: 'px',
  blurSigma: 'px',
  tripletMargin: 'squared distance',
};

/** The sentence of a key, for example of `loss.temperature`; empty if there is no such key. */
export function keyDescription(path: string): string {
  const [head = '', leaf = ''] = path.split('.');
  const outer = entryOf(configurationSchema, head);
  const found = leaf === '' ? outer : entryOf(outer, leaf);
  return found === undefined ? '' : (v.getDescription(found) ?? '');
}

/** The unit of a key's value, or nothing. */
export function keyUnit(path: string): string {
  return UNIT_OF_LEAF[path.slice(path.lastIndexOf('.') + 1)] ?? '';
}

type Schema = v.GenericSchema;

/** The schema of a key of an object, what makes it optional taken off. */
function entryOf(schema: Schema | undefined, key: string): Schema | undefined {
  const entries = (schema as { readonly entries?: Readonly<Record<string, Schema>> } | undefined)?.entries;
  if (entries === undefined || !Object.hasOwn(entries, key)) return undefined;
  const entry = entries[key];
  return (entry as { readonly wrapped?: Schema }).wrapped ?? entry;
}
