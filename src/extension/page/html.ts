/**
 * The HTML of a page: a frame without content, under a policy that allows our own script, our own styles
 * and nothing else. Pure text, so that browser tests load the very same page.
 */

import { WORDS_ID } from '../../protocol/pages/words';

/** Where a page's files are and how it is shown. */
export interface PageFiles {
  /** What the policy calls the webview's own origin. */
  readonly cspSource: string;
  /** Random per page; 128 bits or more. */
  readonly nonce: string;
  readonly title: string;
  readonly script: string;
  readonly styles: readonly string[];
  readonly size: PageSize;
  /** What the editor speaks, as BCP 47 names it, and its words for ours; English where left out. */
  readonly language?: PageLanguage;
}

/** A language, and the sentences of ours that are known in it, by the English ones. */
export interface PageLanguage {
  readonly tag: string;
  readonly words: Readonly<Record<string, string>>;
}

/** In the side bar, or in the editor area. */
export type PageSize = 'narrow' | 'wide';

/** The page. */
export function pageHtml(files: PageFiles): string {
  const links = files.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`);
  return `<!DOCTYPE html>
<html lang="${escapeHtml(files.language?.tag ?? 'en')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentPolicy(files))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${escapeHtml(files.nonce)}">
${links.join('\n')}
<title>${escapeHtml(files.title)}</title>
</head>
<body data-size="${files.size}">
<main id="page"></main>
${wordsBlock(files.language)}
<script nonce="${escapeHtml(files.nonce)}" src="${escapeHtml(files.script)}"></script>
</body>
</html>`;
}

/** Data, which no browser runs, so the policy need not allow it; webview/localise.ts reads it. */
function wordsBlock(language: PageLanguage | undefined): string {
  if (language === undefined) return '';
  const json = JSON.stringify(language.words).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="${WORDS_ID}">${json}</script>`;
}

/** The controls add one style element, which carries the nonce; everything else comes from files. */
function contentPolicy({ cspSource, nonce }: PageFiles): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
  ].join('; ');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
