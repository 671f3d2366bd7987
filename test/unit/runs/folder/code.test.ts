import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureCode, LARGEST_PATCH_BYTES } from '../../../../src/runs/folder/code';
import { fill, temporaryFolder } from '../folders';

function git(folder: string, ...parameters: string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  execFileSync('git', [...identity, ...parameters], { cwd: folder, stdio: 'ignore' });
}

/** A repository with one commit of the given files. */
function repository(files: Readonly<Record<string, unknown>>): string {
  const folder = fill(temporaryFolder(), files);
  git(folder, 'init', '-b', 'work');
  git(folder, 'add', '-A', '-f');
  git(folder, 'commit', '-m', 'first');
  return folder;
}

describe('captureCode', () => {
  it('names the commit of a clean repository and has no patch', async () => {
    const { code, patch } = await captureCode(repository({ 'a.txt': 'one\n' }));
    expect(code.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(code).toMatchObject({ branch: 'work', changed: false, omitted: [], unavailable: null });
    expect(patch).toBeNull();
  });

  it('records changes of tracked files, from any folder below the root', async () => {
    const folder = repository({ 'a.txt': 'one\n', 'below/b.txt': 'b\n', 'Größe "x".txt': 'c\n' });
    fill(folder, { 'a.txt': 'two\n', 'Größe "x".txt': 'd\n', 'untracked.txt': 'SECRET' });
    const { code, patch } = await captureCode(join(folder, 'below'));
    expect(code.changed).toBe(true);
    expect(patch).toContain('-one\n+two\n');
    expect(patch).toContain('+d\n');
    expect(patch).not.toContain('SECRET');
  });

  it('leaves out files that usually hold secrets', async () => {
    const secrets = ['.env', '.env.local', 'deep/down/.env', 'server.pem', 'deep/tls.KEY', 'id_ed25519'];
    const folder = repository(Object.fromEntries(secrets.map((name) => [name, 'old\n'])));
    for (const name of secrets) appendFileSync(join(folder, name), 'SECRET\n');
    const { patch } = await captureCode(folder);
    expect(patch ?? '').not.toContain('SECRET');
  });

  it('names the files that make the patch too large, and keeps the others', async () => {
    const folder = repository({ 'big.txt': 'x\n', 'small.txt': 'one\n' });
    fill(folder, { 'big.txt': 'y\n'.repeat(LARGEST_PATCH_BYTES / 2), 'small.txt': 'two\n' });
    const { code, patch } = await captureCode(folder);
    expect(code.omitted).toEqual(['big.txt']);
    expect(patch).toContain('+two');
  });

  it('runs no program that the repository configures', async () => {
    const folder = repository({ 'a.txt': 'one\n', '.gitattributes': '*.txt diff=evil\n' });
    const mark = join(folder, 'mark');
    git(folder, 'config', 'diff.evil.command', `touch ${mark}`);
    git(folder, 'config', 'diff.evil.textconv', `touch ${mark}; cat`);
    git(folder, 'config', 'core.fsmonitor', `touch ${mark}`);
    fill(folder, { 'a.txt': 'two\n' });
    await captureCode(folder);
    expect(() => execFileSync('ls', [mark], { stdio: 'ignore' })).toThrow();
  });

  it('says why there is nothing, and never throws', async () => {
    expect((await captureCode(null)).code.unavailable).toBe('switched off');
    const outside = await captureCode(temporaryFolder());
    expect(outside.code.unavailable).toMatch(/not a git repository/);
    expect((await captureCode('/nowhere/at/all')).patch).toBeNull();
  });
});
