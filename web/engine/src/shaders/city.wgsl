// Everything solid that does not walk. The numbers of materials are those of `mesh.rs`.

struct Corner {
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) uv: vec2f,
    @location(3) colour: vec4f,
    @location(4) material: vec4u,
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) world: vec3f,
    @location(1) normal: vec3f,
    @location(2) uv: vec2f,
    @location(3) colour: vec4f,
    @location(4) @interpolate(flat) material: vec4u,
}

@vertex
fn vertex(in: Corner) -> Varyings {
    var out: Varyings;
    out.world = season_moved(in.position, in.normal, in.uv, in.material);
    out.clip = g.view_proj * vec4f(out.world, 1.0);
    out.normal = in.normal.xyz;
    out.uv = in.uv;
    out.colour = vec4f(linear_of(in.colour.rgb), in.colour.a);
    out.material = in.material;
    return out;
}

fn plain(albedo: vec3f) -> Surface {
    return Surface(albedo, vec3f(0.0), vec3f(0.0), 0.0);
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    let to_eye = g.eye.xyz - in.world;
    let distance = length(to_eye);
    let view = to_eye / distance;
    var normal = normalize(in.normal);
    let uv = in.uv;
    let colour = in.colour.rgb;
    let seed = f32(in.material.y);
    let a = f32(in.material.z) * 0.1;
    let b = f32(in.material.w) * 0.1;
    // Metres a pixel covers here; on the ground it grows with the slant.
    let px = distance * length(g.ray_up.xyz) * 0.0024;
    let slant = px / max(abs(dot(normal, view)), 0.05);
    let p = in.world.xz;
    // The wall's own axes: along, up, out.
    let along = normalize(vec3f(normal.z, 0.0, -normal.x) + vec3f(1e-5, 0.0, 0.0));
    let own_view = vec3f(dot(view, along), view.y, dot(view, normal));
    var s = plain(colour);
    switch (in.material.x) {
        case 1u: { s.albedo = granite(p, colour, slant); s.mirror = 0.012; }
        case 2u: { s.albedo = paving(p, colour, slant); }
        case 3u: { s.albedo = asphalt(p, uv, colour, f32(in.material.z), b, slant); }
        case 4u: { s.albedo = crossing(uv, colour, slant); }
        case 5u: { s.albedo = lawn(p, slant); }
        case 6u: { s.albedo = earth(p, colour, slant); }
        case 7u: {
            s.albedo = colour * 0.35;
            s.normal = water_normal(p, slant);
            s.mirror = 0.10;
        }
        case 8u: { s.albedo = planks(uv, colour, slant); }
        case 9u: { s = windows(uv, own_view, colour, vec2f(b, a), vec4f(0.16, 0.26, 0.84, 0.82), 0.22, seed, slant); }
        case 10u: { s = curtain(uv, colour, vec2f(b, a), seed, slant); }
        case 11u: { s = wave(uv, own_view, a, slant); }
        case 12u: { s.albedo = courses(uv, colour, f32(in.material.z) * 0.01, slant); }
        case 13u: { s.albedo = tiles(uv, colour, slant); }
        case 14u: {
            let leaf = g.leaves[in.material.z];
            let q = in.world * 2.3;
            let mottle = noise2(q.xz + q.y * 0.7) * 0.6 + noise2(q.xy * 2.6 + q.z) * 0.4;
            let own = seed / 255.0;
            s.albedo = leaf.rgb * (0.62 + mottle * 0.62 + (own - 0.5) * 0.22);
            s.albedo += vec3f(0.05, 0.02, -0.01) * (own - 0.5);
        }
        case 15u: { s = lattice(uv, colour, seed, slant); }
        case 16u: { s.albedo = dancheong(uv, colour, slant); }
        case 17u: { s.glow = vec3f(1.0, 0.72, 0.42) * 2.2 * g.towards.w; }
        case 18u: {
            let q = in.world;
            let n = noise2(q.xz * 0.021) * 0.6 + noise2(q.xz * 0.083 + q.y * 0.05) * 0.4;
            let rock = smoothstep(0.42, 0.62, n + f32(in.material.z) * 0.16 + (0.55 - normal.y) * 0.7);
            let woods = mix(g.leaves[1].rgb, g.leaves[0].rgb, 0.35 + 0.3 * n) * 0.55;
            s.albedo = mix(woods, vec3f(0.36, 0.34, 0.31), rock * (0.22 + 0.7 * f32(in.material.z)));
        }
        case 19u: {
            let cell = floor(uv / vec2f(4.0, 3.4));
            let f = uv / vec2f(4.0, 3.4) - cell;
            let pane = step(0.2, f.x) * step(f.x, 0.8) * step(0.3, f.y) * step(f.y, 0.8) * step(abs(normal.y), 0.5);
            let near = clamp(1.6 - slant * 0.5, 0.0, 1.0);
            s.albedo = colour * (1.0 - mix(0.28, pane * 0.62, near) * step(abs(normal.y), 0.5));
            s.glow = lamp_behind(cell, seed) * mix(0.36, pane, near) * 0.5 * step(abs(normal.y), 0.5);
        }
        case 20u: { s.albedo = clock(uv, slant); s.glow = s.albedo * vec3f(1.0, 0.86, 0.6) * 0.8 * g.towards.w; }
        case 21u: {
            // White cloth with a red and blue disc in its middle.
            let q = uv - vec2f(1.5, 1.0);
            let r = length(q);
            let half_turn = q.y + sin(q.x * 3.14159) * 0.22;
            let disc = mix(vec3f(0.02, 0.10, 0.36), vec3f(0.60, 0.035, 0.05), step(0.0, half_turn));
            s.albedo = mix(vec3f(0.86), disc, step(r, 0.5));
        }
        case 22u: { s = windows(uv, own_view, colour, vec2f(b, a), vec4f(0.27, 0.20, 0.73, 0.86), 0.38, seed, slant); }
        case 23u: { s.albedo = colour * (0.72 + 0.5 * noise2(vec2f(uv.x * 9.0, uv.y * 2.1))); }
        default: { s.albedo = colour * (0.97 + 0.06 * noise2(p * 1.3 + in.world.y)); }
    }
    if (in.material.x == 7u) { normal = s.normal; }
    // Leaves let light through.
    var light = irradiance(in.world, normal, in.colour.a);
    if (in.material.x == 14u) {
        light += g.direct.rgb * max(-dot(normal, g.towards.xyz), 0.0) * 0.22 + g.direct.rgb * 0.05;
    }
    var out_colour = s.albedo * light + s.glow;
    if (s.mirror > 0.005) {
        let facing = clamp(dot(normal, view), 0.0, 1.0);
        let rim = 1.0 - facing;
        let fresnel = s.mirror + (1.0 - s.mirror) * rim * rim * rim * rim * rim * min(s.mirror * 6.0, 0.8);
        let wobble = (hash2(floor(uv * 0.45)) - 0.5) * 0.035;
        var r = reflect(-view, normalize(normal + vec3f(0.0, wobble, 0.0)));
        let city = smoothstep(0.16, -0.02, r.y + wobble) * step(in.world.y, 200.0);
        r.y = abs(r.y);
        let seen = mix(sky_colour(r), g.horizon.rgb * vec3f(0.42, 0.42, 0.44), city * 0.75);
        out_colour = mix(out_colour, seen * (0.55 + 0.45 * in.colour.a), fresnel);
        let sun = max(dot(r, g.towards.xyz), 0.0);
        out_colour += g.direct.rgb * pow(sun, 260.0) * fresnel * 5.0;
    }
    return vec4f(toned(hazed(out_colour, in.world)), 1.0);
}
