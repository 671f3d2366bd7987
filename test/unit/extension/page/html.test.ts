import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../../../src/extension/page/html';

const FILES = {
  cspSource: 'https://host',
  nonce: 'abc',
  title: 'A <page>',
  script: 'https://host/a.js?x=1&y="2"',
  styles: ['https://host/a.css'],
  size: 'narrow',
} as const;

describe('pageHtml', () => {
  it('allows our script and styles alone', () => {
    const html = pageHtml(FILES);
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-abc'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toContain('style=');
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('escapes what it is given', () => {
    expect(pageHtml(FILES)).toContain('src="https://host/a.js?x=1&amp;y=&quot;2&quot;"');
    expect(pageHtml(FILES)).toContain('<title>A &lt;page></title>');
  });

  it('carries the words of another language as data that no text of theirs can leave', () => {
    const words = { Stop: '</script><script>alert(1)</script>' };
    const html = pageHtml({ ...FILES, language: { tag: 'de', words } });
    const [, json = ''] = /<script type="application\/json" id="words">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual(words);
    expect(html).toContain('<html lang="de">');
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});
