// How a look's colours are told, and how a figure is lit and fades, near or far.

struct Look {
    a: vec4u,   // skin, hair, hair colour, outfit
    b: vec4u,   // upper, lower, build, aid
    c: vec4u,   // age, headwear, its colour, face
}

// The colours that are everyone's: shoe, white, ink, metal, tyre, red, blue, yellow, wood, what shines, green.
const FIXED = array<vec3f, 11>(
    vec3f(0.030, 0.028, 0.030), vec3f(0.84, 0.82, 0.76), vec3f(0.012, 0.010, 0.010), vec3f(0.30, 0.32, 0.34),
    vec3f(0.022, 0.023, 0.026), vec3f(0.50, 0.045, 0.030), vec3f(0.030, 0.10, 0.36), vec3f(0.72, 0.42, 0.06),
    vec3f(0.33, 0.13, 0.055), vec3f(0.92, 0.80, 0.55),
    vec3f(0.03, 0.30, 0.11),
);

fn coloured(slot: u32, look: Look) -> vec3f {
    let skin = g.skins[look.a.x % 6u].rgb;
    switch (slot) {
        case 0u: { return skin; }
        case 1u: { return g.hairs[look.a.z % 6u].rgb; }
        case 2u: { return g.cloths[look.b.x % 12u].rgb; }
        case 3u: { return g.cloths[look.b.y % 12u].rgb; }
        case 4u: { return g.cloths[look.c.z % 12u].rgb; }
        case 5u: { return g.cloths[(look.b.x + look.b.y + 4u) % 12u].rgb; }
        case 6u: { return mix(skin, vec3f(0.62, 0.16, 0.13), 0.30); }
        case 7u: { return mix(skin * 0.5, vec3f(0.45, 0.06, 0.06), 0.55); }
        default: {
            var fixed = FIXED;
            return fixed[min(slot - 8u, 10u)];
        }
    }
}

// Whether a figure that is partly there leaves this pixel to what is behind: by dither, so that there is no order of
// drawing to keep. What is below nothing is drawn where its counterpart above is not.
fn faded(clip: vec4f, opacity: f32) -> bool {
    let p = vec2u(clip.xy) % vec2u(4u, 4u);
    let order = (f32((p.x * 5u + p.y * 11u + (p.x ^ p.y) * 2u) % 16u) + 0.5) / 16.0;
    if (opacity < 0.0) { return order <= opacity + 1.0; }
    return order > opacity;
}

fn lit_figure(colour: vec3f, world: vec3f, normal: vec3f, open: f32, city: vec3f, figures: vec3f) -> vec3f {
    var light = irradiance(world, ground_at(world), normal, open, city, figures);
    // Cloth and skin are never quite black on the far side.
    light += g.direct.rgb * 0.06 * (0.5 - 0.5 * dot(normal, g.towards.xyz)) + g.ambient.rgb * 0.08;
    let rim = 1.0 - max(dot(normal, normalize(g.eye.xyz - world)), 0.0);
    return colour * light + (g.ambient.rgb * 0.10 + g.direct.rgb * 0.015) * rim * rim * rim;
}
