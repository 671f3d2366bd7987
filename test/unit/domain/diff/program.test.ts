import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../../src/domain/diagnostics/collapse/facts';
import { compareConfigurations } from '../../../../src/domain/diff/configuration';
import type { Values } from '../../../../src/domain/diff/facts';
import { programConfiguration } from '../../../../src/domain/diff/program';
import { configurationOf, factsOf } from './facts';

interface Program {
  readonly words?: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly json?: Values | null;
}

function program({ words = [], parameters = {}, json = null }: Program) {
  const facts = readFacts({ config: null, arguments: words, parameters, consoleLines: [] });
  return programConfiguration({ json, arguments: words, parameters, facts });
}

function compared(...configurations: ReturnType<typeof program>[]) {
  const facts = configurations.map((configuration, i) => factsOf(`run-${i}`, { configuration }));
  return compareConfigurations(facts).rows;
}

function differing(...configurations: ReturnType<typeof program>[]) {
  return compared(...configurations)
    .filter(({ differs }) => differs)
    .map(({ key, cells }) => [key, ...cells.map(({ text }) => text)]);
}

describe('the configuration of a program of others', () => {
  it('names its arguments in every way in which they are written, the last of one name winning', () => {
    const words = [
      'train.py',
      '--lr',
      '0.1',
      '--lr=0.20',
      '--cosine',
      '-j',
      '-4',
      'optim.decay=1e-4',
      '--last',
    ];
    expect(program({ words })?.values).toEqual({
      'command.arguments': ['train.py'],
      'arguments.lr': 0.2,
      'arguments.cosine': true,
      'arguments.j': -4,
      'arguments.optim.decay': 0.0001,
      'arguments.last': true,
    });
  });

  it('tells under our own keys what is known of its loss, and from where', () => {
    const known = program({ words: ['--temp', '0.5', '--method=SupCon'], parameters: { batch_size: 256 } });
    expect(known?.values).toMatchObject({
      'loss.name': 'supcon',
      'loss.temperature': 0.5,
      'stage1.batchSize': 256,
      'parameters.batch_size': 256,
    });
    expect(known?.sources).toEqual({
      'loss.name': 'its arguments',
      'loss.temperature': 'its arguments',
      'stage1.batchSize': 'its logged parameters',
    });
  });

  it('is nothing where nothing is known', () => {
    expect(program({})).toBeNull();
    expect(program({ json: { command: { batchSize: null }, loss: { name: 'unknown' } } })).toBeNull();
  });
});

describe('programs of others beside each other and beside ours', () => {
  it('differ in the arguments that differ, a number being the same however it is written', () => {
    const [a, b] = [
      program({ words: ['train.py', '--tau', '0.10', '--cosine'] }),
      program({ words: ['train.py', '--tau', '1e-1', '--seed', '2'] }),
    ];
    expect(differing(a, b)).toEqual([
      ['arguments.cosine', 'true', '–'],
      ['arguments.seed', '–', '2'],
    ]);
  });

  it('differ from a training of ours in what is known of both alone', () => {
    const ours = configurationOf({ loss: { temperature: 0.1 }, stage1: { batchSize: 256 } });
    const rows = compared(ours, program({ words: ['--temperature', '0.5', '--bs=256', '--workers', '8'] }));
    expect(rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(['loss.temperature']);
    const cellsOf = (key: string) => rows.find((row) => row.key === key)?.cells.map(({ text }) => text);
    expect(cellsOf('optimiser.momentum')?.[1] ?? cellsOf('seed')?.[1]).toBe('not recorded');
    expect(cellsOf('arguments.workers')).toEqual(['not recorded', '8']);
    expect(rows.find(({ key }) => key === 'loss.temperature')?.cells[1]?.note).toBe('from its arguments');
  });
});
