/**
 * Where the hyper-parameters of somebody else's program can be read: its arguments, what it logged as parameters, and
 * what SupContrast prints. Each source answers by the names that programs use for one thing.
 */

/** A hyper-parameter as loggers record it. */
export type ParameterValue = string | number | boolean | null;

/** Values by name; names are lower case with single underscores, without the path before them. */
export type Named = ReadonlyMap<string, string>;

/** The names that programs use, in the order of belief. */
export const NAMES = {
  batchSize: ['batch_size', 'batchsize', 'train_batch_size', 'bs', 'b'],
  views: ['n_views', 'num_views', 'nviews', 'views'],
  temperature: ['temperature', 'temp', 'tau'],
  baseTemperature: ['base_temperature', 'base_temp'],
  classes: ['num_classes', 'n_classes', 'n_cls', 'nclasses', 'classes'],
  dataset: ['dataset', 'data_set', 'dataset_name'],
  loss: ['loss', 'loss_name', 'loss_fn', 'criterion', 'objective', 'method'],
  processes: ['nproc_per_node', 'world_size', 'num_processes'],
} as const;

/**
 * `--batch-size 64`, `--batch-size=64`, `-b 64`, and Hydra's `optim.batch_size=64`. The last one wins, as it does for
 * argument parsers.
 */
export function namedArguments(words: readonly string[]): Named {
  const named = new Map<string, string>();
  words.forEach((word, place) => {
    const assigned = /^(?:-{1,2}|\+{0,2})([A-Za-z][\w.-]*)=(.*)$/s.exec(word);
    const flag = /^-{1,2}([A-Za-z][\w.-]*)$/.exec(word);
    if (assigned !== null) named.set(plainName(assigned[1]), assigned[2]);
    else if (flag !== null && place + 1 < words.length) named.set(plainName(flag[1]), words[place + 1]);
  });
  return named;
}

/** Logged parameters by the last part of their dotted path. */
export function namedParameters(parameters: Readonly<Record<string, ParameterValue>>): Named {
  const entries = Object.entries(parameters).filter(([, value]) => value !== null);
  return new Map(entries.map(([name, value]) => [plainName(name), String(value)]));
}

/**
 * Whether lines are those of SupContrast's contrastive stage, `Train: [1][10/195] BT 0.433 (0.511) DT 0.008 (0.034)
 * loss 8.909 (9.135)`, tabs between; its classifiers print an accuracy behind the loss.
 */
export function isSupContrast(lines: readonly string[]): boolean {
  return lines.some((line) => SUPCONTRAST_LINE.test(line));
}

const SUPCONTRAST_LINE =
  /^Train: \[\d+\]\[\d+\/\d+\]\s+BT [\d.]+ \([\d.]+\)\s+DT [\d.]+ \([\d.]+\)\s+loss (nan|[\d.]+) \((nan|[\d.]+)\)\s*$/;

function plainName(name: string): string {
  return (name.split(/[./]/).at(-1) ?? name).toLowerCase().replace(/[-_]+/g, '_');
}
