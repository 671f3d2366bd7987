/**
 * A language in which every letter of a translated sentence is another one, so that what is left of plain letters on a page was
 * either never translated or is data (names of runs, tags, numbers).
 */
import { readFileSync } from 'node:fs';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import type { Page } from 'playwright-core';
import type { PageLanguage } from '../../src/extension/page/html';
import { STRINGS_FILE } from '../../src/setup/strings.mjs';

type Bundle = Parameters<typeof getL10nPseudoLocalized>[0];

/** The language, for a page to be opened in. */
export function madeUpLanguage(): PageLanguage {
  const bundle = JSON.parse(readFileSync(STRINGS_FILE, 'utf8')) as Bundle;
  const entries = Object.entries(getL10nPseudoLocalized(bundle));
  const words = entries.map(([key, word]) => [key, typeof word === 'string' ? word : word.message] as const);
  return { tag: 'qps-ploc', words: Object.fromEntries(words) };
}

/**
 * Sentences on the page, seen or told by assistive technology, that hold a plain word of two letters or more which is not
 * among the data that a test names. `data` is matched against the sentence and what it matches is taken out.
 */
export async function plainSentences(page: Page, data: readonly (string | RegExp)[] = []): Promise<string[]> {
  const sentences = await page.evaluate(sentencesOfPage);
  return [...new Set(sentences)].filter((sentence) => /[A-Za-z]{2,}/.test(without(data, sentence)));
}

function without(data: readonly (string | RegExp)[], sentence: string): string {
  // Between any two letters stands an empty string.
  return data
    .filter((part) => part !== '')
    .reduce<string>((rest, part) => rest.replaceAll(everywhere(part), ' '), sentence);
}

function everywhere(part: string | RegExp): string | RegExp {
  return typeof part === 'string' || part.global ? part : new RegExp(part.source, `${part.flags}g`);
}

// Runs inside the page: it may use nothing from this module.
function sentencesOfPage(): string[] {
  const told = [
    'aria-label',
    'aria-description',
    'aria-valuetext',
    'aria-roledescription',
    'title',
    'alt',
    'placeholder',
  ];
  const sentences: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) sentences.push(...told.map((name) => node.getAttribute(name) ?? ''));
    else if (!/^(SCRIPT|STYLE)$/.test(node.parentElement?.tagName ?? ''))
      sentences.push(node.textContent ?? '');
  }
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
