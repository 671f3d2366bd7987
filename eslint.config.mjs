/**
 * One lint configuration. Beside typescript-eslint's strict rules it holds the fences of ARCHITECTURE.md:
 * which folder may import which, so that an arrow drawn the wrong way fails before review.
 */
import tseslint from 'typescript-eslint';

const PACKAGES_BY_FOLDER = {
  'src/domain': [
    'valibot',
    '@valibot/to-json-schema',
    '@vscode/l10n',
    'csv-stringify/browser/esm/sync',
    'diff',
    'fastest-levenshtein',
    'jstat',
    'markdown-table',
  ],
  'src/formats': [
    'protobufjs/minimal',
    'csv-parse/sync',
    'env-paths',
    'es-module-lexer',
    'hyparquet',
    'sharp',
    'tar-stream',
    'yaml',
    'yauzl',
    'node:',
  ],
  'src/engine': [
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-backend-cpu',
    'onnxruntime-node',
    'protobufjs/minimal',
    'env-paths',
    'yauzl',
    'node:',
  ],
  'src/projection': [],
  'src/protocol': ['valibot'],
  'src/trainer': ['@tensorflow/tfjs-core', 'node:'],
  'src/runs': ['valibot', 'jsonc-parser', 'env-paths', 'node:'],
  'src/cli': ['commander', 'cli-table3', 'jsonc-parser', 'node:'],
  'src/extension': ['vscode', '@vscode/l10n', 'jsonc-parser', 'node:'],
  webview: ['uplot', '@tanstack/virtual-core', '@vscode/l10n', '@vscode/webview-ui-toolkit'],
};

const FOLDERS_BY_FOLDER = {
  'src/domain': [],
  'src/formats': ['domain'],
  'src/engine': ['domain'],
  'src/projection': ['domain'],
  'src/protocol': ['domain'],
  'src/trainer': ['domain', 'formats', 'engine', 'protocol'],
  'src/runs': ['domain', 'formats', 'projection', 'protocol'],
  'src/cli': ['domain', 'formats', 'engine', 'projection', 'protocol', 'trainer', 'runs'],
  'src/extension': ['domain', 'formats', 'protocol', 'runs'],
  webview: ['domain', 'protocol'],
};

const ALL_FOLDERS = [
  'domain',
  'formats',
  'engine',
  'projection',
  'protocol',
  'trainer',
  'runs',
  'cli',
  'extension',
];

/** Functions whose results ECMAScript leaves to the implementation, and that Node 20 and 24 may round differently. */
const INEXACT = ['pow', 'cbrt', 'hypot'];

/** The lint block that keeps one folder's imports inside its fence. */
function fence(folder) {
  const allowed = FOLDERS_BY_FOLDER[folder];
  const own = folder.replace('src/', '');
  const forbidden = ALL_FOLDERS.filter((name) => name !== own && !allowed.includes(name));
  const packages = PACKAGES_BY_FOLDER[folder].map((name) =>
    name.endsWith(':') ? `${name}.*` : `${name}(/.*)?$`,
  );
  return {
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(src/)?(${forbidden.join('|')})(/|$)`,
              message: `${folder} may not import from there: see ARCHITECTURE.md.`,
            },
            {
              regex: `^(?!\\.{1,2}/)(?!(${packages.join('|') || '\\b\\B'}))`,
              message: `${folder} may import only ${PACKAGES_BY_FOLDER[folder].join(', ') || 'its own files'}.`,
            },
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', '.supcon/**', '.cache/**'] },
  ...tseslint.configs.strictTypeChecked.map((block) => ({ ...block, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': 'error',
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    files: ['src/projection/**/*.ts'],
    rules: {
      // The last digits of these differ between versions of the JavaScript engine, and a map must not.
      'no-restricted-properties': [
        'error',
        ...INEXACT.map((property) => ({
          object: 'Math',
          property,
          message: 'Engine versions differ in its last digits.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'BinaryExpression[operator="**"]',
          message: 'Engine versions differ in its last digits.',
        },
      ],
    },
  },
  ...Object.keys(PACKAGES_BY_FOLDER).map(fence),
);
