// Patterns of the ground. Each is given metres and how many metres a pixel covers, and fades to its mean before it
// could shimmer.

struct Surface {
    albedo: vec3f,
    normal: vec3f,
    glow: vec3f,
    // Share of the sky it mirrors when looked at squarely; 0 is matt.
    mirror: f32,
}

// How far inside a joint of `width` around whole multiples of `period` a coordinate lies, 0 to 1.
fn joint(x: f32, period: f32, width: f32, pixel: f32) -> f32 {
    let d = abs(fract(x / period - 0.5) - 0.5) * period;
    let sharp = smoothstep(width * 0.5 + pixel, max(width * 0.5 - pixel, 0.0) * 0.5, d);
    return sharp * clamp(width * 1.6 / max(pixel, 1e-4), 0.0, 1.0);
}

// Stones in a running bond: x the tint of the stone (-1..1), y the joint.
fn bond(p: vec2f, stone: vec2f, width: f32, pixel: f32) -> vec2f {
    let row = floor(p.y / stone.y);
    let x = p.x + hash2(vec2f(row, 3.0)) * stone.x;
    let tint = hash2(vec2f(floor(x / stone.x), row)) * 2.0 - 1.0;
    let joints = max(joint(x, stone.x, width, pixel), joint(p.y, stone.y, width, pixel));
    return vec2f(tint * clamp(1.0 - pixel / stone.x, 0.0, 1.0), joints);
}

fn granite(p: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let b = bond(p, vec2f(1.2, 0.6), 0.012, pixel);
    let grain = (noise2(p * 34.0) - 0.5) * clamp(1.0 - pixel * 30.0, 0.0, 1.0) * 0.10;
    let worn = (noise2(p * 0.11) - 0.5) * 0.12;
    return colour * (1.0 + b.x * 0.055 + grain + worn) * (1.0 - b.y * 0.34);
}

fn paving(p: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let b = bond(p, vec2f(0.4, 0.2), 0.010, pixel);
    let worn = (noise2(p * 0.16) - 0.5) * 0.14;
    return colour * (1.0 + b.x * 0.10 + worn) * (1.0 - b.y * 0.30);
}

fn asphalt(p: vec2f, across: vec2f, colour: vec3f, lanes: f32, half_width: f32, pixel: f32) -> vec3f {
    let grain = (noise2(p * 21.0) - 0.5) * clamp(1.0 - pixel * 18.0, 0.0, 1.0) * 0.16;
    let worn = (noise2(p * vec2f(0.23, 0.17)) - 0.5) * 0.16;
    var c = colour * (1.0 + grain + worn);
    if (lanes > 0.5) {
        let lane = 2.0 * (half_width - 0.5) / lanes;
        let x = across.x + half_width - 0.5;
        let number = round(x / lane);
        let near = smoothstep(0.075 + pixel, 0.075, abs(x - number * lane)) * clamp(0.24 / pixel, 0.0, 1.0);
        let edge = step(number, 0.5) + step(lanes - 0.5, number);
        let dash = max(step(fract(across.y / 8.0), 0.5), edge);
        let middle = step(abs(number * 2.0 - lanes), 0.5) * step(1.5, lanes);
        let paint = mix(vec3f(0.66, 0.66, 0.62), vec3f(0.72, 0.42, 0.07), middle);
        c = mix(c, paint, near * max(dash, middle) * 0.80);
    }
    return c;
}

fn crossing(across: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let bar = smoothstep(-pixel, pixel, abs(fract(across.x) - 0.5) - 0.25);
    let worn = 0.82 + 0.18 * noise2(across * 3.0);
    return mix(colour, vec3f(0.72, 0.72, 0.68), mix(bar, 0.5, clamp(pixel - 0.4, 0.0, 1.0)) * worn);
}

fn lawn(p: vec2f, pixel: f32) -> vec3f {
    let base = g.leaves[4].rgb;
    let wide = noise2(p * 0.09) * 0.5 + noise2(p * 0.31 + 5.0) * 0.3;
    let tuft = noise2(p * 2.7) * 0.5 + noise2(p * 8.3) * 0.5;
    let blade = noise2(p * vec2f(46.0, 27.0));
    let near = clamp(1.0 - pixel * 6.0, 0.0, 1.0);
    let close = clamp(1.0 - pixel * 45.0, 0.0, 1.0);
    let mown = (step(0.5, fract(p.x / 9.0)) - 0.5) * 0.07;
    let light = 0.82 + (wide - 0.4) * 0.30 + (tuft - 0.5) * 0.34 * near + (blade - 0.5) * 0.55 * close + mown;
    return base * light + vec3f(0.02, 0.012, 0.0) * (tuft - 0.5) * near;
}

fn earth(p: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let grain = (noise2(p * 17.0) - 0.5) * clamp(1.0 - pixel * 16.0, 0.0, 1.0) * 0.14;
    return colour * (0.96 + grain + (noise2(p * 0.35) - 0.5) * 0.16);
}

fn planks(uv: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let b = bond(uv, vec2f(2.4, 0.14), 0.008, pixel);
    let grain = (noise2(uv * vec2f(3.0, 60.0)) - 0.5) * clamp(1.0 - pixel * 40.0, 0.0, 1.0) * 0.16;
    return colour * (1.0 + b.x * 0.13 + grain) * (1.0 - b.y * 0.5);
}

fn water_normal(p: vec2f, pixel: f32) -> vec3f {
    let t = g.eye.w * g.sun.w;
    let a = noise2(p * 1.7 + vec2f(t * 0.35, 0.0)) - noise2(p * 1.7 + vec2f(0.4, t * 0.3));
    let b = noise2(p * 4.9 - vec2f(0.0, t * 0.7)) - noise2(p * 4.9 + vec2f(t * 0.6, 0.3));
    let fine = clamp(1.0 - pixel * 2.0, 0.1, 1.0);
    return normalize(vec3f(a * 0.10 + b * 0.05 * fine, 1.0, b * 0.10 - a * 0.05));
}
