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

// What a smooth face mirrors: the sky, or the far side of the street where it looks low.
fn mirrored(colour: vec3f, mirror: f32, world: vec3f, normal: vec3f, view: vec3f, uv: vec2f, open: f32) -> vec3f {
    let rim = 1.0 - clamp(dot(normal, view), 0.0, 1.0);
    let rim2 = rim * rim;
    let fresnel = mirror + (1.0 - mirror) * rim2 * rim2 * rim * min(mirror * 6.0, 0.8);
    // No two panes stand quite alike.
    let wobble = (hash2(floor(uv * 0.45)) - 0.5) * 0.035;
    var r = reflect(-view, normalize(normal + vec3f(0.0, wobble, 0.0)));
    let street = smoothstep(0.16, -0.02, r.y + wobble);
    r.y = abs(r.y);
    let seen = mix(sky_colour(r), g.horizon.rgb * vec3f(0.42, 0.42, 0.44), street * 0.75);
    let sun = max(dot(r, g.towards.xyz), 0.0);
    let sun2 = sun * sun;
    let sun16 = sun2 * sun2 * sun2 * sun2 * sun2 * sun2 * sun2 * sun2;
    let spot = sun16 * sun16 * sun16 * sun16;
    return mix(colour, seen * (0.55 + 0.45 * open), fresnel) + g.direct.rgb * spot * spot * spot * fresnel * 5.0;
}

fn plain(albedo: vec3f) -> Surface {
    return Surface(albedo, vec3f(0.0), 0.0);
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
    var s = plain(colour * (0.985 + 0.03 * hash2(floor(uv * 0.7))));
    let m = in.material.x;
    // Loops that run once or not at all: see `common.wgsl`.
    for (var lies = m >= 1u && m <= 8u; lies; lies = false) {
        for (var once = m <= 2u; once; once = false) { s.albedo = slabs(p, colour, m == 2u, slant); s.mirror = 0.010; }
        for (var once = m == 3u; once; once = false) { s.albedo = asphalt(p, uv, colour, f32(in.material.z), b, slant); }
        for (var once = m == 4u; once; once = false) { s.albedo = crossing(uv, colour, slant); }
        for (var once = m == 5u; once; once = false) { s.albedo = lawn(p, slant); }
        for (var once = m == 6u; once; once = false) { s.albedo = earth(p, colour, slant); }
        for (var once = m == 7u; once; once = false) {
            s.albedo = colour * 0.35;
            normal = water_normal(p, slant);
            s.mirror = 0.10;
        }
        for (var once = m == 8u; once; once = false) { s.albedo = planks(uv, colour, slant); }
    }
    for (var built = m >= 9u && m <= 13u; built; built = false) {
        for (var once = m == 9u; once; once = false) {
            s = windows(uv, own_view, colour, vec2f(b, a), vec4f(0.16, 0.26, 0.84, 0.82), 0.22, seed, slant);
        }
        for (var once = m == 10u; once; once = false) { s = curtain(uv, colour, vec2f(b, a), seed, slant); }
        for (var once = m == 11u; once; once = false) { s = wave(uv, own_view, a, slant); }
        for (var once = m == 12u; once; once = false) { s.albedo = courses(uv, colour, f32(in.material.z) * 0.01, slant); }
        for (var once = m == 13u; once; once = false) { s.albedo = tiles(uv, colour, slant); }
    }
    for (var once = m == 14u; once; once = false) {
        let q = in.world * 2.3;
        let mottle = noise2(q.xz + q.y * 0.7);
        let own = seed / 255.0 - 0.5;
        s.albedo = g.leaves[in.material.z].rgb * (0.62 + mottle * 0.62 + own * 0.22) + vec3f(0.05, 0.02, -0.01) * own;
    }
    for (var timber = m == 15u || m == 16u; timber; timber = false) {
        for (var once = m == 15u; once; once = false) { s = lattice(uv, colour, seed, slant); }
        for (var once = m == 16u; once; once = false) { s.albedo = dancheong(uv, colour, slant); }
    }
    for (var rest = m >= 17u && m <= 21u; rest; rest = false) {
        for (var once = m == 17u; once; once = false) { s.glow = vec3f(1.0, 0.72, 0.42) * 2.2 * g.towards.w; }
        for (var once = m == 18u; once; once = false) { s.albedo = slope(in.world, normal, f32(in.material.z)); }
        for (var once = m == 19u; once; once = false) { s = block(uv, colour, abs(normal.y) < 0.5, seed, slant); }
        for (var once = m == 20u; once; once = false) {
            s.albedo = clock(uv, slant);
            s.glow = s.albedo * vec3f(1.0, 0.86, 0.6) * 0.8 * g.towards.w;
        }
        for (var once = m == 21u; once; once = false) { s.albedo = flag(uv); }
    }
    for (var once = m == 22u; once; once = false) {
        s = windows(uv, own_view, colour, vec2f(b, a), vec4f(0.27, 0.20, 0.73, 0.86), 0.38, seed, slant);
    }
    for (var once = m == 23u; once; once = false) {
        s.albedo = colour * (0.72 + 0.5 * noise2(vec2f(uv.x * 9.0, uv.y * 2.1)));
    }
    // Leaves let light through.
    let through = select(0.0, 1.0, m == 14u);
    let away = max(-dot(normal, g.towards.xyz), 0.0);
    let light = irradiance(in.world, normal, in.colour.a) + g.direct.rgb * through * (away * 0.22 + 0.05);
    var out_colour = s.albedo * light + s.glow;
    for (var once = s.mirror > 0.005; once; once = false) {
        out_colour = mirrored(out_colour, s.mirror, in.world, normal, view, uv, in.colour.a);
    }
    return vec4f(toned(hazed(out_colour, in.world)), 1.0);
}
