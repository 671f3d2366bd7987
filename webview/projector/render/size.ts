/** Follows the size of an element and the pixels of the screen it is on, which change when a window moves or zooms. */
import type { CanvasSize } from './scene';

/** Calls back now and after each change of size or pixel ratio, until the returned function is called. */
export function watchSize(target: HTMLElement, onSize: (size: CanvasSize) => void): () => void {
  let told = '';
  const tell = () => {
    const size = { width: target.clientWidth, height: target.clientHeight, ratio: devicePixelRatio };
    const now = Object.values(size).join(' ');
    if (now === told || size.width === 0 || size.height === 0) return;
    told = now;
    onSize(size);
  };
  const observer = new ResizeObserver(tell);
  observer.observe(target);
  const stop = watchRatio(tell);
  addEventListener('resize', tell);
  tell();
  return () => {
    observer.disconnect();
    stop();
    removeEventListener('resize', tell);
  };
}

/** A media query holds for one ratio alone, so each change asks the next. */
function watchRatio(onChange: () => void): () => void {
  let query: MediaQueryList | undefined;
  const listen = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', changed, { once: true });
  };
  const changed = () => {
    listen();
    onChange();
  };
  listen();
  return () => query?.removeEventListener('change', changed);
}
