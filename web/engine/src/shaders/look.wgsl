// How a look's colours are told, and how a figure is lit and fades, near or far.

// A look as `figure::dressed` tells it, four bytes a number, the first one lowest: where in the palette its colours are, of
// skin, hair, above, below; of hat, ribbon; build, outfit; aid, age, headwear, whether bald.
fn byte_of(number: u32, index: u32) -> u32 {
    return (number >> (8u * index)) & 255u;
}

// Where in the palette those begin that are everyone's, and their first slot.
const EVERYONES = 24u;
const FIRST = 8u;

// One look into the palette, whatever the slot: software rasterisers run all cases for every corner.
fn coloured(slot: u32, look: vec3u) -> vec3f {
    // Cheeks and lips are of the skin.
    let is_skin = slot == 6u || slot == 7u;
    let own = byte_of(select(look.x, look.y, slot > 3u && !is_skin), select(slot & 3u, 0u, is_skin));
    let colour = g.palette[select(own, EVERYONES + slot - FIRST, slot >= FIRST)].rgb;
    if (!is_skin) { return colour; }
    if (slot == 6u) { return mix(colour, vec3f(0.62, 0.16, 0.13), 0.30); }
    return mix(colour * 0.5, vec3f(0.45, 0.06, 0.06), 0.55);
}

// Whether a figure that is partly there leaves this pixel to what is behind: by dither, so that there is no order of
// drawing to keep. What is below nothing is drawn where its counterpart above is not.
fn faded(clip: vec4f, opacity: f32) -> bool {
    let p = vec2u(clip.xy) & vec2u(3u);
    let order = (f32((p.x * 5u + p.y * 11u + (p.x ^ p.y) * 2u) & 15u) + 0.5) / 16.0;
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
