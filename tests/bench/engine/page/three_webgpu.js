// three.js with WebGPU, at its best: as with WebGL2, in its own shading language.

import * as THREE from 'three/webgpu';
import { Fn, If, attribute, cos, dot, instanceIndex, int, ivec2, length, mat3, positionGeometry, sin, smoothstep, textureLoad, transformNormalToView, varying, vec3, vec4 } from 'three/tsl';

import { camera, colours, geometry, look, poses, put, surroundings } from './looks.js';

// As our engine has it.
const MOST_UNDERWAY = 2;

export async function open(canvas, scene) {
  const renderer = new THREE.WebGPURenderer({ canvas, antialias: false, powerPreference: 'high-performance' });
  await renderer.init();
  const { backend } = renderer;
  if (!backend.isWebGPUBackend) throw new Error('three.js has no WebGPU here');
  const turn = byHand(renderer);
  renderer.setSize(canvas.width, canvas.height, false);
  renderer.toneMapping = THREE.NeutralToneMapping;
  const { figure, foot, place } = geometry(scene);
  const [posed, painted] = [poses(scene), colours(scene)];

  const part = attribute('part', 'uvec4');
  const where = attribute('place', 'vec4');
  const row = (offset) => textureLoad(posed, ivec2(int(part.x).mul(3).add(offset), int(where.w)));
  const turned = (vector) => {
    const [c, s] = [cos(where.z), sin(where.z)];
    return mat3(c, 0, s, 0, 1, 0, s.negate(), 0, c).mul(vector);
  };

  const everyone = new THREE.MeshLambertNodeMaterial();
  everyone.positionNode = Fn(() => {
    // What is not worn is one point outside the picture.
    const stood = vec3(0, 1e6, 0).toVar();
    If(attribute('mask', 'uint').bitAnd(attribute('worn', 'uint')).notEqual(0), () => {
      const rest = vec4(positionGeometry, 1);
      const own = vec3(dot(row(0), rest), dot(row(1), rest), dot(row(2), rest));
      stood.assign(turned(own.mul(attribute('tall', 'float'))).add(vec3(where.x, 0, where.y)));
    });
    return stood;
  })();
  const normal = attribute('normal', 'vec4').xyz;
  const bent = vec3(dot(row(0).xyz, normal), dot(row(1).xyz, normal), dot(row(2).xyz, normal));
  everyone.normalNode = varying(transformNormalToView(turned(bent))).normalize();
  everyone.colorNode = varying(textureLoad(painted, ivec2(int(part.y), int(instanceIndex))).rgb);

  const shadow = new THREE.MeshBasicNodeMaterial({ color: 0, transparent: true, depthWrite: false, side: THREE.DoubleSide });
  shadow.positionNode = vec3(where.x, 0.025, where.y).add(positionGeometry.mul(vec3(0.36, 0, 0.5)));
  shadow.opacityNode = smoothstep(1, 0.25, length(varying(positionGeometry.xz))).mul(0.6);

  const stage = new THREE.Scene();
  surroundings(stage, new THREE.MeshLambertNodeMaterial({ color: 0xb8_a4_84 }));
  const people = new THREE.Mesh(figure, everyone);
  const feet = new THREE.Mesh(foot, shadow);
  for (const mesh of [people, feet]) mesh.frustumCulled = false;
  people.renderOrder = -1;
  stage.add(people, feet);
  const eye = camera(canvas);
  const { vendor, architecture, description } = backend.device.adapterInfo;
  const account = {};
  let underway = 0;
  let wake = () => {};

  async function fewer(than) {
    while (underway >= than) await new Promise((resolve) => { wake = resolve; });
  }

  return {
    adapter: [vendor, architecture, description].filter(Boolean).join(' '),

    draw(ring, count) {
      figure.instanceCount = count;
      foot.instanceCount = count;
      put(place, ring, scene);
      look(eye, ring);
      turn();
      renderer.render(stage, eye);
      ({ drawCalls: account.draws, triangles: account.triangles } = renderer.info.render);
      underway += 1;
      backend.device.queue.onSubmittedWorkDone().then(() => {
        underway -= 1;
        wake();
      });
    },

    // WebGPU takes any number of frames before it has drawn one.
    room: () => fewer(MOST_UNDERWAY),

    idle: () => fewer(1),

    account: () => account,
  };
}

// The renderer counts frames by a loop of its own, which would go round without end where no screen holds it back: here it goes round
// once a frame, as it would with a screen.
function byHand({ _animation: loop }) {
  let next = () => {};
  loop.stop();
  loop.setContext({ requestAnimationFrame: (callback) => { next = callback; return 1; }, cancelAnimationFrame() {} });
  loop.start();
  return () => next(performance.now());
}
