/** Files with a command: parsed beside trainings by one entry, every mistake one sentence. */
import { describe, expect, test } from 'vitest';
import { commandLine, commandName } from '../../../../../src/domain/configuration/command/words';
import { configurationJsonSchema } from '../../../../../src/domain/configuration/jsonSchema';
import { applyOverride } from '../../../../../src/domain/configuration/override';
import {
  keyPaths,
  parseAnyConfiguration,
  parseConfiguration,
} from '../../../../../src/domain/configuration/parse';

const parse = (input: unknown) => parseAnyConfiguration(input, 'x.supcon.json');

describe('parseAnyConfiguration', () => {
  test('tells a command from a training and fills in what is not known', () => {
    expect(parse({ stage1: { epochs: 3 } }).kind).toBe('training');
    const parsed = parse({
      command: { program: 'python', arguments: ['train.py'] },
      loss: { temperature: 0.1 },
    });
    expect(parsed).toMatchObject({
      kind: 'command',
      configuration: {
        command: { program: 'python', arguments: ['train.py'], environment: {}, logs: '', batchSize: null },
        loss: { name: 'unknown', temperature: 0.1, scale: 'unknown' },
        captureCode: true,
      },
    });
  });

  test.each([
    [{ command: { program: 'python', argument: [] } }, /unknown key "command.argument".*"command.arguments"/],
    [{ command: { program: 'a' }, loss: { temprature: 1 } }, /"loss.temprature".*"loss.temperature"/],
    [{ command: { program: '' } }, /"command.program" must be the name or path of a program/],
    [{ command: {} }, /"command.program" must be given/],
    [{ command: [] }, /"command" must be an object in braces; it is a list/],
    [{ command: 'python train.py' }, /"command" must be an object in braces; it is "python train.py"/],
    [{ command: { program: 'a', arguments: 'train.py' } }, /"command.arguments" must be a list of texts/],
    [
      { command: { program: 'a', arguments: [1] } },
      /"command.arguments.0" must be a text in quotes; it is 1/,
    ],
    [{ command: { program: 'a\0b' } }, /"command.program" must be the name or path/],
    [{ command: { program: 'a', environment: { 'A=B': 'c' } } }, /named by letters, digits and underscores/],
    [
      { command: { program: 'a', environment: { A: 1 } } },
      /"command.environment.A" must be a text in quotes/,
    ],
    [
      { command: { program: 'a', batchSize: 2.5 } },
      /"command.batchSize" must be a whole number.*or null; it is 2.5/,
    ],
    [{ command: { program: 'a' }, stage1: {} }, /"stage1" is read by a training of ours alone/],
    [{ command: { program: 'a' }, formatVersion: 99 }, /written by a newer SupCon Lab/],
  ])('says what is wrong with %j', (input, sentence) => {
    expect(() => parse(input)).toThrow(sentence);
  });

  test('a command is never taken for a training', () => {
    expect(() => parseConfiguration({ command: { program: 'a' } }, 'x')).toThrow(/"command" section/);
  });
});

test('--set knows the keys of the kind that the file has', () => {
  const file = { command: { program: 'python' } };
  expect(applyOverride(file, 'loss.baseTemperature=0.07')).toMatchObject({ loss: { baseTemperature: 0.07 } });
  expect(() => applyOverride(file, 'stage1.epochs=3')).toThrow(/unknown key "stage1.epochs"/);
  expect(() => applyOverride({}, 'command.program=x')).toThrow(/unknown key "command.program"/);
});

test('the JSON schema of the editor covers both kinds', () => {
  const schema = JSON.stringify(configurationJsonSchema());
  for (const kind of ['training', 'command'] as const)
    for (const path of keyPaths(kind)) expect(schema).toContain(`"${path.slice(path.lastIndexOf('.') + 1)}"`);
  expect(schema).toContain('secrets do not belong here');
});

test('a command is written as it could be typed, and named after its script', () => {
  const command = {
    program: '/opt/venv/bin/python',
    arguments: ['src/train.py', '--note', 'two "words"', ''],
  };
  expect(commandLine(command)).toBe('/opt/venv/bin/python src/train.py --note "two \\"words\\"" ""');
  expect(commandName(command)).toBe('train');
  expect(commandName({ program: 'torchrun', arguments: ['-m', 'my.module'] })).toBe('my-module');
  expect(commandName({ program: './bin/fit', arguments: [] })).toBe('fit');
});
