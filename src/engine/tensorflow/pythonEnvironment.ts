/**
 * TensorFlow in the user's own Python environment: the environment is asked where its package lies, without
 * importing it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LIBRARIES } from './arrangement';
import { programsOnPath } from './programs';
import { isInsideProject } from './projectFolder';

/** TensorFlow's package in a Python environment. */
export interface PythonPackage {
  /** The folder `tensorflow` of its site-packages. */
  readonly folder: string;
  readonly version: string;
}

const QUESTION_TIMEOUT_MS = 10_000;
const LONGEST_ANSWER_BYTES = 64 * 1024;

/** Prints [folder, version] as JSON. The current folder is not searched for modules. */
const QUESTION = `
import sys
sys.path[:] = [p for p in sys.path if p not in ("", ".")]
import importlib.metadata, importlib.util, json
spec = importlib.util.find_spec("tensorflow")
places = list(spec.submodule_search_locations or []) if spec else []
version = ""
for name in ("tensorflow", "tensorflow-cpu", "tensorflow_cpu"):
    try:
        version = importlib.metadata.version(name)
        break
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps([places[0] if places else "", version]))
`;

/** The first environment that has TensorFlow's library: the active one, conda's, then python3 on PATH. Linux only. */
export function findInPython(environment = process.env): PythonPackage | undefined {
  if (process.platform !== 'linux') return undefined;
  const active = [environment['VIRTUAL_ENV'], environment['CONDA_PREFIX']].flatMap((folder) =>
    folder === undefined || folder === '' ? [] : [join(folder, 'bin', 'python3')],
  );
  const onPath = programsOnPath('python3', environment['PATH'] ?? '');
  const programs = [...new Set([...active, ...onPath])].filter(
    (program) => existsSync(program) && !isInsideProject(dirname(program)),
  );
  // The active environments, and the one python3 that a terminal would run.
  for (const program of programs.slice(0, active.length + 1)) {
    const found = ask(program, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ask(program: string, environment: NodeJS.ProcessEnv): PythonPackage | undefined {
  const answer = spawnSync(program, ['-c', QUESTION], {
    cwd: dirname(program),
    env: environment,
    timeout: QUESTION_TIMEOUT_MS,
    maxBuffer: LONGEST_ANSWER_BYTES,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const found = parseAnswer(answer.stdout);
  return found !== undefined && isUsable(found.folder) ? found : undefined;
}

function parseAnswer(text: string | null): PythonPackage | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!Array.isArray(value)) return undefined;
    const [folder, version] = value as unknown[];
    return typeof folder === 'string' && typeof version === 'string' ? { folder, version } : undefined;
  } catch {
    return undefined;
  }
}

function isUsable(folder: string): boolean {
  if (folder === '' || isInsideProject(folder)) return false;
  return LIBRARIES.every((name) => existsSync(join(folder, name)));
}
