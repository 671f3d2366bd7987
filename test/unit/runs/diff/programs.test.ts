/** Runs of commands and of other tools, made up on the disk, compared with each other. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunDiff } from '../../../../src/domain/diff/runDiff';
import { TAG } from '../../../../src/domain/metrics/tags';
import { compareRunFolders } from '../../../../src/runs/diff/compare';
import { findForeign } from '../../../../src/runs/foreign/findForeign';
import { summariseForeign } from '../../../../src/runs/foreign/summary';
import { fill, temporaryFolder } from '../folders';

function commandRun(name: string, words: readonly string[], losses: readonly number[]): string {
  const folder = join(temporaryFolder(), name);
  const command = {
    program: 'python',
    arguments: ['train.py', ...words],
    workingFolder: folder,
    logs: 'logs',
  };
  const lines = losses.map((loss, step) => `${step},${loss}`).join('\n');
  return fill(folder, {
    'config.json': { formatVersion: 1, name, command, loss: { name: 'supcon', scale: 'raw' } },
    'logs/metrics.csv': `step,train_loss\n${lines}\n`,
  });
}

function rowsOf({ configuration }: RunDiff) {
  return configuration.rows.filter(({ differs }) => differs).map(({ key }) => key);
}

function metric({ metrics }: RunDiff, key: string) {
  return metrics.rows.find((row) => row.key === key)?.cells.map(({ value }) => value);
}

describe('commands', () => {
  const WORDS = ['--batch_size', '64', '--n_views', '2', '--dataset', 'cifar10'];

  it('differ in their arguments and logged values, with the loss under the name of ours', async () => {
    const a = commandRun('a', [...WORDS, '--temp', '0.1'], [5, 4]);
    const b = commandRun('b', [...WORDS, '--temp', '0.5'], [5, 3]);
    const diff = await compareRunFolders([a, b]);
    expect(diff.columns.map(({ kind }) => kind)).toEqual(['command', 'command']);
    expect(rowsOf(diff)).toEqual(['loss.temperature', 'arguments.temp', 'command.workingFolder']);
    expect(metric(diff, 'train_loss last')).toEqual([4, 3]);
    expect(metric(diff, `${TAG.loss} last`)).toEqual([4, 3]);
    expect(metric(diff, `${TAG.headroom} last`)?.every((value) => typeof value === 'number')).toBe(true);
    expect(diff.metrics.problems).toEqual([]);
  });

  it('say so where their configuration is damaged, and lose nothing else', async () => {
    const a = commandRun('a', WORDS, [5, 4]);
    const b = fill(commandRun('b', WORDS, [5, 3]), {
      'config.json': { formatVersion: 1, command: { program: 7 } },
    });
    const diff = await compareRunFolders([a, b]);
    expect(diff.configuration.problems.join()).toContain('config.json');
    expect(metric(diff, 'train_loss last')?.[0]).toBe(4);
  });
});

describe('runs of other tools', () => {
  it('are compared by hyper-parameters and logs, and their end is not made up', async () => {
    const root = fill(temporaryFolder(), {
      'one/metrics.csv': 'step,val_acc\n0,0.5\n1,0.6\n',
      'one/hparams.yaml': 'lr: 0.1\nwidth: 64\n',
      'two/metrics.csv': 'step,val_acc\n0,0.5\n1,0.7\n',
      'two/hparams.yaml': 'lr: 0.2\nwidth: 64\n',
    });
    const found = await findForeign(root);
    const known = await Promise.all(found.map((run) => summariseForeign(run, join(root, 'runs'))));
    const summaryOf = (folder: string) => known.find((run) => run.folder === folder);
    const diff = await compareRunFolders([join(root, 'one'), join(root, 'two')], summaryOf);
    expect(diff.columns.map(({ kind, name }) => [kind, name])).toEqual([
      ['foreign', 'one'],
      ['foreign', 'two'],
    ]);
    expect(rowsOf(diff)).toEqual(['parameters.lr']);
    expect(metric(diff, 'val_acc last')).toEqual([0.6, 0.7]);
    expect(diff.outcome.rows.some(({ key }) => key === 'duration')).toBe(false);
    expect(diff.outcome.problems).toEqual([]);
  });
});
