// A soft shadow at the feet of each figure, drawn out away from the light: what stands for figures' shadows where
// there is no graphics card to draw a map of them.

struct Instance {
    @location(3) place: vec4f,    // position, heading
    @location(5) pace: vec3f,     // since, stride, opacity
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) corner: vec2f,
    @location(1) dark: f32,
}

@vertex
fn vertex(in: Instance, @builtin(vertex_index) index: u32) -> Varyings {
    // Two triangles: 0 1 2, and 3 2 1.
    let number = select(index, 6u - index, index > 2u);
    let corner = vec2f(f32(number & 1u), f32(number >> 1u)) * 2.0 - 1.0;
    let flat_light = g.towards.xz;
    let away = -normalize(flat_light + vec2f(1e-4, 0.0));
    let side = vec2f(-away.y, away.x);
    // As long as a shadow is, up to a few metres: beyond that it is too faint to be missed.
    let long = clamp(length(flat_light) / max(g.towards.y, 0.1) * 1.6, 0.3, 3.2);
    let reach = away * (corner.y * 0.5 + 0.5) * long + away * corner.y * 0.34 + side * corner.x * 0.36;
    let feet = in.place.xyz;
    let c = shaded(feet + vec3f(0.0, 0.9, 0.0), vec3f(0.0, 1.0, 0.0));
    let sunlit = lit(c.city, c.figures) * clamp(g.direct.g * 0.6, 0.0, 1.0);
    var out: Varyings;
    out.clip = g.view_proj * vec4f(feet + vec3f(reach.x, 0.025, reach.y), 1.0);
    out.corner = corner;
    out.dark = abs(in.pace.z) * (0.26 + 0.36 * sunlit);
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    let r = length(in.corner);
    return vec4f(0.0, 0.0, 0.0, in.dark * smoothstep(1.0, 0.25, r));
}
