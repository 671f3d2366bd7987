import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import {
  readConfigOutline,
  readExitFile,
  readRunFile,
  readStateFile,
  readUserFile,
} from '../../../../src/runs/folder/runFiles';
import { fill, temporaryFolder } from '../folders';

const state = {
  formatVersion: 1,
  state: 'running',
  endState: null,
  segment: 0,
  trainer: null,
  heartbeat: 1,
  progress: null,
  headline: null,
  engine: null,
  stop: null,
  queuedBehind: null,
};

describe('the readers of small files', () => {
  it('give undefined for a missing file and a missing folder', async () => {
    const folder = temporaryFolder();
    expect(await readRunFile(folder)).toBeUndefined();
    expect(await readExitFile(`${folder}/none`)).toBeUndefined();
  });

  it('ignore fields that they do not know', async () => {
    const folder = fill(temporaryFolder(), { 'user.json': { formatVersion: 1, name: 'a', colour: 'red' } });
    expect(await readUserFile(folder)).toEqual({ formatVersion: 1, name: 'a' });
  });

  it('read a state that they do not know as unknown', async () => {
    const folder = fill(temporaryFolder(), { 'state.json': { ...state, state: 'dreaming' } });
    expect((await readStateFile(folder))?.state).toBe('unknown');
  });

  it('refuse a newer format in a sentence that names the file', async () => {
    const folder = fill(temporaryFolder(), { 'run.json': { formatVersion: 2, other: true } });
    await expect(readRunFile(folder)).rejects.toThrow(
      /run\.json was written by a newer SupCon Lab \(format 2\)/,
    );
    await expect(readRunFile(folder)).rejects.toBeInstanceOf(HumanError);
  });

  it.each(['', '{', 'null', '[]', '{"formatVersion":1}'])('call %j damaged', async (content) => {
    const folder = fill(temporaryFolder(), { 'exit.json': content });
    await expect(readExitFile(folder)).rejects.toThrow(/exit\.json is damaged/);
  });

  it('take name and loss out of a configuration, whatever else it holds', async () => {
    const config = { formatVersion: 1, name: 'n', loss: { name: 'supcon', temperature: 0.1 }, future: [] };
    const folder = fill(temporaryFolder(), { 'config.json': config });
    expect(await readConfigOutline(folder)).toEqual({
      formatVersion: 1,
      name: 'n',
      loss: { name: 'supcon' },
      group: '',
      seed: null,
    });
  });
});
