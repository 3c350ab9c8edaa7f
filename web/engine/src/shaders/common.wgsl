// What all shaders share: the frame's numbers, noise, the sky, haze and the tone curve. Colours are linear.

struct Globals {
    view_proj: mat4x4f,
    shadow_city: mat4x4f,
    shadow_figures: mat4x4f,
    ray_right: vec4f,
    ray_up: vec4f,
    ray_forward: vec4f,
    eye: vec4f,       // w: seconds
    towards: vec4f,   // towards the light that casts shadows; w: night
    direct: vec4f,    // its colour; w: exposure
    zenith: vec4f,    // w: night
    horizon: vec4f,   // w: haze in a metre
    halo: vec4f,      // w: hour
    sun: vec4f,       // towards the sun; w: 1 when things may sway
    ambient: vec4f,   // w: day of the year
    bounce: vec4f,
    ground: vec4f,    // corner x, corner z, one over the side of the ground map; w: shadow texel
    weather: vec4f,   // shares of snow that lies, of wet ground, of the sky behind clouds
    leaves: array<vec4f, 5>,
    palette: array<vec4f, 35>,   // skins, hair, cloths, and the colours that are everyone's
}

@group(0) @binding(0) var<uniform> g: Globals;

// Evenly spread over 0..1 for whole numbers (the hash by D. Hoskins: no sines, which differ between GPUs).
fn hash2(p: vec2f) -> f32 {
    var q = fract(p.xyx * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

fn noise2(p: vec2f) -> f32 {
    let cell = floor(p);
    let f = p - cell;
    let t = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash2(cell), hash2(cell + vec2f(1.0, 0.0)), t.x),
               mix(hash2(cell + vec2f(0.0, 1.0)), hash2(cell + vec2f(1.0, 1.0)), t.x), t.y);
}

// The sky without clouds, in any direction; below the horizon it is the haze.
fn sky_colour(dir: vec3f) -> vec3f {
    let up = max(dir.y, 0.0);
    let toward = max(dot(dir, g.sun.xyz), 0.0);
    let near_sun = toward * toward * toward;
    let nearer = near_sun * near_sun * near_sun;
    let glow = g.halo.rgb * (near_sun * 0.22 * (1.0 - up * 0.6) + nearer * nearer * 0.35);
    return mix(g.horizon.rgb, g.zenith.rgb, sqrt(up) * (1.6 - 0.6 * sqrt(up))) + glow * step(-0.12, g.sun.y);
}

// What distance does to a colour: layers of an ink painting.
fn hazed(colour: vec3f, world: vec3f) -> vec3f {
    let ray = world - g.eye.xyz;
    let distance = length(ray);
    // Thinner with height, so that summits stand out of it.
    let thick = g.horizon.w / (1.0 + max(world.y, 0.0) / 350.0);
    let amount = 1.0 - exp(-max(distance - 40.0, 0.0) * thick);
    let toward = max(dot(ray, g.sun.xyz), 0.0) / max(distance, 1e-3);
    let haze = mix(g.horizon.rgb, g.zenith.rgb, 0.30) + g.halo.rgb * toward * toward * toward * 0.16;
    return mix(colour, haze, min(amount, 0.93));
}

// A film's answer to light after exposure: straight in the middle, a soft shoulder, and whites that keep their hue by
// giving up a little of it. What is painted stays the colour it was painted.
fn toned(colour: vec3f) -> vec3f {
    let x = max(colour * g.direct.w, vec3f(0.0));
    let peak = max(x.r, max(x.g, x.b));
    let knee = 0.62;
    let over = max(peak - knee, 0.0);
    let pressed = min(peak, knee) + (1.0 - knee) * over / (over + 1.0 - knee);
    let y = x * (pressed / max(peak, 1e-4));
    return mix(y, vec3f(pressed), clamp(over * 0.16, 0.0, 0.6));
}

fn linear_of(srgb: vec3f) -> vec3f {
    return srgb * (srgb * (srgb * 0.305306011 + 0.682171111) + 0.012522878);
}
