/** Builds the page as it ships into a temporary folder, and names its files. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const REPOSITORY = join(import.meta.dirname, '..', '..');

/** The files of the page by the name under which the page asks for them. */
export type PageBundle = ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>;

/** Bundles the script and collects the styles. */
export async function buildPage(): Promise<PageBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'supcon-page-'));
  await build({
    entryPoints: [join(REPOSITORY, 'webview/main.ts')],
    outfile: join(folder, 'dashboard.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome132',
    legalComments: 'none',
  });
  const codicons = join(REPOSITORY, 'node_modules/@vscode/codicons/dist');
  const files = [
    { path: join(folder, 'dashboard.js'), type: 'text/javascript' },
    { path: join(folder, 'dashboard.css'), type: 'text/css' },
    { path: join(codicons, 'codicon.css'), type: 'text/css' },
    { path: join(codicons, 'codicon.ttf'), type: 'font/ttf' },
    { path: join(REPOSITORY, 'media/dashboard.css'), type: 'text/css', name: 'page.css' },
  ];
  const entries = files.map(async ({ path, type, name }) => {
    return [name ?? basename(path), { body: await readFile(path), type }] as const;
  });
  const bundle = new Map(await Promise.all(entries));
  await rm(folder, { recursive: true });
  return bundle;
}
