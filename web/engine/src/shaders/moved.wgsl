// Where wind and season move a corner of the city.

// Whether anything sways, and whether these are leaves: decided when the pipeline is made.
override SWAYS: bool = true;
override LEAVES: bool = true;

fn season_moved(position: vec3f, normal: vec4f, uv: vec2f, material: vec4u) -> vec3f {
    var world = position;
    if (LEAVES && material.x == 14u) {
        // Leaves that have fallen: the cluster shrinks to its middle, which uv and the normal's length do not hold,
        // so it draws in along its normal by its radius (uv.x), each cluster on its own day.
        let share = g.leaves[material.z].w;
        let own = f32(material.y) / 255.0;
        let full = smoothstep(own * 0.7, own * 0.7 + 0.3, share);
        world -= normalize(normal.xyz) * uv.x * (1.0 - full);
    }
    let sway = normal.w * g.sun.w;
    if (SWAYS && sway > 0.0) {
        let t = g.eye.w;
        let phase = position.x * 0.35 + position.z * 0.27;
        world += vec3f(sin(t * 1.1 + phase), 0.35 * sin(t * 1.7 + phase * 1.9), cos(t * 0.9 + phase * 1.3)) * sway * 0.13;
        if (material.x == 21u) {
            world.y += sin(uv.x * 3.2 - t * 4.2) * 0.10 * uv.x;
            world.z += sin(uv.x * 2.6 - t * 4.8) * 0.16 * uv.x;
        }
    }
    return world;
}
