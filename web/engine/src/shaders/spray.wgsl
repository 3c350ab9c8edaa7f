// What shines through, on cards that turn to the eye: the glow around a lamp, and jets of water.
// Corner: where it stands, its card's corner (-1..1), size, colour; kind 0 glow, 1 jet.

struct Card {
    @location(0) position: vec3f,
    @location(1) corner: vec2f,
    @location(2) size: vec2f,
    @location(3) colour: vec4f,
    @location(4) kind: vec4u,
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) corner: vec2f,
    @location(1) colour: vec4f,
    @location(2) @interpolate(flat) kind: vec2u,
}

@vertex
fn vertex(in: Card) -> Varyings {
    let to_eye = normalize(g.eye.xyz - in.position);
    let right = normalize(cross(vec3f(0.0, 1.0, 0.0), to_eye));
    var world = in.position;
    var colour = linear_of(in.colour.rgb);
    var strength = 1.0;
    if (in.kind.x == 0u) {
        let up = cross(to_eye, right);
        world += right * in.corner.x * in.size.x + up * in.corner.y * in.size.y + to_eye * 0.3;
        strength = g.towards.w;
    } else {
        // A jet breathes: it rises and falls in its turn, and stands still for those who ask for calm.
        let own = f32(in.kind.y) / 255.0;
        let rise = 0.62 + 0.38 * sin(g.eye.w * 0.9 * g.sun.w + own * 6.283 * 3.0);
        let y = in.corner.y * 0.5 + 0.5;
        world += right * in.corner.x * in.size.x * (0.35 + 0.65 * y) + vec3f(0.0, y * in.size.y * rise, 0.0);
        let day = g.ambient.rgb + g.direct.rgb * 0.35;
        let hue = vec3f(0.5) + 0.5 * cos(6.283 * (own + g.eye.w * 0.03) + vec3f(0.0, 2.1, 4.2));
        colour = mix(day, hue * 0.9 + 0.25, g.towards.w);
    }
    var out: Varyings;
    out.clip = g.view_proj * vec4f(world, 1.0);
    out.corner = in.corner;
    out.colour = vec4f(colour, strength * in.colour.a);
    out.kind = in.kind.xy;
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    // Premultiplied: glow adds, water covers a little.
    if (in.kind.x == 0u) {
        let r = length(in.corner);
        let soft = max(1.0 - r, 0.0);
        let light = in.colour.rgb * in.colour.a * (soft * soft * soft * 0.55 + smoothstep(0.16, 0.0, r) * 0.6);
        return vec4f(light, 0.0);
    }
    let y = in.corner.y * 0.5 + 0.5;
    let fall = fract(y * 2.0 - g.eye.w * 1.7 * g.sun.w + f32(in.kind.y) * 0.37);
    let drops = noise2(vec2f(in.corner.x * 4.0 + f32(in.kind.y), (y * 14.0 - g.eye.w * 9.0 * g.sun.w)));
    let body = (1.0 - abs(in.corner.x)) * (1.0 - y * y) * (0.35 + 0.5 * drops + 0.15 * fall);
    let alpha = clamp(body, 0.0, 1.0) * 0.75 * in.colour.a;
    return vec4f(toned(in.colour.rgb) * alpha, alpha * 0.8);
}
