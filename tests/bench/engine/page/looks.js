// How people look, for a renderer that knows three.js only: the mesh, a table of poses and a table of colours.

import * as THREE from 'three';

// Corners of the mesh: 12 bytes of position, four of normal, two of bone and slot, two of no use, and the mask.
const CORNER = 24;

// As the engine's `globals.rs` has them, linear: shoe, white, ink, metal, tyre, red, blue, yellow, wood, what shines, green.
const FIXED = [
  [0.030, 0.028, 0.030], [0.84, 0.82, 0.76], [0.012, 0.010, 0.010], [0.30, 0.32, 0.34], [0.022, 0.023, 0.026], [0.50, 0.045, 0.030],
  [0.030, 0.10, 0.36], [0.72, 0.42, 0.06], [0.33, 0.13, 0.055], [0.92, 0.80, 0.55], [0.03, 0.30, 0.11],
];
export const SLOTS = 8 + FIXED.length;

// Corners and triangles of everyone, with what each wears and the four numbers a frame that are where it is and its pose.
export function geometry({ people, files: { corners, indices } }) {
  const count = corners.byteLength / CORNER;
  const [position, normal, part, mask] = [new Float32Array(count * 3), new Int8Array(count * 4), new Uint8Array(count * 4), new Uint32Array(count)];
  const view = new DataView(corners);
  for (let corner = 0; corner < count; corner += 1) {
    const at = corner * CORNER;
    for (let axis = 0; axis < 3; axis += 1) position[corner * 3 + axis] = view.getFloat32(at + axis * 4, true);
    for (let byte = 0; byte < 4; byte += 1) {
      normal[corner * 4 + byte] = view.getInt8(at + 12 + byte);
      part[corner * 4 + byte] = view.getUint8(at + 16 + byte);
    }
    mask[corner] = view.getUint32(at + 20, true);
  }
  const place = new THREE.InstancedBufferAttribute(new Float32Array(people.length * 4), 4);
  place.setUsage(THREE.DynamicDrawUsage);
  const figure = new THREE.InstancedBufferGeometry();
  figure.instanceCount = people.length;
  figure.setIndex(new THREE.BufferAttribute(new Uint32Array(indices), 1));
  const attributes = {
    position: new THREE.BufferAttribute(position, 3),
    normal: new THREE.BufferAttribute(normal, 4, true),
    part: whole(new THREE.BufferAttribute(part, 4)),
    mask: whole(new THREE.BufferAttribute(mask, 1)),
    place,
    tall: new THREE.InstancedBufferAttribute(Float32Array.from(people, ({ tall }) => tall), 1),
    worn: whole(new THREE.InstancedBufferAttribute(Uint32Array.from(people, ({ worn }) => worn), 1)),
  };
  for (const [name, attribute] of Object.entries(attributes)) figure.setAttribute(name, attribute);

  // A quad at the feet of each.
  const foot = new THREE.InstancedBufferGeometry();
  foot.instanceCount = people.length;
  foot.setIndex([0, 1, 2, 3, 2, 1]);
  foot.setAttribute('position', new THREE.BufferAttribute(Float32Array.from([-1, 0, -1, -1, 0, 1, 1, 0, -1, 1, 0, 1]), 3));
  foot.setAttribute('place', place);
  return { figure, foot, place };
}

function whole(attribute) {
  attribute.gpuType = THREE.IntType;
  return attribute;
}

// A row of texels for each pose of each clip: three for a bone.
export function poses({ bones, files: { clips } }) {
  const width = bones * 3;
  return table(new Float32Array(clips), width, THREE.FloatType);
}

// A row of texels for each figure: a colour for each slot.
export function colours({ people, skins, hairs, cloths }) {
  const linear = (hex) => new THREE.Color(hex).toArray();
  const [skin, hair, cloth] = [skins, hairs, cloths].map((palette) => palette.map(linear));
  const mix = (a, b, share) => a.map((value, channel) => value + (b[channel] - value) * share);
  const rows = people.flatMap(({ look: [tone, , dyed, , upper, lower, , , , , hat] }) => {
    const own = skin[tone % 6];
    const ribbon = cloth[(upper + lower + 4) % 12];
    const blush = mix(own, [0.62, 0.16, 0.13], 0.30);
    const lip = mix(own.map((value) => value * 0.5), [0.45, 0.06, 0.06], 0.55);
    return [own, hair[dyed % 6], cloth[upper % 12], cloth[lower % 12], cloth[hat % 12], ribbon, blush, lip, ...FIXED];
  });
  return table(Float32Array.from(rows.flatMap((colour) => [...colour, 1])), SLOTS, THREE.FloatType);
}

function table(texels, width, type) {
  const texture = new THREE.DataTexture(texels, width, texels.length / 4 / width, THREE.RGBAFormat, type);
  texture.needsUpdate = true;
  return texture;
}

// Fills in where everyone is: x, z, heading, and the row of the pose.
export function put(place, { places }, { people, poses: count }) {
  const { array } = place;
  array.set(places);
  for (let number = 0; number < people.length; number += 1) {
    const { clip, tall, cycle_m: cycle } = people[number];
    const share = places[number * 4 + 3] / tall / cycle;
    array[number * 4 + 3] = (clip + share - Math.floor(share)) * count;
  }
  place.needsUpdate = true;
}

// Ground, light and haze around the people, in materials of the renderer's kind.
export function surroundings(scene, ground) {
  scene.background = new THREE.Color(0x9d_c3_e6);
  scene.fog = new THREE.Fog(0xc9_d6_e0, 40, 700);
  const sun = new THREE.DirectionalLight(0xff_f4_e0, 3);
  sun.position.set(0.2, 1, 0.35);
  scene.add(sun, new THREE.HemisphereLight(0xbf_d9_f2, 0x8a_7a_62, 1.6));
  const plane = new THREE.Mesh(new THREE.PlaneGeometry(400, 400), ground);
  plane.rotation.x = -Math.PI / 2;
  scene.add(plane);
}

export function camera(canvas) {
  return new THREE.PerspectiveCamera(55, canvas.width / canvas.height, 0.3, 14_000);
}

export function look(camera, { eye, target }) {
  camera.position.set(...eye);
  camera.lookAt(...target);
}
