// Figures: people and those who belong to the city. One instance a figure, as the frame tells it.

struct Corner {
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) part: vec4u,     // bone, slot
    @location(3) place: vec4f,    // position, heading
    @location(4) motion: vec4u,   // what it does, what it did, flags
    @location(5) pace: vec3f,     // since, stride, opacity
    @location(6) look_a: vec4u,   // skin, hair, hair colour, outfit
    @location(7) look_b: vec4u,   // upper, lower, build, aid
    @location(8) row: u32,        // of the texture of bones
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) world: vec3f,
    @location(1) normal: vec3f,
    @location(2) colour: vec4f,   // w: opacity
    @location(3) open: vec2f,     // openness; 1 where it shines a little
    @location(4) on_city: vec3f,
    @location(5) on_figures: vec3f,
}

struct Stood {
    position: vec3f,
    normal: vec3f,
}

// Three texels a bone, one row a figure: the rows of the bone's matrix.
@group(0) @binding(1) var bones: texture_2d<f32>;

fn stood(in: Corner) -> Stood {
    let at = vec2u(in.part.x * 3u, in.row);
    let x = textureLoad(bones, at, 0);
    let y = textureLoad(bones, at + vec2u(1u, 0u), 0);
    let z = textureLoad(bones, at + vec2u(2u, 0u), 0);
    let rest = vec4f(in.position, 1.0);
    var out: Stood;
    out.position = vec3f(dot(x, rest), dot(y, rest), dot(z, rest));
    out.normal = normalize(vec3f(dot(x.xyz, in.normal.xyz), dot(y.xyz, in.normal.xyz), dot(z.xyz, in.normal.xyz)));
    return out;
}

@vertex
fn shadow(in: Corner) -> @builtin(position) vec4f {
    return g.shadow_figures * vec4f(stood(in).position, 1.0);
}

@vertex
fn vertex(in: Corner) -> Varyings {
    let s = stood(in);
    var out: Varyings;
    out.world = s.position;
    out.clip = g.view_proj * vec4f(s.position, 1.0);
    out.normal = s.normal;
    let skin = g.skins[in.look_a.x % 6u].rgb;
    let upper = g.cloths[in.look_b.x % 12u].rgb;
    let lower = g.cloths[in.look_b.y % 12u].rgb;
    var colour = skin;
    var shine = 0.0;
    switch (in.part.y) {
        case 1u: { colour = g.hairs[in.look_a.z % 6u].rgb; shine = 0.25; }
        case 2u: { colour = upper; }
        case 3u: { colour = lower; }
        case 4u: { colour = vec3f(0.030, 0.028, 0.030); }
        case 5u: { colour = vec3f(0.84, 0.82, 0.76); }
        case 6u: { colour = vec3f(0.012, 0.010, 0.010); shine = 1.0; }
        case 7u: { colour = vec3f(0.30, 0.32, 0.34); shine = 1.0; }
        case 8u: { colour = vec3f(0.022, 0.023, 0.026); }
        case 9u: { colour = mix(skin, vec3f(0.62, 0.16, 0.13), 0.36); }
        case 10u: { colour = g.cloths[(in.look_b.x + in.look_b.y + 4u) % 12u].rgb; }
        default: {}
    }
    out.colour = vec4f(colour, in.pace.z);
    // Occlusion where parts meet: under the chin, between the legs, under the hem.
    let y = in.position.y;
    let under_chin = 1.0 - 0.40 * smoothstep(0.07, 0.0, abs(y - 1.375)) * f32(in.part.x <= 2u);
    let low = mix(0.62, 1.0, smoothstep(0.0, 0.75, y));
    let shade = shaded(s.position, s.normal);
    out.on_city = shade.city;
    out.on_figures = shade.figures;
    out.open = vec2f(under_chin * low, shine);
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    if (in.colour.a < 0.995) {
        // Fades by dither: no order of drawing to keep.
        let p = vec2u(in.clip.xy) % vec2u(4u, 4u);
        let order = (p.x * 5u + p.y * 11u + (p.x ^ p.y) * 2u) % 16u;
        if (in.colour.a * 16.0 < f32(order) + 0.5) { discard; }
    }
    let normal = normalize(in.normal);
    let view = normalize(g.eye.xyz - in.world);
    var light = irradiance(in.world, ground_at(in.world), normal, in.open.x, in.on_city, in.on_figures);
    // Cloth and skin are never quite black on the far side.
    light += g.direct.rgb * 0.06 * (0.5 - 0.5 * dot(normal, g.towards.xyz)) + g.ambient.rgb * 0.08;
    var colour = in.colour.rgb * light;
    let rim = 1.0 - max(dot(normal, view), 0.0);
    colour += (g.ambient.rgb * 0.10 + g.direct.rgb * 0.015) * rim * rim * rim;
    let half_way = normalize(view + g.towards.xyz);
    colour += g.direct.rgb * pow(max(dot(normal, half_way), 0.0), 42.0) * 0.10 * in.open.y;
    return vec4f(toned(hazed(colour, in.world)), 1.0);
}
