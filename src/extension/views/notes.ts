/**
 * Notes of a run as a document: opened, edited and saved like any file, kept in user.json. The address names the run's
 * folder; only runs of this window are served, whatever an address says.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { RUN_FILE } from '../../domain/run/layout';
import type { RunSummary } from '../../domain/run/state';
import { NOTES_SCHEME } from '../constants';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { RunBackend } from '../runs/backend';
import type { RunStore } from '../runs/runStore';

/** The document with the notes of a run. */
export function notesUri({ name, folder }: Pick<RunSummary, 'name' | 'folder'>): vscode.Uri {
  const title = l10n.t('{0} (notes)', name).replaceAll(/[/\\]/g, '-');
  return vscode.Uri.from({ scheme: NOTES_SCHEME, path: `/${title}.md`, query: folder });
}

/** Serves notes to the editor. */
export function registerNotes(store: RunStore, backend: RunBackend): Disposable {
  const owned = new DisposableStore();
  const files = owned.add(new NotesFiles(store, backend));
  owned.add(vscode.workspace.registerFileSystemProvider(NOTES_SCHEME, files, { isCaseSensitive: true }));
  return owned;
}

class NotesFiles implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #watched = new Map<string, vscode.Uri>();
  readonly #store: RunStore;
  readonly #backend: RunBackend;
  readonly #subscription: Disposable;
  #told = new Map<string, string>();

  constructor(store: RunStore, backend: RunBackend) {
    this.#store = store;
    this.#backend = backend;
    this.#subscription = store.onDidChange(() => this.#announce());
  }

  readonly onDidChangeFile = this.#changed.event;

  watch(uri: vscode.Uri): vscode.Disposable {
    this.#watched.set(uri.toString(), uri);
    return new vscode.Disposable(() => this.#watched.delete(uri.toString()));
  }

  /** The time is that of user.json, so that the editor notices what another window has saved meanwhile. */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { folder, notes } = this.#runOf(uri);
    const written = await stat(join(folder, RUN_FILE.user)).catch(() => undefined);
    const mtime = Math.round(written?.mtimeMs ?? 0);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: new TextEncoder().encode(notes).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.#runOf(uri).notes);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { folder } = this.#runOf(uri);
    await this.#backend.annotate(folder, { notes: new TextDecoder().decode(content) });
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #runOf(uri: vscode.Uri): RunSummary {
    const run = this.#store.get(uri.query);
    if (run === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return run;
  }

  #announce(): void {
    const before = this.#told;
    const uris = [...this.#watched.values()];
    this.#told = new Map(uris.map((uri) => [uri.toString(), this.#store.get(uri.query)?.notes ?? '']));
    const changed = uris.filter((uri) => before.get(uri.toString()) !== this.#told.get(uri.toString()));
    if (changed.length > 0)
      this.#changed.fire(changed.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}
