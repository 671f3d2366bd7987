/** The collapse line of somebody else's program, against figures that its users have reported. */
import { describe, expect, test } from 'vitest';
import { parseCommandConfiguration } from '../../../../../src/domain/configuration/parse';
import { collapseFacts } from '../../../../../src/domain/diagnostics/collapse/foreignLines';

const LINE = 'Train: [1][10/195]\tBT 0.433 (0.511)\tDT 0.008 (0.034)\tloss 8.909 (9.135)';

interface Given {
  readonly file?: object;
  readonly words?: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number | boolean | null>>;
  readonly lines?: readonly string[];
}

function facts({ file, words = [], parameters = {}, lines = [] }: Given) {
  const config =
    file === undefined ? null : parseCommandConfiguration({ command: { program: 'p' }, ...file }, 'x');
  return collapseFacts({ config, arguments: words, parameters, consoleLines: lines });
}

describe('SupContrast', () => {
  test('is known by what it prints: N 256 at tau 0.1 collapses at 8.909 as its users saw', () => {
    const { lines, sentence } = facts({
      words: ['main_supcon.py', '--temp', '0.1', '--cosine'],
      lines: ['hi', LINE],
    });
    expect(lines?.collapse).toBeCloseTo((0.1 / 0.07) * Math.log(511), 10);
    expect(lines?.collapse).toBeCloseTo(8.909, 3);
    expect(lines?.floor).toBeNaN();
    expect(sentence).toMatch(/N 256 \(SupContrast's output\).*tau 0.1 \(arguments\)/);
  });

  test('with 64 images shows the 6.92 at which people ask whether it is bad', () => {
    const words = ['main_supcon.py', '--batch_size', '64', '--temp=0.1', '--dataset', 'cifar10'];
    const { lines } = facts({ words, lines: [LINE] });
    expect(lines?.collapse).toBeCloseTo(6.92, 2);
    expect(lines?.floor).toBeLessThan(lines?.collapse ?? 0);
  });

  test('has the floor and ceiling of the table for balanced batches of CIFAR-10', () => {
    const words = ['--temp', '0.1', '--batch_size', '1000', '--dataset', 'cifar10'];
    const { lines } = facts({ words, lines: [LINE] });
    const [positives, negatives] = [2 * 100 - 1, 2 * 900];
    const floor = Math.log(positives + negatives * Math.exp(-(10 / 9) / 0.1)) / 0.7;
    expect(lines?.floor).toBeCloseTo(floor, 9);
  });

  test('is not taken for its classifiers, which print an accuracy', () => {
    const { lines } = facts({ words: ['--temp', '0.1'], lines: [`${LINE}\tAcc@1 56.2 (50.1)`] });
    expect(lines).toBeNull();
  });
});

describe('the order of belief', () => {
  test('is configuration, arguments, parameters, console', () => {
    const given = {
      file: { command: { program: 'p', batchSize: 8 } },
      words: ['--batch-size', '16', '--n-views', '3'],
      parameters: { 'optim.batch_size': 32, n_views: 4, 'loss.temperature': 0.5 },
      lines: [LINE],
    };
    const { facts: known } = facts(given);
    expect(known.batchSize).toEqual({ value: 8, source: 'configuration' });
    expect(known.views).toEqual({ value: 3, source: 'arguments' });
    expect(known.temperature).toEqual({ value: 0.5, source: 'parameters' });
    expect(known.baseTemperature).toEqual({ value: 0.07, source: 'console' });
  });

  test.each([
    [['--batch_size=12'], 12],
    [['-b', '12'], 12],
    [['optim.batch_size=12'], 12],
    [['+data.batch-size=12'], 12],
    [['--batch_size', '6', '--batch_size', '12'], 12],
    [['--batch_size', 'auto'], undefined],
    [['--batch_size'], undefined],
    [['--batch_size', '-4'], undefined],
  ])('reads %j as %s', (words, expected) => {
    expect(facts({ words }).facts.batchSize?.value).toBe(expected);
  });
});

describe('scales', () => {
  const command = { program: 'p', batchSize: 32, views: 2 };
  test.each([
    [{ scale: 'raw' }, 1],
    [{ scale: 'tau', temperature: 0.2 }, 0.2],
    [{ scale: 'tau/base', temperature: 0.2 }, 0.2 / 0.07],
    [{ scale: 'tau/base', temperature: 0.2, baseTemperature: 0.1 }, 2],
    [{ baseTemperature: 0.5, temperature: 0.2 }, 0.4],
  ])('of %j multiply ln(VN - 1) by %f', (loss, factor) => {
    const { lines } = facts({ file: { command, loss: { name: 'simclr', ...loss } } });
    expect(lines?.collapse).toBeCloseTo(factor * Math.log(63), 10);
  });

  test('leave losses without a temperature alone', () => {
    const { lines } = facts({
      file: { command: { ...command, classes: 10 }, loss: { name: 'cross-entropy' } },
    });
    expect(lines).toEqual({ collapse: Math.log(10), floor: 0 });
  });
});

describe('what is not known', () => {
  test.each([
    [
      {},
      /nothing says which loss it is, its batch size, its number of views and the scale of its loss: set "loss.name"/,
    ],
    [
      { loss: { name: 'supcon' }, command: { program: 'p', batchSize: 4 } },
      /its number of views and the scale/,
    ],
    [
      { loss: { name: 'supcon', scale: 'tau' }, command: { program: 'p', batchSize: 4, views: 2 } },
      /nothing says its temperature: set "loss.temperature" in the configuration/,
    ],
    [{ loss: { name: 'cross-entropy' } }, /its number of classes: set "command.classes"/],
  ])('in %j is said with the key that would help', (file, sentence) => {
    const { lines, sentence: said } = facts({ file });
    expect(lines).toBeNull();
    expect(said).toMatch(sentence);
  });

  test('of a foreign run asks for parameters, for it has no configuration', () => {
    expect(facts({ parameters: { temperature: 0.1, batch_size: 64 } }).sentence).toMatch(
      /its number of views and the scale of its loss: log it as a hyper-parameter/,
    );
  });

  test('is the batch of one loss where several processes share it, unless the configuration says so', () => {
    const words = ['--nproc_per_node=4', '--batch_size', '64', '--n_views', '2'];
    const loss = { name: 'supcon', scale: 'raw' };
    expect(facts({ file: { loss }, words }).sentence).toMatch(/how several processes share the batch/);
    const told = facts({ file: { loss, command: { program: 'p', batchSize: 256 } }, words });
    expect(told.lines?.collapse).toBeCloseTo(Math.log(511), 10);
  });
});
