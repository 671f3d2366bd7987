/**
 * The programs of the graphics card. A vertex is a point: its two places are mixed, put through the forms of the
 * projection and given a size in the same steps as src/domain/maps/splat has it; a fragment is covered by the disc and,
 * below it, by the ring. Colours leave premultiplied by their opacity.
 */

export const VERTEX = `#version 300 es
precision highp float;
precision highp int;
in vec3 start;
in vec3 end;
in uint colour;
in uint look;
uniform float mixed;
uniform vec4 right;
uniform vec4 down;
uniform vec4 divisor;
uniform vec2 viewport;
uniform vec2 shift;
uniform float ratio;
uniform vec3 styles[4];
uniform sampler2D palette;
uniform int colours;
flat out vec3 tint;
flat out float alpha;
flat out float radius;
flat out float outer;
void main() {
  vec4 place = vec4(mix(start, end, mixed), 1.0);
  float size = 1.0 / max(0.5, dot(divisor, place));
  vec2 pixel = vec2(dot(right, place), dot(down, place)) * size * ratio + shift;
  vec3 style = styles[look];
  radius = floor(floor(style.x * 4.0 + 0.5) * size + 0.5) / 4.0;
  outer = radius + style.z;
  alpha = style.y;
  tint = texelFetch(palette, ivec2(int(colour) % colours, 0), 0).rgb;
  bool isDrawn = look > 0u && abs(place.x) < 1e20;
  gl_PointSize = 2.0 * ceil(outer + 0.5) + 1.0;
  gl_Position = isDrawn
    ? vec4(pixel.x * 2.0 / viewport.x, -pixel.y * 2.0 / viewport.y, 0.0, 1.0)
    : vec4(2.0, 2.0, 2.0, 1.0);
}`;

export const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 ringColour;
flat in vec3 tint;
flat in float alpha;
flat in float radius;
flat in float outer;
out vec4 result;
void main() {
  float width = 2.0 * ceil(outer + 0.5) + 1.0;
  float away = length((gl_PointCoord - 0.5) * width);
  float disc = alpha * clamp(radius + 0.5 - away, 0.0, 1.0);
  float ring = outer > radius ? alpha * clamp(outer + 0.5 - away, 0.0, 1.0) * (1.0 - disc) : 0.0;
  if (disc + ring <= 0.0) discard;
  result = vec4(tint * disc + ringColour * ring, disc + ring);
}`;
