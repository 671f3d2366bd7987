/**
 * Files for TensorBoard's embedding projector: a configuration in protobuf's text form that names, for each
 * embedding, a tensor file of raw little-endian float32 and a tab-separated table with one row per point.
 * All paths are relative to the folder of the configuration and stay inside it.
 */

/** The file name under which TensorBoard looks for the configuration. */
export const PROJECTOR_CONFIG_FILE = 'projector_config.pbtxt';

/** One embedding of the configuration. */
export interface ProjectorEmbedding {
  readonly tensorName: string;
  /** Raw float32 file, relative. */
  readonly tensorPath: string;
  /** Rows and columns of the tensor. */
  readonly shape: readonly [number, number];
  /** Table made by `encodeProjectorMetadata`, relative. */
  readonly metadataPath?: string;
  /** One image with the pictures of all rows, row by row, relative. */
  readonly sprite?: ProjectorSprite;
}

/** A sprite as the configuration names it. */
export interface ProjectorSprite {
  readonly imagePath: string;
  /** Of one picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The text of the configuration. Throws RangeError if a path is absolute or leaves the folder. */
export function encodeProjectorConfig(embeddings: readonly ProjectorEmbedding[]): string {
  return embeddings.map(encodeEmbedding).join('');
}

/**
 * The text of a metadata table. By TensorBoard's rule the first row is a header exactly if there are two or
 * more columns; tabs and line breaks inside a cell become spaces. Throws RangeError if columns differ in length.
 */
export function encodeProjectorMetadata(
  columns: Readonly<Record<string, readonly (string | number)[]>>,
): string {
  const names = Object.keys(columns);
  const cells = Object.values(columns);
  if (cells.length === 0 || cells.some((column) => column.length !== cells[0].length)) {
    throw new RangeError('Projector metadata needs columns of equal length');
  }
  const rows = cells[0].map((_, row) => cells.map((column) => column[row]));
  return (names.length > 1 ? [names, ...rows] : rows).map(encodeRow).join('');
}

/** Little-endian float32 bytes of a row-major tensor, as `tensorPath` names them. */
export function encodeProjectorTensor(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * Float32Array.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(i * Float32Array.BYTES_PER_ELEMENT, value, true));
  return bytes;
}

function encodeEmbedding(embedding: ProjectorEmbedding): string {
  const { tensorName, tensorPath, shape, metadataPath, sprite } = embedding;
  const lines = [
    `tensor_name: ${quote(tensorName)}`,
    ...shape.map((size) => `tensor_shape: ${size}`),
    `tensor_path: ${quote(relativePath(tensorPath))}`,
    ...(metadataPath === undefined ? [] : [`metadata_path: ${quote(relativePath(metadataPath))}`]),
    ...(sprite === undefined ? [] : encodeSprite(sprite)),
  ];
  return `embeddings {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function encodeSprite({ imagePath, width, height }: ProjectorSprite): string[] {
  return [
    'sprite {',
    `  image_path: ${quote(relativePath(imagePath))}`,
    ...[width, height].map((size) => `  single_image_dim: ${size}`),
    '}',
  ];
}

/** TensorBoard reads forward slashes on every system. */
function relativePath(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  if (path === '' || parts[0] === '' || /^[A-Za-z]:/.test(path) || parts.includes('..')) {
    throw new RangeError(`A projector path must be relative and stay inside its folder, not ${path}`);
  }
  return parts.join('/');
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}

function encodeRow(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => String(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')}\n`;
}
