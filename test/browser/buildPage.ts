/** Builds a page as it ships into a temporary folder, and names its files as the page asks for them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { build } from 'esbuild';
import type { PageName } from '../../src/extension/page/pages';
import { PAGES, scriptOf } from '../../src/extension/page/pages';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const CODICONS = join(REPOSITORY, 'node_modules/@vscode/codicons/dist');
const TYPES = new Map([
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.ttf', 'font/ttf'],
]);

/** A page and its files by their path below dist/. */
export interface PageBundle {
  readonly name: PageName;
  readonly files: ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>;
}

/** Bundles the script and collects the styles. */
export async function buildPage(name: PageName): Promise<PageBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'supcon-page-'));
  await build({
    entryPoints: [join(REPOSITORY, `webview/${name}/main.ts`)],
    outfile: join(folder, scriptOf(name)),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome132',
    legalComments: 'none',
  });
  const wanted = [scriptOf(name), ...PAGES[name].styles, 'webview/codicon.ttf'];
  const entries = wanted.map(async (path) => {
    const body = await readFile(sourceOf(path, folder));
    return [path, { body, type: TYPES.get(extname(path)) ?? '' }] as const;
  });
  const files = new Map(await Promise.all(entries));
  await rm(folder, { recursive: true });
  return { name, files };
}

/** Bundles a made-up host, which runs inside the page: a file of the folder stub. */
export async function buildStubHost(file: 'host' | 'projectorHost' = 'host'): Promise<string> {
  return buildStub(file);
}

/** Bundles the projector's renderer with made-up maps, which runs inside a page of its own. */
export async function buildStubRenderer(): Promise<string> {
  return buildStub('renderer');
}

async function buildStub(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, `stub/${file}.ts`)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome132',
  });
  return outputFiles[0]?.text ?? '';
}

function sourceOf(path: string, built: string): string {
  if (path.startsWith('media/')) return join(REPOSITORY, path);
  const isCodicon = path.startsWith('webview/codicon.');
  return isCodicon ? join(CODICONS, basename(path)) : join(built, path);
}
