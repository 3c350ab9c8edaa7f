// Light on a surface: one sun (or moon) with two shadow maps, the sky above, the ground below, and the lamps.

@group(1) @binding(0) var shadow_city: texture_depth_2d;
@group(1) @binding(1) var shadow_figures: texture_depth_2d;
@group(1) @binding(2) var shadow_sampler: sampler_comparison;
@group(1) @binding(3) var ground_map: texture_2d<f32>;
@group(1) @binding(4) var ground_sampler: sampler;

// Whether there is a graphics card to spend on. Without one every instruction of this file is run by the processor
// for every pixel: half of what is seen at arrival is ground, and a picture of it took six times as long.
override FINE: bool = true;

// Whether the city behind is a kept picture: then the second map is not of figures' shadows but of how far it is.
override BACKDROP: bool = false;

// Whether it lies flat, so that its normal and its height need not be looked at.
override LIES: bool = false;

// How often the city's shadow is looked up for a pixel.
override TAPS: u32 = 4u;

// Where a corner lies on both shadow maps. The light is parallel: between corners this is exact.
struct Shaded {
    city: vec3f,
    figures: vec3f,
}

fn shaded(world: vec3f, normal: vec3f) -> Shaded {
    let lifted = vec4f(world + normal * 0.12, 1.0);
    let c = g.shadow_city * lifted;
    if (!FINE) {
        return Shaded(vec3f(c.xy * vec2f(0.5, -0.5) + 0.5, c.z), vec3f(0.0));
    }
    let f = g.shadow_figures * lifted;
    return Shaded(vec3f(c.xy * vec2f(0.5, -0.5) + 0.5, c.z), vec3f(f.xy * vec2f(0.5, -0.5) + 0.5, f.z));
}

// Share of the direct light that arrives. Outside the city's map everything is lit: the map follows the eye, and far
// shadows are lost in haze.
fn lit(c: vec3f, f: vec3f) -> f32 {
    let t = g.ground.w;
    let edge = max(abs(c.x - 0.5), abs(c.y - 0.5));
    var city = 1.0;
    if (edge < 0.495 && c.z < 1.0) {
        var sum = 0.0;
        for (var tap = 0u; tap < TAPS; tap++) {
            let turn = vec2f(f32(tap & 1u) - 0.5, f32(tap >> 1u) - 0.5);
            // Four taps stand askew, so that their steps do not line up with the texels.
            let at = c.xy + vec2f(turn.x * 1.4 - turn.y * 0.7, turn.y * 1.4 + turn.x * 0.7) * t * f32(TAPS > 1u);
            sum += textureSampleCompareLevel(shadow_city, shadow_sampler, at, c.z);
        }
        city = mix(sum / f32(TAPS), 1.0, smoothstep(0.44, 0.495, edge));
    }
    if (!FINE) {
        return city;
    }
    var figures = 1.0;
    if (max(abs(f.x - 0.5), abs(f.y - 0.5)) < 0.49 && f.z < 1.0) {
        figures = textureSampleCompareLevel(shadow_figures, shadow_sampler, f.xy, f.z);
    }
    return city * figures;
}

// Whether the kept picture of the city hides what would be drawn here.
fn hidden(clip: vec4f) -> bool {
    if (!BACKDROP) {
        return false;
    }
    let at = clip.xy / vec2f(textureDimensions(shadow_figures));
    return textureSampleCompareLevel(shadow_figures, shadow_sampler, at, clip.z) < 0.5;
}

// Light of lamps (x), openness of the ground to the sky (y), how worn it is (z, around 0.5), and floodlight (w) at a point.
fn ground_at(world: vec3f) -> vec4f {
    let p = (world.xz - g.ground.xy) * g.ground.z;
    let inside = step(max(abs(p.x - 0.5), abs(p.y - 0.5)), 0.498);
    let s = textureSampleLevel(ground_map, ground_sampler, p, 0.0);
    return mix(vec4f(0.0, 1.0, 0.5, 0.0), s, inside);
}

// All the light that falls on a matt surface.
fn irradiance(world: vec3f, ground: vec4f, normal: vec3f, open: f32, c: vec3f, f: vec3f) -> vec3f {
    if (LIES) {
        let arrives = g.direct.rgb * max(g.towards.y, 0.0) * lit(c, f);
        return arrives + g.ambient.rgb * ground.y + vec3f(1.0, 0.62, 0.30) * ground.x * g.towards.w * 1.5;
    }
    let facing = dot(normal, g.towards.xyz);
    var direct = 0.0;
    if (facing > 0.0) {
        direct = facing * lit(c, f);
    }
    let height = max(world.y, 0.0);
    let low = 1.0 / (1.0 + height * (0.6 + height * 0.3));
    // A wall's foot and the ground at a wall see less sky.
    let seen = open * mix(1.0, ground.y, low * clamp(normal.y * 2.0, 0.25, 1.0));
    let hemisphere = mix(g.bounce.rgb, g.ambient.rgb, normal.y * 0.5 + 0.5) * seen;
    // Lamps hang low: their light fades with height.
    let lamp = vec3f(1.0, 0.62, 0.30) * ground.x * g.towards.w / (1.0 + height * (0.2 + height * 0.1))
        * (0.55 + 0.45 * normal.y);
    // Floodlights shine up: on walls, and most of all on what hangs over them.
    let flood = vec3f(1.0, 0.72, 0.42) * ground.w * g.towards.w * open
        * clamp(0.62 - 0.7 * normal.y, 0.0, 1.0) / (1.0 + height * height * 0.0025);
    return g.direct.rgb * direct + hemisphere + lamp * 1.5 + flood;
}
