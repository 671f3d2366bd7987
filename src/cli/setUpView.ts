/** What set-up shows: a list and a line of progress for people, or one JSON object a line for programs. */
import { formatBytes, formatPercent } from '../domain/display/format';
import type { SetUpMessage, SetUpPlan, SetUpProgress } from '../protocol/setUp';

/** Where the output goes. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface SetUpView {
  plan(plan: SetUpPlan): void;
  progress(progress: Omit<SetUpProgress, 'type'>): void;
  done(message: string): void;
  /** A sentence for people. */
  failed(message: string): void;
}

const CLEAR_LINE = '\r\u001b[2K';
/** Share of the download between two lines where the output is no screen. */
const LINE_EVERY = 0.1;

/** One JSON object a line (src/protocol/setUp.ts). */
export function setUpJsonView(output: Output): SetUpView {
  const print = (message: SetUpMessage) => output.write(`${JSON.stringify(message)}\n`);
  return {
    plan: (plan) => print(plan),
    progress: (progress) => print({ type: 'progress', ...progress }),
    done: (message) => print({ type: 'done', message }),
    failed: (message) => print({ type: 'failed', message }),
  };
}

/** Text: the list of files, then a line that moves on a screen and lines that follow each other elsewhere. */
export function setUpTextView(output: Output, errors: Output): SetUpView {
  let said = '';
  const show = (line: string, isStep: boolean) => {
    if (output.isTTY === true) output.write(CLEAR_LINE + line);
    else if (isStep) output.write(`${line}\n`);
  };
  return {
    plan: (plan) => output.write(`${describePlan(plan)}\n`),
    progress(progress) {
      const mark = milestone(progress);
      show(describeProgress(progress), mark !== said);
      said = mark;
    },
    done: (message) => output.write(`${output.isTTY === true ? CLEAR_LINE : ''}${message}\n`),
    failed: (message) => errors.write(`${errors.isTTY === true ? CLEAR_LINE : ''}${message}\n`),
  };
}

/** Every file with its size, and where it all goes. */
export function describePlan({
  variant,
  version,
  folder,
  files,
  downloadBytes,
  diskBytes,
}: SetUpPlan): string {
  const rows = files.map(
    ({ name, bytes, present }) =>
      `  ${formatBytes(bytes).padStart(8)}  ${name}${present ? '  (is here already)' : ''}`,
  );
  return [
    `TensorFlow ${version} for ${variant === 'gpu' ? 'NVIDIA graphics cards' : 'the processor'}, fetched with your own pip:`,
    ...rows,
    `${formatBytes(downloadBytes)} to download, into ${folder}; about ${formatBytes(diskBytes)} of free disk are needed on the way.`,
  ].join('\n');
}

/** One line for people. */
export function describeProgress({
  step,
  file,
  receivedBytes,
  totalBytes,
}: Omit<SetUpProgress, 'type'>): string {
  if (step === 'unpack') return `Unpacking ${file ?? ''}`;
  if (step === 'build') return 'Putting the add-on in place';
  if (step === 'test') return 'Testing the library in a process of its own';
  const share = formatPercent((receivedBytes ?? 0) / (totalBytes ?? 1));
  return `Downloading ${share} of ${formatBytes(totalBytes ?? 0)}: ${file ?? ''}`;
}

/** What changes when there is news for a log. */
function milestone({
  step,
  file = '',
  receivedBytes = 0,
  totalBytes = 1,
}: Omit<SetUpProgress, 'type'>): string {
  return `${step} ${file} ${Math.floor(receivedBytes / totalBytes / LINE_EVERY)}`;
}
