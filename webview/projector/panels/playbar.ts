/** The epochs: play, step, scrub, speed; ticks show which maps are there already. */
import * as l10n from '@vscode/l10n';
import { element, setAttribute, setText, showIf } from '../../dom';
import { createPicker } from '../../picker';
import { readyIn } from '../map/player';
import { paused, played, SPEEDS, stepped } from '../state/playback';
import type { Store } from '../state/store';
import { iconButton, toggleButton } from './controls';

/** Creates the bar; it is there when there is more than one epoch, or a run that may write more. */
export function createPlaybar(store: Store): HTMLElement {
  const step = (by: number) => () =>
    store.look({ playback: stepped(store.view.playback, by), isFollowing: false });
  const play = iconButton(l10n.t('Play'), 'play', () => {
    const { playback } = store.view;
    store.look({ playback: playback.isPlaying ? paused(playback) : played(playback), isFollowing: false });
  });
  const speed = createPicker(l10n.t('speed'), (value) => store.arrange({ speed: Number(value) }));
  const follow = toggleButton(
    l10n.t('Follow newest'),
    l10n.t('Show each new epoch of the run as it comes'),
    () => store.look({ isFollowing: !store.view.isFollowing }),
  );
  const shown = element('output', { class: 'number epoch-words' });
  const ready = element('output', { class: 'number quiet maps-ready' });
  const scrubber = createScrubber(store);
  const attributes = { role: 'toolbar', 'aria-label': l10n.t('Epochs') };
  const root = element('div', { class: 'playbar', attributes }, [
    iconButton(l10n.t('Previous epoch'), 'chevron-left', step(-1)),
    play,
    iconButton(l10n.t('Next epoch'), 'chevron-right', step(1)),
    scrubber,
    shown,
    ready,
    speed.element,
    follow,
  ]);
  store.onChange(() => {
    const { playback, isFollowing } = store.view;
    const isLive = isAnyLive(store);
    showIf(root, store.model.phase === 'opened' && (playback.epochs.length > 1 || isLive));
    setButton(play, playback.isPlaying);
    setText(shown, epochWords(store));
    setText(ready, readyWords(store));
    showIf(ready, ready.textContent !== '');
    speed.fill(
      SPEEDS.map((value) => [String(value), `${value}×`] as const),
      String(store.layout.speed),
    );
    showIf(follow, isLive);
    setAttribute(follow, 'aria-pressed', String(isFollowing));
  });
  return root;
}

function setButton(play: HTMLElement, isPlaying: boolean): void {
  const label = isPlaying ? l10n.t('Pause') : l10n.t('Play');
  const name = `icon-button codicon codicon-${isPlaying ? 'debug-pause' : 'play'}`;
  if (play.className !== name) play.className = name;
  setAttribute(play, 'aria-label', label);
  play.title = label;
}

function createScrubber(store: Store): HTMLElement {
  const slider = element('input', {
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': l10n.t('Epoch') },
  });
  slider.addEventListener('input', () => {
    const by = Number(slider.value) - store.view.playback.at;
    store.look({ playback: stepped(paused(store.view.playback), by), isFollowing: false });
  });
  const ticks = element('div', { class: 'ticks', attributes: { 'aria-hidden': 'true' } });
  let drawn = '';
  store.onChange(() => {
    const { epochs, at } = store.view.playback;
    setAttribute(slider, 'max', String(Math.max(0, epochs.length - 1)));
    if (Number(slider.value) !== at) slider.value = String(at);
    setAttribute(slider, 'aria-valuetext', epochWords(store));
    const ready = epochs.map(readyIn(store));
    const shape = ready.join();
    if (shape === drawn) return;
    drawn = shape;
    ticks.replaceChildren(
      ...ready.map((isReady) => element('span', { class: isReady ? 'tick is-ready' : 'tick' })),
    );
  });
  return element('div', { class: 'scrubber' }, [slider, ticks]);
}

/** For example `epoch 12, last 20`; with two runs that differ, the epochs of both. */
function epochWords(store: Store): string {
  const { playback } = store.view;
  const { left, right } = store.epochs;
  const last = playback.epochs.at(-1) ?? 0;
  if (right === null || right === left) return l10n.t('epoch {0}, last {1}', left, last);
  return l10n.t('epochs {0} and {1}, last {2}', left, right, last);
}

/** How many maps there are to play; empty once all are here. */
function readyWords(store: Store): string {
  const { epochs, isPlaying, isWaiting } = store.view.playback;
  const ready = isPlaying ? epochs.filter(readyIn(store)).length : epochs.length;
  if (ready === epochs.length) return '';
  return isWaiting
    ? l10n.t('waits for the next map, {0} of {1} ready', ready, epochs.length)
    : l10n.t('{0} of {1} maps ready', ready, epochs.length);
}

function isAnyLive({ model }: Store): boolean {
  return (model.panes?.left.source.isLive ?? false) || (model.panes?.right?.source.isLive ?? false);
}
