/**
 * `supcon serve-views FILE`: draws views for the editor's preview, request after request, until its input ends. The data
 * set is read once. Both directions are lines of JSON, see src/protocol/preview.ts.
 */
import { basename } from 'node:path';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { Configuration } from '../../domain/configuration/schema';
import type { PreviewAnswer, PreviewRequest } from '../../protocol/preview';
import { parsePreviewRequest } from '../../protocol/preview';
import { createLineSplitter } from '../../runs/lines';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { requireAgreements, unknownModules } from '../consent';
import { drawPreview } from '../preview/draw';
import { previewModules } from '../preview/modules';
import { openPreview } from '../../trainer/preview/open';
import { comparableRuns, createEncoderCache } from '../preview/runs';
import { resolveSweep } from '../request';

export interface ServeViewsOptions {
  /** The folder that holds runs. */
  readonly dir?: string;
}

const LONGEST_LINE_BYTES = 64 * 1024;

/** Serves until the input ends; the exit code. */
export async function serveViews(source: string, options: ServeViewsOptions): Promise<number> {
  try {
    await serve(source, resolveRunsFolder(process.cwd(), options.dir));
    return EXIT_CODE.completed;
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    say({ type: 'failed', message: thrown.message });
    return EXIT_CODE.badInput;
  }
}

async function serve(source: string, runsFolder: string): Promise<void> {
  const { runs: planned } = await resolveSweep({ source });
  const [first] = planned;
  if (first === undefined) throw new HumanError(`${source} asks for no run: correct its "sweep" block.`);
  const requests = readRequests();
  await agree(first.configuration, requests);
  const preview = await openPreview(first.configuration);
  const runs = await comparableRuns(runsFolder, first.configuration);
  const ofSweep = `These are the views of the first of the ${planned.length} runs of the sweep.`;
  const notes = [...(planned.length > 1 ? [ofSweep] : []), ...preview.opened.notes];
  const named = runs.map(({ folder, name }) => ({ id: basename(folder), name }));
  say({ type: 'opened', ...preview.opened, notes, runs: named });
  const encoders = createEncoderCache();
  const folderOf = (id: string) => runs.find(({ folder }) => basename(folder) === id)?.folder;
  for await (const request of requests) {
    if (request.type !== 'draw') continue;
    const drawn = await drawPreview(preview, request, (run) => encoders.encoderOf(known(folderOf(run))));
    say({ type: 'drawn', ...drawn });
  }
}

function known(folder: string | undefined): string {
  if (folder !== undefined) return folder;
  throw new HumanError('This run is not there any more: choose another one.');
}

/** Asks for what nobody has agreed to yet, and waits for the answer. */
async function agree(
  configuration: Configuration,
  requests: AsyncGenerator<PreviewRequest, void>,
): Promise<void> {
  const modules = await previewModules(configuration);
  const unknown = await unknownModules(modules);
  if (unknown.length === 0) return;
  const asked = unknown.map(({ source, files, hash }) => ({ source, files: files.size, hash }));
  say({ type: 'consent', modules: asked });
  const next = await requests.next();
  const hashes = next.done !== true && next.value.type === 'agree' ? next.value.hashes : [];
  await requireAgreements(modules, { hashes });
}

async function* readRequests(): AsyncGenerator<PreviewRequest, void> {
  const lines = createLineSplitter(LONGEST_LINE_BYTES);
  for await (const bytes of process.stdin) {
    for (const line of lines.push(bytes as Buffer)) {
      const request = parsePreviewRequest(line);
      if (request !== undefined) yield request;
    }
  }
}

function say(answer: PreviewAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
