// Everything solid that does not walk. The numbers of materials are those of `mesh.rs`.

//
// One pipeline is made for each family of materials: software rasterisers (SwiftShader, where there is no GPU) run both
// sides of every branch that is not decided when the pipeline is made, and a frame took six times as long there.

override FAMILY: u32 = 0u;

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
    @location(5) on_city: vec3f,
    @location(6) on_figures: vec3f,
}

@vertex
fn vertex(in: Corner) -> Varyings {
    var out: Varyings;
    out.world = season_moved(in.position, in.normal, in.uv, in.material);
    out.clip = g.view_proj * vec4f(out.world, 1.0);
    out.normal = in.normal.xyz;
    out.uv = in.uv;
    if (!FINE && FAMILY == 6u) {
        // The mottling of a crown, from corner to corner.
        out.uv.y = hash2(in.position.xz * 7.0);
    }
    out.colour = vec4f(linear_of(in.colour.rgb), in.colour.a);
    out.material = in.material;
    let shade = shaded(out.world, in.normal.xyz);
    out.on_city = shade.city;
    out.on_figures = shade.figures;
    return out;
}

// What a smooth face mirrors: the sky, or the far side of the street where it looks low.
fn mirrored(colour: vec3f, mirror: f32, world: vec3f, normal: vec3f, view: vec3f, uv: vec2f, open: f32) -> vec3f {
    let rim = 1.0 - clamp(dot(normal, view), 0.0, 1.0);
    let rim2 = rim * rim;
    if (!FINE) {
        // The open sky above, the far side of the street below.
        let up = reflect(-view, normal).y;
        let seen = mix(g.horizon.rgb, g.zenith.rgb, clamp(up, 0.0, 1.0)) * mix(0.5, 1.0, clamp(up * 6.0 + 0.6, 0.0, 1.0));
        return mix(colour, seen * (0.55 + 0.45 * open), mirror + (1.0 - mirror) * rim2 * rim2 * min(mirror * 6.0, 0.8));
    }
    let fresnel = mirror + (1.0 - mirror) * rim2 * rim2 * rim * min(mirror * 6.0, 0.8);
    // No two panes stand quite alike.
    let wobble = (hash2(floor(uv * 0.45)) - 0.5) * 0.035;
    var r = reflect(-view, normalize(normal + vec3f(0.0, wobble, 0.0)));
    let street = smoothstep(0.16, -0.02, r.y + wobble);
    r.y = abs(r.y);
    let seen = mix(sky_colour(r), g.horizon.rgb * vec3f(0.44, 0.47, 0.50), street * 0.62);
    let sun = max(dot(r, g.towards.xyz), 0.0);
    let sun2 = sun * sun;
    let sun16 = sun2 * sun2 * sun2 * sun2 * sun2 * sun2 * sun2 * sun2;
    let spot = sun16 * sun16 * sun16 * sun16;
    return mix(colour, seen * (0.55 + 0.45 * open), fresnel) + g.direct.rgb * spot * spot * spot * fresnel * 5.0;
}

fn plain(albedo: vec3f) -> Surface {
    return Surface(albedo, vec3f(0.0), 0.0);
}

// What weather leaves on a surface: snow on what looks up and lies open, a shine on wet streets.
fn weather_on(dry: Surface, at: vec2f, ground: vec4f, up: f32, open: f32, material: u32) -> Surface {
    var s = dry;
    // Cars and feet wear it off the roads; water takes it.
    let keeps = select(select(0.94, 0.55 + 0.5 * (0.5 - ground.z), FAMILY == 2u), 0.0, FAMILY == 9u && material == 7u);
    let snow = g.weather.x * keeps * smoothstep(0.30, 0.72, up) * smoothstep(0.30, 0.62, open * mix(1.0, ground.y, f32(LIES)));
    s.albedo = mix(s.albedo, vec3f(0.80, 0.84, 0.90), snow);
    s.glow *= 1.0 - snow;
    s.mirror *= 1.0 - snow;
    if (FAMILY == 1u || FAMILY == 2u) {
        let wet = g.weather.y * ground.y;
        s.albedo *= 1.0 - 0.42 * wet;
        if (FINE) {
            let puddle = smoothstep(0.52, 0.70, noise2(at * 0.31) * 0.7 + noise2(at * 1.3) * 0.3);
            s.mirror = mix(s.mirror, 0.05 + 0.22 * puddle, wet);
        }
    }
    return s;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    let to_eye = g.eye.xyz - in.world;
    let distance = length(to_eye);
    let view = to_eye / distance;
    var normal = vec3f(0.0, 1.0, 0.0);
    if (!LIES) {
        normal = normalize(in.normal);
    }
    let ground = ground_at(in.world);
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
    if (FINE) {
        s.albedo *= 0.985 + 0.03 * hash2(floor(uv * 0.7));
    }
    let m = in.material.x;
    if (FAMILY == 1u) {
        s.albedo = slabs(p, colour, m == 2u, ground.z, slant);
        s.mirror = 0.010;
    } else if (FAMILY == 2u) {
        s.albedo = asphalt(p, uv, colour, f32(in.material.z), b, ground.z, slant);
    } else if (FAMILY == 3u) {
        s.albedo = lawn(p, ground.z, slant);
    } else if (FAMILY == 4u) {
        // Ordinary windows, or the tall ones of a civic hall in their deep reveals.
        let civic = m == 22u;
        let share = select(vec4f(0.16, 0.26, 0.84, 0.82), vec4f(0.27, 0.20, 0.73, 0.86), civic);
        s = windows(uv, own_view, colour, vec2f(b, a), share, select(0.22, 0.38, civic), seed, slant);
    } else if (FAMILY == 5u) {
        if (m == 10u) { s = curtain(uv, colour, vec2f(b, a), seed, slant); } else { s = wave(uv, own_view, a, slant); }
    } else if (FAMILY == 6u) {
        var mottle = uv.y;
        if (FINE) {
            let q = in.world * 4.6;
            mottle = noise2(q.xz + vec2f(q.y, q.y * 0.6));
        }
        let own = seed / 255.0 - 0.5;
        s.albedo = g.leaves[in.material.z].rgb * (0.56 + mottle * 0.78 + own * 0.22) + vec3f(0.05, 0.02, -0.01) * own;
    } else if (FAMILY == 7u) {
        if (m == 12u) { s.albedo = courses(uv, colour, f32(in.material.z) * 0.01, slant); } else { s.albedo = tiles(uv, colour, slant); }
    } else if (FAMILY == 8u) {
        s = block(uv, colour, abs(normal.y) < 0.5, seed, slant);
    } else if (FAMILY == 9u) {
        switch (m) {
            case 4u: { s.albedo = crossing(uv, colour, slant); }
            case 6u: { s.albedo = earth(p, colour, slant); }
            case 7u: {
                s.albedo = colour * 0.35;
                normal = water_normal(p, slant);
                s.mirror = 0.10;
            }
            case 8u: { s.albedo = planks(uv, colour, slant); }
            case 15u: { s = lattice(uv, colour, seed, slant); }
            case 16u: { s.albedo = dancheong(uv, colour, slant); }
            case 17u: { s.glow = vec3f(1.0, 0.72, 0.42) * 2.2 * g.towards.w; }
            case 18u: { s.albedo = slope(in.world, normal, f32(in.material.z)); }
            case 20u: {
                s.albedo = clock(uv, slant);
                s.glow = s.albedo * vec3f(1.0, 0.86, 0.6) * 0.8 * g.towards.w;
            }
            case 21u: { s.albedo = flag(uv); }
            default: { s.albedo = colour * (0.72 + 0.5 * noise2(vec2f(uv.x * 9.0, uv.y * 2.1))); }
        }
    }
    s = weather_on(s, p, ground, normal.y, in.colour.a, m);
    // Leaves let light through.
    let through = select(0.0, 1.0, FAMILY == 6u);
    let away = max(-dot(normal, g.towards.xyz), 0.0);
    let light = irradiance(in.world, ground, normal, in.colour.a, in.on_city, in.on_figures) + g.direct.rgb * through * (away * 0.34 + 0.08);
    var out_colour = s.albedo * light + s.glow;
    if ((FINE && (FAMILY == 1u || FAMILY == 2u)) || FAMILY == 4u || FAMILY == 5u || FAMILY == 9u) {
        out_colour = mirrored(out_colour, s.mirror, in.world, normal, view, uv, in.colour.a);
    }
    return vec4f(toned(hazed(out_colour, in.world)), 1.0);
}
