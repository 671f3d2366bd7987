/** The commands that keep runs in order, as a person types them in a folder of their own. */
import { Command } from 'commander';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addCuration } from '../../../src/cli/usage/curation';
import { fill, temporaryFolder } from '../runs/folders';

afterEach(() => vi.restoreAllMocks());

function runsWith(names: readonly string[]): string {
  const runsFolder = join(temporaryFolder(), 'runs');
  for (const [i, name] of names.entries()) {
    const segments = [{ index: 0, startedAt: 1, keeper: { pid: 1, startTime: 'x' }, socket: 's' }];
    const exit = { endState: 'completed', code: 0, signal: null, reason: null, endedAt: 9 };
    fill(runsFolder, {
      [`${name}/run.json`]: { formatVersion: 1, id: name, createdAt: i, host: 'h', version: '1', segments },
      [`${name}/exit.json`]: { formatVersion: 1, segment: 0, ...exit },
      [`${name}/config.json`]: { formatVersion: 1, loss: { name: 'supcon', temperature: 1 / (i + 1) } },
    });
  }
  return runsFolder;
}

/** What `supcon ARGS` prints. */
async function supcon(runsFolder: string, ...args: readonly string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const program = new Command().exitOverride();
  addCuration(program, (code) => expect(code).toBe(0));
  try {
    await program.parseAsync([...args, '--dir', runsFolder], { from: 'user' });
    return printed;
  } finally {
    vi.restoreAllMocks();
  }
}

async function listed(runsFolder: string, ...args: readonly string[]): Promise<string[]> {
  const runs = JSON.parse(await supcon(runsFolder, 'list', '--json', ...args)) as { id: string }[];
  return runs.map(({ id }) => id);
}

describe('supcon annotate and list', () => {
  it('tag, star and archive several runs, and list them by it', async () => {
    const runs = runsWith(['one', 'two', 'three']);
    expect(await supcon(runs, 'annotate', 'one', 'tw', '--tag', 'base', '--star')).toBe(
      'one: starred; tags base\ntwo: starred; tags base\n',
    );
    await supcon(runs, 'annotate', 'two', '--archive', '--no-star');
    expect(await listed(runs)).toEqual(['three', 'one']);
    expect(await listed(runs, '--tag', 'base')).toEqual(['one']);
    expect(await listed(runs, '--archived', '--sort', 'loss.temperature')).toEqual(['three', 'two', 'one']);
    expect(await listed(runs, '--archived', '--sort', '-star,name')).toEqual(['three', 'two', 'one']);
    const table = await supcon(runs, 'list', '--tag', 'base');
    expect(table).toContain('★ base');
    expect(table).toContain('Not shown: 1 archived (--archived shows them), 1 without the tag.');
  });

  it('change nothing when one of the runs is not there, or there is nothing to write', async () => {
    const runs = runsWith(['one']);
    await expect(supcon(runs, 'annotate', 'one', 'two', '--star')).rejects.toThrow(/no run "two"/);
    await expect(supcon(runs, 'annotate', 'one')).rejects.toThrow(/Nothing to write/);
    await expect(supcon(runs, 'list', '--sort', 'lss.name')).rejects.toThrow(
      /cannot be sorted by "lss.name"/,
    );
    expect(await supcon(runs, 'annotate', 'one', '--untag', 'x')).toBe('one: nothing is written about it\n');
  });
});

describe('supcon delete, restore and trash', () => {
  it('move a run there and back, and destroy it when asked', async () => {
    const runs = runsWith(['one', 'two']);
    await supcon(runs, 'delete', 'one', 'two');
    expect(await listed(runs)).toEqual([]);
    expect(await supcon(runs, 'trash')).toMatch(/2 runs, \d+ B: "supcon trash --empty"/);
    await supcon(runs, 'restore', 'on');
    expect(await listed(runs)).toEqual(['one']);
    expect(await supcon(runs, 'trash', '--empty')).toMatch(/^Destroyed 1 run, \d+ B\.\n$/);
    await expect(supcon(runs, 'restore', 'two')).rejects.toThrow(/No run "two" is in the trash/);
    expect(await supcon(runs, 'trash')).toBe('The trash is empty.\n');
  });
});
