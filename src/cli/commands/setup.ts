/** `supcon setup tensorflow`: fetches TensorFlow's library for this machine, says first what and how much, or removes it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatBytes } from '../../domain/display/format';
import { EXIT_CODE, HumanError, toError } from '../../domain/errors';
import { requireMachine } from '../../engine/tensorflow/install/machine';
import type { Plan } from '../../engine/tensorflow/install/plan';
import { makePlan, requireSpace } from '../../engine/tensorflow/install/plan';
import { removeEmptyParents, removeTensorflow } from '../../engine/tensorflow/install/remove';
import { setUpTensorflow } from '../../engine/tensorflow/install/setUp';
import type { MachineFolders } from '../../engine/tensorflow/machineFolders';
import { tryLock } from '../../runs/lock';
import type { SetUpView } from '../setUpView';
import { setUpJsonView, setUpTextView } from '../setUpView';
import type { SetUpWorld } from '../setUpWorld';
import { thisWorld } from '../setUpWorld';

export interface SetUpCommandOptions {
  readonly gpu?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  /** Only say what would be done. */
  readonly plan?: boolean;
  readonly remove?: boolean;
}

const CANCELLED = 'Cancelled: what has arrived is kept for the next time, and nothing else has changed.';

/** Sets up or removes TensorFlow on this machine; the exit code. Ctrl+C cancels. */
export async function setUp(options: SetUpCommandOptions): Promise<number> {
  const cancel = new AbortController();
  const stop = () => cancel.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await setUpIn(thisWorld(cancel.signal), options);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** As setUp, in a given world. */
export async function setUpIn(world: SetUpWorld, options: SetUpCommandOptions): Promise<number> {
  const { output, errors, signal } = world;
  const view = options.json === true ? setUpJsonView(output) : setUpTextView(output, errors);
  try {
    if (options.remove === true) await remove(world, view);
    else await planAndSetUp(world, view, options);
    return EXIT_CODE.completed;
  } catch (thrown) {
    if (!signal.aborted && !(thrown instanceof HumanError)) throw thrown;
    view.failed(signal.aborted ? CANCELLED : toError(thrown).message);
    return signal.aborted ? EXIT_CODE.stopped : EXIT_CODE.badInput;
  }
}

async function planAndSetUp(world: SetUpWorld, view: SetUpView, options: SetUpCommandOptions): Promise<void> {
  const variant = options.gpu === true ? 'gpu' : 'cpu';
  const wheels = world.wheels(variant);
  const plan = makePlan(variant, wheels, world.folders);
  if (plan.installed) {
    sayInstalled(plan, view, options);
    return;
  }
  requireMachine(variant, world.machine());
  const addon = world.addon();
  const python = await world.python();
  await requireSpace(plan);
  view.plan({ type: 'plan', ...plan, files: [...plan.files] });
  if (options.plan === true) return;
  if (options.yes !== true && !(await confirm(world, plan))) {
    view.done('Nothing was changed.');
    return;
  }
  const { folders, selfTest, signal } = world;
  const onProgress = view.progress.bind(view);
  await locked(folders, () =>
    setUpTensorflow({ variant, wheels, folders, python, addon, selfTest, signal, onProgress }),
  );
  view.done(`TensorFlow ${plan.version} is set up in ${plan.folder}: runs can use the engine "tensorflow".`);
}

/** For people one line is enough. */
function sayInstalled(plan: Plan, view: SetUpView, { json, plan: planOnly }: SetUpCommandOptions): void {
  if (json === true) view.plan({ type: 'plan', ...plan, files: [...plan.files] });
  if (json === true && planOnly === true) return;
  view.done(`TensorFlow ${plan.version} (${plan.variant}) is already set up in ${plan.folder}.`);
}

async function confirm({ ask, signal }: SetUpWorld, { downloadBytes }: Plan): Promise<boolean> {
  if (ask === undefined)
    throw new HumanError(
      `Set-up would download ${formatBytes(downloadBytes)} and nobody can be asked here: agree with --yes.`,
    );
  return /^y(es)?$/i.test((await ask('Go on? [y/N] ', signal)).trim());
}

async function remove({ folders }: SetUpWorld, view: SetUpView): Promise<void> {
  const wasThere = await locked(folders, () => removeTensorflow(folders));
  await removeEmptyParents(folders);
  view.done(
    wasThere
      ? 'TensorFlow is removed from this machine: runs use the engine "onnx".'
      : 'There is no TensorFlow that set-up made: nothing was removed.',
  );
}

async function locked<T>(folders: MachineFolders, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(folders.lock), { recursive: true, mode: 0o700 });
  const lock = await tryLock(folders.lock);
  if (lock === undefined)
    throw new HumanError(
      'TensorFlow is being set up by another process: wait until it has ended, then try again.',
    );
  return action().finally(() => lock.release());
}
