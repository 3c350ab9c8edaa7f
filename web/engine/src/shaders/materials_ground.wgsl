// Patterns of the ground. Each is given metres and how many metres a pixel covers, and fades to its mean before it
// could shimmer.

struct Surface {
    albedo: vec3f,
    // Light of its own.
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

// Sawn granite slabs, or small paving stones. Bands of darker stone frame fields, each of a tone of its own.
fn slabs(p: vec2f, colour: vec3f, small: bool, wear: f32, pixel: f32) -> vec3f {
    let b = bond(p, select(vec2f(1.2, 0.6), vec2f(0.4, 0.2), small), 0.012, pixel);
    let field = select(9.6, 4.8, small);
    let band = max(joint(p.x, field, 0.6, pixel), joint(p.y, field, 0.6, pixel));
    let tone = (hash2(floor(p / field)) - 0.5) * clamp(1.0 - pixel / field, 0.0, 1.0) * 0.10;
    let worn = (wear - 0.5) * 0.13 + tone - band * select(0.17, 0.08, small);
    return colour * (1.0 + b.x * select(0.055, 0.10, small) + worn) * (1.0 - b.y * 0.32);
}

fn asphalt(p: vec2f, across: vec2f, colour: vec3f, lanes: f32, half_width: f32, wear: f32, pixel: f32) -> vec3f {
    var light = 1.0 + (wear - 0.5) * 0.18;
    if (FINE) {
        light += (hash2(floor(p * 24.0)) - 0.5) * clamp(1.0 - pixel * 18.0, 0.0, 1.0) * 0.12;
    }
    var c = colour * light;
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
    let worn = 0.9;
    return mix(colour, vec3f(0.72, 0.72, 0.68), mix(bar, 0.5, clamp(pixel - 0.4, 0.0, 1.0)) * worn);
}

fn lawn(p: vec2f, wide: f32, pixel: f32) -> vec3f {
    let base = g.leaves[4].rgb;
    let near = clamp(1.0 - pixel * 6.0, 0.0, 1.0);
    // Mown in stripes.
    let mown = (smoothstep(-pixel, pixel, abs(fract(p.x / 10.0) - 0.5) * 10.0 - 2.5) - 0.5) * 0.075;
    var light = 0.86 + (wide - 0.4) * 0.24 + mown;
    if (near > 0.0) {
        let tuft = noise2(p * 3.1) - 0.5;
        light += tuft * 0.26 * near;
        if (FINE) {
            let blade = noise2(p * vec2f(31.0, 19.0)) - 0.5;
            light += blade * 0.42 * clamp(1.0 - pixel * 36.0, 0.0, 1.0);
        }
    }
    return base * light;
}

fn earth(p: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let grain = (hash2(floor(p * 19.0)) - 0.5) * clamp(1.0 - pixel * 16.0, 0.0, 1.0) * 0.10;
    return colour * (0.96 + grain + (noise2(p * 0.35) - 0.5) * 0.16);
}

fn planks(uv: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let b = bond(uv, vec2f(2.4, 0.14), 0.008, pixel);
    return colour * (1.0 + b.x * 0.13) * (1.0 - b.y * 0.5);
}

fn water_normal(p: vec2f, pixel: f32) -> vec3f {
    let t = g.eye.w * g.sun.w;
    let a = noise2(p * 1.7 + vec2f(t * 0.35, t * 0.2)) - 0.5;
    let b = noise2(p * 3.1 - vec2f(t * 0.5, 7.0)) - 0.5;
    return normalize(vec3f(a * 0.12, 1.0, b * 0.12));
}
