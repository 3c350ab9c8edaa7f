// Figures: people and those who belong to the city. One instance a figure, as the frame tells it.

struct Corner {
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) part: vec4u,     // bone, slot, who wears it, bit 0: only with a wheelchair
    @location(3) place: vec4f,    // position, heading
    @location(4) motion: vec4u,   // what it does, what it did, flags
    @location(5) pace: vec3f,     // since, stride, opacity
    @location(6) look_a: vec4u,   // skin, hair, hair colour, outfit
    @location(7) look_b: vec4u,   // upper, lower, build, aid
    @location(8) own: vec2f,      // seed
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) world: vec3f,
    @location(1) normal: vec3f,
    @location(2) colour: vec4f,   // w: opacity
    @location(3) open: vec2f,     // openness; 1 where it shines a little
}

struct Stood {
    position: vec3f,
    normal: vec3f,
    local: vec3f,
}

fn stood(in: Corner) -> Stood {
    var out: Stood;
    let seated = in.look_b.w % 2u == 1u;
    let outfit = in.look_a.w % 4u;
    let cut = in.look_a.y % 4u;
    let worn = (in.part.z >> outfit) & (in.part.z >> (cut + 4u)) & 1u;
    if (worn == 0u || ((in.part.w & 1u) == 1u && !seated) || in.pace.z <= 0.0) {
        // Folded away: all corners in one point make no triangle.
        out.position = in.place.xyz - vec3f(0.0, 50.0, 0.0);
        out.normal = vec3f(0.0, 1.0, 0.0);
        return out;
    }
    let seed = in.own.x;
    let time = g.eye.w;
    let since = in.pace.x;
    var pose = doing(in.motion.x, time, since, in.pace.y, seed);
    if (since < 0.25 && in.motion.x != in.motion.y) {
        let before = doing(in.motion.y, time, since + 1.0, in.pace.y, seed);
        pose = blended(before, pose, smoothstep(0.0, 0.25, since));
    }
    let build = in.look_b.z % 4u;
    if (seated) {
        let rest = sitting(time, seed);
        pose.body.x = 0.37;
        pose.legs = vec4f(1.40, -1.15, 1.40, -1.15);
        if (in.motion.x == 1u || in.motion.x == 2u) {
            // Hands on the rims: a push for every metre and a half.
            let push = sin(in.pace.y * 4.2);
            pose.left = vec3f(0.10 + push * 0.45, 0.22, 0.75 - push * 0.25);
            pose.right = pose.left;
            pose.body = vec4f(0.37, -0.10 - push * 0.05, 0.0, 0.0);
        } else if (in.motion.x == 0u || in.motion.x == 3u) {
            pose = Pose(vec4f(0.37, rest.body.yzw), rest.head, rest.left, rest.right, pose.legs);
        } else if (in.motion.x == 5u) {
            pose.body.y *= 0.55;
        }
    }
    if (build == 3u) {
        pose.body.y -= 0.16;
        pose.head.x += 0.12;
    }
    var rest = in.position;
    let wide = select(1.0, 1.17, build == 1u);
    if (in.part.x != 2u && in.part.x != 12u) {
        rest = vec3f(rest.x * wide, rest.y, rest.z * wide);
    }
    var size = select(1.0, 0.97, build == 3u);
    if (build == 2u) {
        size = 0.68;
        if (in.part.x == 2u) {
            let chin = vec3f(0.0, 1.40, 0.0);
            rest = (rest - chin) * 1.24 + chin;
        }
    }
    let tall = size * (0.965 + 0.07 * fract(seed * 7.31));
    out.local = rest;
    let p = moved(in.part.x, pose, rest, 1.0) * tall;
    let n = moved(in.part.x, pose, in.normal.xyz, 0.0);
    // Headings run clockwise from north: about −y.
    out.position = in.place.xyz + turned_y(p, -in.place.w);
    out.normal = normalize(turned_y(n, -in.place.w));
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
        case 1u: { colour = g.hairs[in.look_a.z % 6u].rgb; shine = 1.0; }
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
    let y = s.local.y;
    let under_chin = 1.0 - 0.40 * smoothstep(0.07, 0.0, abs(y - 1.375)) * f32(in.part.x <= 2u);
    let low = mix(0.62, 1.0, smoothstep(0.0, 0.75, y));
    out.open = vec2f(under_chin * low, shine);
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    for (var fading = in.colour.a < 0.995; fading; fading = false) {
        // Fades by dither: no order of drawing to keep.
        let p = vec2u(in.clip.xy) % vec2u(4u, 4u);
        let order = (p.x * 5u + p.y * 11u + (p.x ^ p.y) * 2u) % 16u;
        if (in.colour.a * 16.0 < f32(order) + 0.5) { discard; }
    }
    let normal = normalize(in.normal);
    let view = normalize(g.eye.xyz - in.world);
    var light = irradiance(in.world, normal, in.open.x);
    // Cloth and skin are never quite black on the far side.
    light += g.direct.rgb * 0.06 * (0.5 - 0.5 * dot(normal, g.towards.xyz)) + g.ambient.rgb * 0.08;
    var colour = in.colour.rgb * light;
    let rim = 1.0 - max(dot(normal, view), 0.0);
    colour += (g.ambient.rgb * 0.10 + g.direct.rgb * 0.015) * rim * rim * rim;
    let half_way = normalize(view + g.towards.xyz);
    colour += g.direct.rgb * pow(max(dot(normal, half_way), 0.0), 42.0) * 0.10 * in.open.y;
    return vec4f(toned(hazed(colour, in.world)), 1.0);
}
