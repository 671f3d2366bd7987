/** Puts a page into a webview. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageSize } from './html';
import { pageHtml } from './html';
import type { PageName } from './pages';
import { PAGES, scriptOf } from './pages';

const NONCE_BYTES = 18;

/** Which page goes where. */
export interface Placement {
  readonly page: PageName;
  readonly size: PageSize;
  readonly extensionUri: vscode.Uri;
}

/** Loads a page, which then says boot. Subscribe to its messages first. */
export function loadPage(webview: vscode.Webview, { page, size, extensionUri }: Placement): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const uri = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, path)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(NONCE_BYTES).toString('base64'),
    title: PAGES[page].title,
    script: uri(scriptOf(page)),
    styles: PAGES[page].styles.map(uri),
    size,
    ...(vscode.l10n.bundle !== undefined && {
      language: { tag: vscode.env.language, words: vscode.l10n.bundle },
    }),
  });
}
