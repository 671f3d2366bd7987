/** What the extension host says, made in the made-up language: no English is left but names, figures and what is recorded. */
import { expect, it } from 'vitest';
import { NO_FILTER } from '../../../src/domain/run/list/filter';
import { DEFAULT_VIEW } from '../../../src/domain/run/list/view';
import type { RunSummary } from '../../../src/domain/run/state';
import { runSummary } from '../../browser/messages';
import { inMadeUpLanguage } from '../../inMadeUpLanguage';
import { codeOf, configurationOf, factsOf, predictionsOf, resultsOf } from '../domain/diff/facts';

/** Names and what was recorded in the runs below. */
const DATA =
  /fmnist-\S*|kNN|SIGKILL|Out of memory\.|onnx|cpu, 2 threads|the embedded default|\/runs\/\S*|\bAM|PM\b/g;

const ENDS = ['completed', 'stopped', 'failed', 'killed', 'crashed', 'unknown'] as const;
const RUNS: readonly RunSummary[] = [
  runSummary(),
  runSummary({ state: 'queued', queuedBehind: 2 }),
  ...ENDS.flatMap((endState) => {
    const end = { state: 'ended', endState, starred: true, archived: true, tags: ['7'] } as const;
    return [
      runSummary({ ...end, createdAt: 0, endedAt: 192_000 }),
      runSummary({ ...end, endedAt: null, signal: 'SIGKILL', reason: 'Out of memory.' }),
    ];
  }),
];
const RECORDS = RUNS.map((summary) => ({ summary, settings: {}, figures: {} }));

/** Sentences in which a plain word is left once `known` and the data are taken out. */
function plain(sentences: readonly string[], known: readonly string[] = []): string[] {
  const longestFirst = known.filter((word) => word !== '').sort((a, b) => b.length - a.length);
  const rest = (sentence: string) =>
    longestFirst.reduce((left, word) => left.replaceAll(word, ' '), sentence);
  return sentences.filter((sentence) => /[A-Za-z]{2,}/.test(rest(sentence).replaceAll(DATA, ' ')));
}

it('is in the rows of the tree, the status bar, the notice of an end and the titles of tabs', async () => {
  const { sentences, words } = await inMadeUpLanguage(async () => {
    const { describeRow } = await import('../../../src/extension/views/runItem');
    const { statusText, endText } = await import('../../../src/extension/views/statusText');
    const { stateInWords } = await import('../../../src/domain/display/runLook');
    const { titleOfTab } = await import('../../../src/extension/views/panelState');
    const { titleOf } = await import('../../../src/extension/diff/compared');
    const { PAGES } = await import('../../../src/extension/page/pages');
    const rows = RUNS.map((run) => describeRow(run));
    return {
      sentences: [
        ...rows.flatMap(({ label, description, tooltip, spoken }) => [label, description, tooltip, spoken]),
        ...RUNS.flatMap((run) => (statusText([run, run]) ?? '').replaceAll(/\$\([\w-]+\)/g, '')),
        ...RUNS.filter(({ state }) => state === 'ended').map(endText),
        ...[[], RUNS.slice(0, 1), RUNS.slice(0, 3)].map(titleOfTab),
        titleOf(['a', 'b', 'c']),
        ...Object.values(PAGES).map(({ title }) => title),
      ],
      words: RUNS.map((run) => stateInWords(run)),
    };
  });
  expect(sentences.length).toBeGreaterThan(80);
  expect(plain(sentences, words)).toEqual([]);
});

it('is around the tree and in its groups, whose own words its filter, order and groupings give', async () => {
  const { sentences, words } = await inMadeUpLanguage(async () => {
    const { messageText, descriptionText } = await import('../../../src/extension/views/tree/treeTexts');
    const { describeGroup } = await import('../../../src/extension/views/tree/groupItem');
    const { describeFilter } = await import('../../../src/domain/run/list/filter');
    const { GROUPINGS } = await import('../../../src/domain/run/list/grouping');
    const { sortKeyLabel } = await import('../../../src/domain/run/list/sorting');
    const filter = { ...NO_FILTER, starred: true };
    const group = describeGroup({ key: 'g', label: 'fmnist-group', records: RECORDS }, 'experiment');
    return {
      sentences: [
        messageText({ ...DEFAULT_VIEW, filter }, RECORDS, RECORDS.slice(1)),
        ...[1, 5].map((count) => messageText(DEFAULT_VIEW, RECORDS.slice(-count), [])),
        ...GROUPINGS.map(({ by }) => descriptionText({ ...DEFAULT_VIEW, grouping: by }, RECORDS)),
        descriptionText({ ...DEFAULT_VIEW, sort: [{ by: 'name', descending: true }] }, RECORDS),
        ...[group.description, group.tooltip, group.spoken],
      ],
      words: [describeFilter(filter), sortKeyLabel('name'), ...GROUPINGS.map(({ label }) => label)],
    };
  });
  expect(sentences.filter((sentence) => sentence !== '').length).toBeGreaterThan(7);
  expect(plain(sentences, words)).toEqual([]);
});

it('is in a comparison as it is copied, whose sections say all of what differs', async () => {
  const columns = [0.1, 0.2, 0.3].map((temperature, i) =>
    factsOf(`fmnist-${i}`, {
      configuration: configurationOf({ loss: { temperature } }),
      code: i === 0 ? null : codeOf(''),
      results: resultsOf({ probe: 0.9 - temperature, accuracy: [0.9 - temperature, 0.8, 0.7] }),
      predictions: i === 2 ? null : predictionsOf([0, 1, 2, 0], i === 0 ? [0, 1, 2, 1] : [1, 1, 0, 0]),
    }),
  );
  const { sentences, words } = await inMadeUpLanguage(async () => {
    const { compareRuns } = await import('../../../src/domain/diff/compareRuns');
    const { diffTables } = await import('../../../src/domain/diff/tables');
    const { METRICS } = await import('../../../src/domain/run/metrics');
    const { stateInWords } = await import('../../../src/domain/display/runLook');
    const tables = diffTables(compareRuns(columns), 'differences');
    return {
      sentences: tables.flatMap(({ title, summary, head, notes, rows }) => [
        ...[title, summary, ...head, ...notes],
        ...rows.flat(),
      ]),
      words: [
        ...METRICS.map(({ label }) => label),
        ...columns.flatMap(({ summary }) => (summary === null ? [] : [stateInWords(summary)])),
      ],
    };
  });
  const values = ['loss.temperature', 'UTC', 'shirt', 'dress', 'coat', 'test/'];
  expect(sentences.length).toBeGreaterThan(100);
  expect(plain(sentences, [...words, ...values])).toEqual([]);
});

it("asks in the editor's language what an agent may do", async () => {
  const questions = await inMadeUpLanguage(async () => {
    const { createTools } = await import('../../../src/extension/agents/tools');
    const [run] = RUNS;
    const records = [{ summary: run, settings: {}, figures: {} }];
    const nothing = () => Promise.reject(new Error('nothing acts here'));
    const tools = createTools({
      isTrusted: () => true,
      records: () => records,
      alertsOf: nothing,
      compare: nothing,
      series: nothing,
      workspaceFolders: () => [],
      planStart: () => {
        throw new Error('nothing starts here');
      },
      start: nothing,
      stop: nothing,
    });
    return tools.supcon_stop_run.confirm({ run: run.id });
  });
  expect(plain([questions?.title ?? 'none', ...(questions?.rows ?? []).flat()])).toEqual([]);
});
