/** Compiling, and the few uniforms of the one program. */
import { FRAGMENT, VERTEX } from './shaders';

/** Places of the vertex attributes. */
export const ATTRIBUTE = { start: 0, end: 1, colour: 2, look: 3 } as const;

const UNIFORMS = [
  'mixed',
  'right',
  'down',
  'divisor',
  'viewport',
  'shift',
  'ratio',
  'styles',
  'palette',
  'colours',
  'ringColour',
] as const;
export type UniformName = (typeof UNIFORMS)[number];

/** The linked program and its uniforms. */
export interface PointProgram {
  readonly program: WebGLProgram;
  readonly at: Readonly<Record<UniformName, WebGLUniformLocation | null>>;
}

/** Throws with the driver's words where it cannot compile or link. */
export function createPointProgram(gl: WebGL2RenderingContext): PointProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, VERTEX));
  gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, FRAGMENT));
  for (const [name, place] of Object.entries(ATTRIBUTE)) gl.bindAttribLocation(program, place, name);
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? 'the program was not linked');
  const places = UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)] as const);
  return { program, at: Object.fromEntries(places) as PointProgram['at'] };
}

function compiled(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind);
  if (!shader) throw new Error('the context is lost');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true)
    throw new Error(gl.getShaderInfoLog(shader) ?? 'a shader was not compiled');
  return shader;
}
