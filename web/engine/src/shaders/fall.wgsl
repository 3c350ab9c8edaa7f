// Rain and snow: cards without corners of their own, in a box of air that goes with the eye and stands still in the world.

// Metres from side to side.
const BOX: f32 = 18.0;

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) corner: vec2f,
    @location(1) alpha: f32,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varyings {
    let own = f32(index / 6u);
    let c = index % 6u;
    let corner = vec2f(f32(c == 1u || c == 2u || c == 4u), f32(c >= 2u && c != 3u)) * 2.0 - 1.0;
    let rain = g.weather.y;
    let t = g.eye.w;
    let chance = vec3f(hash2(vec2f(own, 1.7)), hash2(vec2f(own, 5.3)), hash2(vec2f(own, 9.1)));
    let speed = mix(vec3f(0.5, -1.0 - 0.6 * chance.x, 0.25), vec3f(0.7, -8.0 - 2.0 * chance.x, 0.3), rain);
    var at = (fract(chance + (speed * t - g.eye.xyz) / BOX) - 0.5) * BOX;
    // Flakes drift from side to side.
    at += vec3f(sin(t * 1.3 + own), 0.0, cos(t * 1.1 + own * 1.7)) * 0.22 * (1.0 - rain);
    let distance = max(length(at), 0.05);
    let right = normalize(cross(vec3f(0.0, 1.0, 0.0), at / distance) + vec3f(1e-4, 0.0, 0.0));
    let along = mix(cross(at / distance, right), speed * 0.11, rain);
    let size = mix(vec2f(0.020 + 0.022 * chance.y), vec2f(0.006, 0.5), rain);
    let world = g.eye.xyz + at + right * corner.x * size.x + along * corner.y * size.y;
    var out: Varyings;
    out.clip = g.view_proj * vec4f(world, 1.0);
    out.corner = corner;
    out.alpha = smoothstep(BOX * 0.5, BOX * 0.3, distance) * smoothstep(0.4, 1.4, distance) * mix(0.92, 0.22, rain);
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    let rain = g.weather.y;
    let flake = smoothstep(1.0, 0.35, length(in.corner));
    let streak = (1.0 - abs(in.corner.x)) * (1.0 - abs(in.corner.y));
    let alpha = mix(flake, streak, rain) * in.alpha;
    // Lamps show it by night.
    let light = g.ambient.rgb * 1.15 + g.direct.rgb * 0.4 + vec3f(0.44, 0.38, 0.30) * g.towards.w;
    return vec4f(toned(light * 0.9) * alpha, alpha);
}
