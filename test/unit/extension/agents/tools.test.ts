/** What agents may do: bounded answers, refusals in sentences, and nothing that acts without its question. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../../src/domain/run/record';
import type { RunSummary } from '../../../../src/domain/run/state';
import { GrowingSeries } from '../../../../src/domain/series/growingSeries';
import { MOST_CHARACTERS } from '../../../../src/extension/agents/tool';
import { TOOL_NAMES, createTools } from '../../../../src/extension/agents/tools';
import type { AgentWorld } from '../../../../src/extension/agents/world';
import {
  compareSchema,
  listSchema,
  seriesSchema,
  showSchema,
  startSchema,
  stopSchema,
} from '../../../../src/protocol/agentTools';

const INPUTS = {
  supcon_list_runs: {},
  supcon_show_run: { run: 'run-1' },
  supcon_compare_runs: { runs: ['run-1', 'run-2'] },
  supcon_series: { run: 'run-1', tag: 'loss' },
  supcon_start_run: { file: 'a.supcon.json' },
  supcon_stop_run: { run: 'run-2' },
} as const;

function record(id: string, changes: Partial<RunSummary> = {}): RunRecord {
  const summary: RunSummary = {
    id,
    name: id,
    folder: `/runs/${id}`,
    state: 'ended',
    endState: 'completed',
    pid: null,
    signal: null,
    reason: null,
    createdAt: 0,
    endedAt: 1,
    heartbeat: null,
    progress: null,
    headline: null,
    engine: null,
    stop: null,
    queuedBehind: null,
    loss: 'supcon',
    resumable: false,
    kind: 'training',
    group: '',
    seed: 1,
    starred: false,
    tags: [],
    notes: '',
    archived: false,
    ...changes,
  };
  return { summary, settings: { 'loss.temperature': 0.1 }, figures: { knn: 0.9 } };
}

let workspace: string;
let acted: string[];
let world: AgentWorld;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'supcon-agents-'));
  writeFileSync(join(workspace, 'a.supcon.json'), '{}');
  acted = [];
  world = {
    isTrusted: () => true,
    records: () => [record('run-1'), record('run-2', { state: 'running', endState: null, pid: 7 })],
    alertsOf: () => Promise.resolve([]),
    compare: (folders) => Promise.resolve(folders.join(' against ')),
    series: () => Promise.resolve({ series: new GrowingSeries(), tags: ['loss'], problems: [] }),
    workspaceFolders: () => [workspace],
    planStart: (source) => ({
      program: { node: '/bin/node', script: '/ext/starter.js', workingFolder: workspace },
      request: { source, runsFolder: '/runs', ownCode: 'refuse' },
    }),
    start: ({ request }) => {
      acted.push(`start ${request.source}`);
      return Promise.resolve({ id: 'new', folder: '/runs/new' });
    },
    stop: (folder) => {
      acted.push(`stop ${folder}`);
      return Promise.resolve();
    },
  };
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const tools = (changes: Partial<AgentWorld> = {}) => createTools({ ...world, ...changes });

describe('every tool', () => {
  test.each(TOOL_NAMES)('%s refuses in an untrusted workspace, its question too', async (name) => {
    const tool = tools({ isTrusted: () => false })[name];
    await expect(tool.invoke(INPUTS[name])).rejects.toThrow(/not trusted/);
    await expect(tool.confirm(INPUTS[name])).rejects.toThrow(/not trusted/);
    expect(acted).toEqual([]);
  });

  test.each(TOOL_NAMES)('%s answers what it is for, and refuses nonsense in a sentence', async (name) => {
    expect(await tools()[name].invoke(INPUTS[name])).not.toBe('');
    for (const nonsense of [null, 'x', { run: 3 }, { runs: ['a'] }, { file: '' }, { limit: 1e9 }]) {
      if (
        name === 'supcon_list_runs' &&
        nonsense !== null &&
        typeof nonsense === 'object' &&
        !('limit' in nonsense)
      )
        continue;
      await expect(tools()[name].invoke(nonsense)).rejects.toHaveProperty('name', 'HumanError');
    }
  });

  test.each(TOOL_NAMES)('%s asks before it acts, and only then', async (name) => {
    const isActing = name === 'supcon_start_run' || name === 'supcon_stop_run';
    const question = await tools()[name].confirm(INPUTS[name]);
    expect(question === undefined).toBe(!isActing);
    if (isActing)
      expect(question?.rows.map(([label]) => label)).toEqual(
        expect.arrayContaining(['Program', 'Arguments', 'Folder']),
      );
    expect(acted).toEqual([]);
  });

  test('is in the manifest with the schema that its input is parsed by', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { languageModelTools: { name: string; inputSchema: object; when: string }[] };
    };
    const schemas = [listSchema, showSchema, compareSchema, seriesSchema, startSchema, stopSchema];
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual([...TOOL_NAMES]);
    contributes.languageModelTools.forEach(({ inputSchema, when }, place) => {
      expect({ $schema: expect.any(String) as string, ...inputSchema }).toEqual(toJsonSchema(schemas[place]));
      expect(when).toBe('isWorkspaceTrusted');
    });
  });
});

describe('bounds', () => {
  const many = Array.from({ length: 1000 }, (_, i) => record(`run-${i}`, { notes: 'n'.repeat(1000) }));

  test('a list has at most as many runs as asked for, and says how many there are', async () => {
    const answer = await tools({ records: () => many }).supcon_list_runs.invoke({ limit: 3 });
    expect(JSON.parse(answer)).toMatchObject({
      runs: [{ id: 'run-0' }, { id: 'run-1' }, { id: 'run-2' }],
      all: 1000,
    });
  });

  test('no answer is longer than a model can read', async () => {
    const compare = () => Promise.resolve('x'.repeat(1_000_000));
    const answer = await tools({ compare }).supcon_compare_runs.invoke({ runs: ['run-1', 'run-2'] });
    expect(answer.length).toBeLessThan(MOST_CHARACTERS + 200);
    expect(answer).toContain('1000000 characters');
  });

  test.each([1, 7, 50, 200])(
    'a series of 100,000 points comes in at most %i rows, its extremes exact',
    async (points) => {
      const long = new GrowingSeries();
      for (let step = 0; step < 100_000; step++)
        long.push(step, step, step === 77_777 ? 1e6 : Math.sin(step));
      long.push(100_000, 100_000, NaN);
      const series = () => Promise.resolve({ series: long, tags: ['loss'], problems: [] });
      const answer = await tools({ series }).supcon_series.invoke({ run: 'run-1', tag: 'loss', points });
      const { rows, columns, max, maxStep, nonFinite } = JSON.parse(answer) as {
        rows: number[][];
        columns: string[];
        max: number;
        maxStep: number;
        nonFinite: number;
      };
      expect(rows.length).toBeLessThanOrEqual(Math.max(points, 2));
      expect([max, maxStep, nonFinite]).toEqual([1e6, 77_777, 1]);
      expect(Math.max(...rows.map((row) => row[columns.indexOf('max')]))).toBe(1e6);
    },
  );

  test('a short series comes as it is, what is not finite by its name', async () => {
    const short = new GrowingSeries();
    [0.5, NaN, 0.25].forEach((value, step) => short.push(step, 0, value));
    const series = () => Promise.resolve({ series: short, tags: ['loss'], problems: [] });
    const answer = await tools({ series }).supcon_series.invoke({ run: 'run-1', tag: 'loss' });
    expect(JSON.parse(answer)).toMatchObject({
      pointsPerRow: 1,
      rows: [
        [0, 0.5, 0.5, 0.5, 0],
        [1, 'NaN', 'NaN', 'NaN', 1],
        [2, 0.25, 0.25, 0.25, 0],
      ],
    });
  });

  test('a tag that is not there is answered with those that are', async () => {
    const series = () => Promise.resolve({ series: undefined, tags: ['loss', 'rate'], problems: [] });
    await expect(tools({ series }).supcon_series.invoke({ run: 'run-1', tag: 'los' })).rejects.toThrow(
      'loss, rate',
    );
  });
});

describe('which run', () => {
  test.each([
    ['an unknown run', 'other', /no run "other": the newest are run-1, run-2/],
    ['what could be several', 'run', /could be any of run-1, run-2/],
  ])('%s is refused with what there is', async (_, run, sentence) => {
    await expect(tools().supcon_show_run.invoke({ run })).rejects.toThrow(sentence);
  });

  test('a run that has ended is not stopped', async () => {
    await expect(tools().supcon_stop_run.confirm({ run: 'run-1' })).rejects.toThrow(/nothing to stop/);
    await expect(tools().supcon_stop_run.invoke({ run: 'run-1' })).rejects.toThrow(/nothing to stop/);
    await tools().supcon_stop_run.invoke({ run: 'run-2' });
    expect(acted).toEqual(['stop /runs/run-2']);
  });
});

describe('starting', () => {
  test('says which program gets which arguments in which folder', async () => {
    const question = await tools().supcon_start_run.confirm({ file: 'a.supcon.json' });
    expect(question?.rows).toEqual([
      ['Program', '/bin/node'],
      ['Arguments', expect.stringContaining('/ext/starter.js {"source":')],
      ['Folder', workspace],
    ]);
  });

  test('asks the starter to refuse what is not built in', () => {
    expect(world.planStart('x').request.ownCode).toBe('refuse');
  });

  test('takes configurations of the workspace alone, links followed', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'supcon-outside-'));
    try {
      mkdirSync(join(workspace, 'sub'));
      writeFileSync(join(outside, 'b.supcon.json'), '{}');
      writeFileSync(join(workspace, 'plain.json'), '{}');
      symlinkSync(join(outside, 'b.supcon.json'), join(workspace, 'link.supcon.json'));
      symlinkSync(outside, join(workspace, 'folder'));
      const start = (file: string) => tools().supcon_start_run.invoke({ file });
      for (const file of [
        join(outside, 'b.supcon.json'),
        'link.supcon.json',
        'folder/b.supcon.json',
        `sub/../../${outside.split('/').at(-1) ?? ''}/b.supcon.json`,
      ])
        await expect(start(file)).rejects.toThrow(/lies outside the workspace/);
      await expect(start('plain.json')).rejects.toThrow(/no configuration/);
      await expect(start('gone.supcon.json')).rejects.toThrow(/does not exist/);
      expect(acted).toEqual([]);
      await start('sub/../a.supcon.json');
      expect(acted).toHaveLength(1);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});
