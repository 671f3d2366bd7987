/**
 * Whether WebGL2 is worth using. Chromium gives a context that is computed by the processor without saying so, slower
 * than our own splat, so the name of what draws decides. The probe uses a canvas of its own, because a canvas that has
 * given one kind of context never gives another.
 */
import * as l10n from '@vscode/l10n';
import type { RendererKind } from './scene';

/** What a probe found, as a sentence for the screen. */
export interface Probe {
  readonly kind: RendererKind;
  readonly reason: string;
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|swrast|warp\b/i;

/** Chooses the renderer of this page. */
export function probeRenderer(): Probe {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return { kind: 'cpu', reason: l10n.t('WebGL2 is not available here') };
  const name = rendererName(context);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return probeOf(name);
}

/** What follows from the name of a WebGL2 renderer. */
export function probeOf(name: string): Probe {
  return isSoftware(name)
    ? { kind: 'cpu', reason: l10n.t('WebGL2 is emulated in software here ({0})', softwareIn(name)) }
    : { kind: 'webgl2', reason: shortName(name) };
}

/** The word that gave it away: the whole name is long and says nothing more. */
function softwareIn(name: string): string {
  return SOFTWARE.exec(name)?.[0] ?? name;
}

/** True for renderers that run on the processor. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name);
}

function rendererName(context: WebGL2RenderingContext): string {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  return typeof name === 'string' ? name : '';
}

const LONGEST_NAME = 60;

/** Chromium wraps the name: `ANGLE (Vendor, Name, Driver)`. */
function shortName(name: string): string {
  const inner = /^ANGLE \([^,]*, (.+?)(?:, [^,]*)?\)$/.exec(name)?.[1] ?? name;
  const known = inner === '' ? l10n.t('unnamed graphics card') : inner;
  return known.length > LONGEST_NAME ? `${known.slice(0, LONGEST_NAME - 1)}…` : known;
}
