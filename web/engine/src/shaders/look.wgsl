// How a look's colours are told, and how a figure is lit and fades, near or far.

struct Look {
    a: vec4u,   // skin, hair, hair colour, outfit
    b: vec4u,   // upper, lower, build, aid
    c: vec4u,   // age, headwear, its colour, face
}

// Where in the palette they begin.
const HAIR = 6u;
const CLOTH = 12u;
const EVERYONES = 24u;

// One look into the palette, whatever the slot: software rasterisers run all cases for every corner.
fn coloured(slot: u32, look: Look) -> vec3f {
    var at = EVERYONES + min(slot - 8u, 10u);
    switch (slot) {
        case 0u, 6u, 7u: { at = look.a.x % 6u; }
        case 1u: { at = HAIR + look.a.z % 6u; }
        case 2u: { at = CLOTH + look.b.x % 12u; }
        case 3u: { at = CLOTH + look.b.y % 12u; }
        case 4u: { at = CLOTH + look.c.z % 12u; }
        case 5u: { at = CLOTH + (look.b.x + look.b.y + 4u) % 12u; }
        default: {}
    }
    let colour = g.palette[at].rgb;
    // Cheeks and lips are of the skin.
    if (slot == 6u) { return mix(colour, vec3f(0.62, 0.16, 0.13), 0.30); }
    if (slot == 7u) { return mix(colour * 0.5, vec3f(0.45, 0.06, 0.06), 0.55); }
    return colour;
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
