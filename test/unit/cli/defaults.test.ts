/** What an editor's settings give a start: the file's own keys win, and a command takes none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveCommand, resolveRequest, resolveSweep } from '../../../src/cli/request';

const DEFAULTS = { alerts: { stopOn: 'error', waitShare: 0.5 } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-defaults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(configuration: object): string {
  const path = join(folder, 'a.supcon.json');
  writeFileSync(path, JSON.stringify(configuration));
  return path;
}

test('defaults hold where the file says nothing', async () => {
  const source = write({ alerts: { waitShare: 0.3 } });
  const { alerts } = await resolveRequest({ source, defaults: DEFAULTS });
  expect(alerts).toMatchObject({ stopOn: 'error', waitShare: 0.3, collapseSteps: 50 });
  expect((await resolveRequest({ source })).alerts.stopOn).toBe('none');
});

test('changes win over both, in every run of a sweep', async () => {
  const source = write({ alerts: { waitShare: 0.3 }, sweep: { seeds: 2 } });
  const { runs } = await resolveSweep({ source, defaults: DEFAULTS, set: ['alerts.waitShare=0.7'] });
  expect(runs.map(({ configuration }) => configuration.alerts)).toMatchObject(
    Array(2).fill({ stopOn: 'error', waitShare: 0.7 }),
  );
});

test('a command is as it was written', async () => {
  const source = write({ name: 'c', command: { program: 'true' } });
  expect(await resolveCommand({ source, defaults: DEFAULTS })).toMatchObject({ name: 'c' });
});
