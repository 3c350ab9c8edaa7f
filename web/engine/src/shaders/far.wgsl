// Figures far off: flat pictures that face the eye, painted by what is known of them.

struct Instance {
    @location(3) place: vec4f,    // position, heading
    @location(4) motion: vec4u,   // what it does
    @location(5) pace: vec3f,     // since, stride, opacity
    @location(6) look: vec3u,
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) at: vec2f,       // metres to the right and up, of a figure of the usual size
    @location(1) world: vec3f,
    @location(2) on_city: vec3f,
    @location(3) on_figures: vec3f,
    @location(4) @interpolate(flat) skin: vec4f,    // w: opacity
    @location(5) @interpolate(flat) hair: vec4f,    // w: how far it faces the eye
    @location(6) @interpolate(flat) upper: vec4f,   // w: half width of the hem, or nothing
    @location(7) @interpolate(flat) lower: vec4f,   // w: where the hem is
    @location(8) @interpolate(flat) hat: vec4f,     // w: how wide a hat's brim is, or nothing
    @location(9) @interpolate(flat) how: vec4f,     // how far each foot is to the right, sits, arms up
    @location(10) @interpolate(flat) wheels: f32,
}

// Hems of the outfits: half width, and height.
const HEMS = array<vec2f, 9>(
    vec2f(0.0), vec2f(0.21, 0.50), vec2f(0.40, 0.03), vec2f(0.0), vec2f(0.0), vec2f(0.26, 0.43), vec2f(0.0),
    vec2f(0.31, 0.19), vec2f(0.26, 0.41),
);
// Sizes of the ages, and widths of the builds.
const SIZES = array<f32, 4>(1.0, 0.96, 0.70, 0.86);
const WIDTHS = array<f32, 4>(1.0, 1.15, 0.88, 1.22);

@vertex
fn vertex(in: Instance, @builtin(vertex_index) index: u32) -> Varyings {
    let number = select(index, 6u - index, index > 2u);
    let corner = vec2f(f32(number & 1u) - 0.5, f32(number >> 1u));
    let look = in.look;
    let outfit = byte_of(look.y, 3u);
    let aid = byte_of(look.z, 0u);
    let flat_way = normalize(g.eye.xz - in.place.xz + vec2f(1e-4, 0.0));
    let right = vec3f(flat_way.y, 0.0, -flat_way.x);
    let nose = vec2f(sin(in.place.w), -cos(in.place.w));
    var hems = HEMS;
    var sizes = SIZES;
    var widths = WIDTHS;
    let size = sizes[byte_of(look.z, 1u)];
    let hem = hems[outfit];
    var out: Varyings;
    out.at = corner * vec2f(1.3, 2.0);
    let wide = widths[byte_of(look.y, 2u)];
    out.world = in.place.xyz + (right * out.at.x * wide + vec3f(0.0, out.at.y, 0.0)) * size;
    out.clip = g.view_proj * vec4f(out.world, 1.0);
    let middle = in.place.xyz + vec3f(0.0, 0.9, 0.0);
    let shade = shaded(middle, vec3f(flat_way.x, 0.0, flat_way.y));
    out.on_city = shade.city;
    out.on_figures = shade.figures;
    let motion = in.motion.x;
    out.wheels = f32(aid == 1u);
    let walks = f32(motion == 1u || motion == 2u) * (1.0 - out.wheels);
    let stride = cos(in.pace.y / size * 6.2832 / select(1.36, 2.6, motion == 2u)) * 0.32 * walks * dot(nose, right.xz);
    out.skin = vec4f(coloured(0u, look), in.pace.z);
    out.hair = vec4f(select(coloured(1u, look), out.skin.rgb, byte_of(look.z, 3u) == 1u), dot(nose, flat_way));
    let skirt = outfit == 2u;
    out.upper = vec4f(coloured(2u, look), hem.x);
    out.lower = vec4f(coloured(3u, look), hem.y);
    let headwear = byte_of(look.z, 2u);
    out.hat = vec4f(coloured(4u, look), select(f32(headwear > 0u) * 0.14, 0.26, headwear == 4u));
    // Waving, cheering and whatever else is done with arms up.
    let up = f32(motion == 4u || motion == 8u || motion == 9u || motion == 14u || motion == 17u);
    out.how = vec4f(stride, f32(skirt), max(f32(motion == 3u), out.wheels), up);
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    if (in.skin.a < 0.995 && faded(in.clip, in.skin.a)) { discard; }
    let sits = in.how.z;
    // The upper body of who sits is lower.
    let p = vec2f(in.at.x, in.at.y + 0.38 * sits);
    let x = abs(p.x);
    var colour = vec3f(-1.0);
    var half = 0.2;
    var axis = 0.0;
    let head = (p - vec2f(0.0, 1.56)) / vec2f(0.135, 0.155);
    let waist = mix(0.15, 0.20, smoothstep(0.9, 1.25, p.y)) * smoothstep(1.40, 1.30, p.y);
    let hem = mix(in.upper.w, 0.15, clamp((p.y - in.lower.w) / (1.0 - in.lower.w), 0.0, 1.0));
    let arm = select(vec2f(0.225, 0.72), vec2f(0.20 + (p.y - 1.25) * 0.25, 1.25), in.how.w > 0.0);
    if (dot(head, head) < 1.0) {
        // Whom one sees from behind shows hair.
        let face = in.hair.w > -0.25 && p.y < 1.60 && x < 0.11;
        colour = select(in.hair.rgb, in.skin.rgb, face);
        half = 0.135;
        if (in.hat.w > 0.0 && p.y > 1.62) { colour = in.hat.rgb; }
    } else if (in.hat.w > 0.15 && abs(p.y - 1.70) < 0.025 && x < in.hat.w) {
        colour = in.hat.rgb;
    } else if (p.y > 0.9 && x < waist) {
        colour = in.upper.rgb;
        half = waist;
    } else if (abs(x - arm.x) < 0.05 && p.y > arm.y && p.y < arm.y + 0.60) {
        colour = select(in.upper.rgb, in.skin.rgb, abs(p.y - arm.y - select(0.0, 0.60, in.how.w > 0.0)) < 0.09);
        half = 0.05;
        axis = arm.x;
    } else if (in.upper.w > 0.0 && p.y < 1.0 && p.y > in.lower.w + 0.38 * sits && x < hem) {
        colour = select(in.upper.rgb, in.lower.rgb, in.how.y > 0.0);
        half = hem;
    } else if (p.y < 0.92 && p.y > 0.38 * sits) {
        // Legs, each to its foot.
        let low = 1.0 - clamp(p.y / 0.85, 0.0, 1.0);
        let to_left = p.x + 0.085 - in.how.x * low;
        let to_right = p.x - 0.085 + in.how.x * low;
        axis = select(0.085 - in.how.x * low, -0.085 + in.how.x * low, abs(to_left) < abs(to_right));
        half = mix(0.058, 0.085, clamp(p.y, 0.0, 1.0));
        if (min(abs(to_left), abs(to_right)) < half) {
            colour = select(in.lower.rgb, vec3f(0.03), p.y < 0.07);
        }
    }
    if (in.wheels > 0.0 && colour.r < 0.0 && distance(in.at, vec2f(0.0, 0.30)) < 0.30) {
        colour = vec3f(0.03);
    }
    if (colour.r < 0.0) { discard; }
    // Rounded: what is to the side looks to the side.
    let side = clamp((select(p.x, x, axis > 0.15) - axis) / half, -0.95, 0.95);
    let way = normalize(vec3f(g.eye.x - in.world.x, 0.0, g.eye.z - in.world.z));
    let right = vec3f(way.z, 0.0, -way.x);
    let normal = normalize(right * side + way * sqrt(1.0 - side * side) + vec3f(0.0, 0.15, 0.0));
    let low = mix(0.62, 1.0, smoothstep(0.0, 0.75, in.at.y));
    let lit_colour = lit_figure(colour, in.world, normal, low, in.on_city, in.on_figures);
    return vec4f(toned(hazed(lit_colour, in.world)), 1.0);
}
