/** Hyper-parameters as the HParams plugin writes them. */
import { expect, it } from 'vitest';
import { createEventParser } from '../../../../src/formats/events/reader';
import type { Parameters } from '../../../../src/formats/events/sink';
import {
  bytesField,
  doubleField,
  floatField,
  record,
  summary,
  tensorValue,
  textField,
  varintField,
  type Bytes,
} from './events';

function parametersOf(...events: Bytes[]): Parameters[] {
  const found: Parameters[] = [];
  const parser = createEventParser();
  const sink = { scalar: () => undefined, sessionStart: () => undefined };
  for (const event of events) parser.push(record(event), { ...sink, parameters: (each) => found.push(each) });
  expect(parser.damagedRecords).toBe(0);
  return found;
}

const entry = (key: string, value: Bytes): Bytes =>
  bytesField(1, [...textField(1, key), ...bytesField(2, value)]);

const hparamsValue = (content: Bytes): Bytes => [
  ...textField(1, '_hparams_/session_start_info'),
  ...bytesField(9, bytesField(1, [...textField(1, 'hparams'), ...bytesField(2, content)])),
];

it('a session start gives its hyper-parameters, of every kind', () => {
  const start = [
    ...entry('lr', doubleField(2, 0.5)),
    ...entry('optimiser', textField(3, 'LARS')),
    ...entry('warm', varintField(4, 1)),
    ...entry('none', varintField(1, 0)),
    ...textField(4, 'group'),
  ];
  const content = [...varintField(1, 0), ...bytesField(3, start)];
  expect(parametersOf(summary(0, hparamsValue(content)))).toEqual([
    { lr: 0.5, optimiser: 'LARS', warm: true, none: null },
  ]);
});

it('nothing else of the plugin, and no other plugin, gives any', () => {
  const experiment = [...varintField(1, 0), ...bytesField(2, textField(1, 'about'))];
  const scalars = tensorValue('a', bytesField(5, [0, 0, 0, 0]), 'scalars');
  expect(parametersOf(summary(0, hparamsValue(experiment)), summary(1, scalars))).toEqual([]);
});

it('a parser goes on from the state of another, which knows the plugins', () => {
  const first = createEventParser();
  const nothing = { scalar: () => undefined, sessionStart: () => undefined };
  first.push(record(summary(0, tensorValue('a', bytesField(5, [0, 0, 0, 0]), 'pr_curves'))), nothing);
  const torn = record(summary(1, [...textField(1, 'b'), ...floatField(2, 1)]));
  first.push(torn.subarray(0, 20), nothing);
  const second = createEventParser(first.state());
  const tags: string[] = [];
  second.push(torn, { ...nothing, scalar: (tag) => tags.push(tag) });
  second.push(record(summary(2, tensorValue('a', bytesField(5, [0, 0, 0, 0])))), {
    ...nothing,
    scalar: (tag) => tags.push(tag),
  });
  expect(tags).toEqual(['b']);
  expect(second.consumed).toBe(
    first.consumed + torn.length + record(summary(2, tensorValue('a', bytesField(5, [0, 0, 0, 0])))).length,
  );
});
