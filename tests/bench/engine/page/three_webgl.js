// three.js with WebGL2, at its best: one instanced draw of everyone, posed in the vertex shader from a table of baked poses. For a
// frame the script writes four numbers a figure.

import * as THREE from 'three';

import { Queue } from './queue.js';
import { camera, colours, geometry, look, poses, put, surroundings } from './looks.js';

const POSED = `
attribute uvec4 part;
attribute uint mask;
attribute uint worn;
attribute vec4 place;
attribute float tall;
uniform sampler2D poses;
uniform sampler2D colours;
varying vec3 vSlot;
mat3 turned() {
  float c = cos(place.z), s = sin(place.z);
  return mat3(c, 0.0, s, 0.0, 1.0, 0.0, -s, 0.0, c);
}
`;

// What is not worn is one point outside the picture.
const BEGIN = `
if ((mask & worn) == 0u) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
ivec2 row = ivec2(int(part.x) * 3, int(place.w));
vec4 boneX = texelFetch(poses, row, 0);
vec4 boneY = texelFetch(poses, row + ivec2(1, 0), 0);
vec4 boneZ = texelFetch(poses, row + ivec2(2, 0), 0);
vSlot = texelFetch(colours, ivec2(int(part.y), gl_InstanceID), 0).rgb;
vec3 objectNormal = turned() * vec3(dot(boneX.xyz, normal.xyz), dot(boneY.xyz, normal.xyz), dot(boneZ.xyz, normal.xyz));
`;

const PLACED = `
vec4 rest = vec4(position, 1.0);
vec3 transformed = turned() * (vec3(dot(boneX, rest), dot(boneY, rest), dot(boneZ, rest)) * tall) + vec3(place.x, 0.0, place.y);
`;

export async function open(canvas, scene) {
  const renderer = new THREE.WebGLRenderer({ canvas, antialias: false, powerPreference: 'high-performance' });
  renderer.setSize(canvas.width, canvas.height, false);
  renderer.toneMapping = THREE.NeutralToneMapping;
  const { figure, foot, place } = geometry(scene);

  const everyone = new THREE.MeshLambertMaterial();
  everyone.onBeforeCompile = (shader) => {
    shader.uniforms.poses = { value: poses(scene) };
    shader.uniforms.colours = { value: colours(scene) };
    shader.vertexShader = shader.vertexShader
      .replace('void main() {', `${POSED}void main() {${BEGIN}`)
      .replace('#include <beginnormal_vertex>', '')
      .replace('#include <begin_vertex>', PLACED);
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', 'varying vec3 vSlot;\nvoid main() {')
      .replace('#include <color_fragment>', 'diffuseColor.rgb *= vSlot;');
  };

  const shadow = new THREE.MeshBasicMaterial({ color: 0, transparent: true, depthWrite: false, side: THREE.DoubleSide });
  shadow.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('void main() {', 'attribute vec4 place;\nvarying vec2 vCorner;\nvoid main() {')
      .replace('#include <begin_vertex>', 'vCorner = position.xz;\nvec3 transformed = vec3(place.x, 0.025, place.y) + position * vec3(0.36, 0.0, 0.5);');
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', 'varying vec2 vCorner;\nvoid main() {')
      .replace('#include <color_fragment>', 'diffuseColor.a = 0.6 * smoothstep(1.0, 0.25, length(vCorner));');
  };

  const stage = new THREE.Scene();
  surroundings(stage, new THREE.MeshLambertMaterial({ color: 0xb8_a4_84 }));
  const people = new THREE.Mesh(figure, everyone);
  const feet = new THREE.Mesh(foot, shadow);
  // All of them are in the picture.
  for (const mesh of [people, feet]) mesh.frustumCulled = false;
  // Near things first: what they hide need not be painted.
  people.renderOrder = -1;
  stage.add(people, feet);
  const eye = camera(canvas);
  const gl = renderer.getContext();
  const queue = new Queue(gl);
  const told = gl.getExtension('WEBGL_debug_renderer_info');

  return {
    adapter: gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER),

    draw(ring, count) {
      figure.instanceCount = count;
      foot.instanceCount = count;
      put(place, ring, scene);
      look(eye, ring);
      renderer.render(stage, eye);
      queue.add();
    },

    room: async () => queue.wait(),

    idle: async () => queue.wait(0),

    account: () => ({ draws: renderer.info.render.calls, triangles: renderer.info.render.triangles }),
  };
}
