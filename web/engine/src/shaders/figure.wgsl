// Figures: people and those who belong to the city. One instance a figure, as the frame tells it.

struct Corner {
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) part: vec4u,     // bone, slot
    @location(10) mask: u32,      // shown when one of these is worn
    @location(3) place: vec4f,    // position, heading
    @location(5) pace: vec3f,     // since, stride, opacity
    @location(6) look: vec3u,
    @location(7) own: vec3u,      // row of the texture of bones; what is worn; the bits of the height where others have
                                  // the same pose, else nothing
}

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) world: vec3f,
    @location(1) normal: vec3f,
    @location(2) colour: vec4f,   // w: opacity
    @location(3) open: vec2f,     // openness; 1 where it shines a little, 2 where it is a lamp
}

struct Stood {
    position: vec3f,
    normal: vec3f,
}

// Three texels a bone, one row a figure: the rows of the bone's matrix.
@group(0) @binding(1) var bones: texture_2d<f32>;

// How wide and deep the builds are.
const BROAD = array<vec2f, 4>(vec2f(1.0), vec2f(1.15, 1.08), vec2f(0.88, 0.90), vec2f(1.20, 1.34));

// Turned clockwise by an angle whose sine and cosine these are.
fn headed(v: vec3f, by: vec2f) -> vec3f {
    return vec3f(v.x * by.y - v.z * by.x, v.y, v.x * by.x + v.z * by.y);
}

fn stood(in: Corner) -> Stood {
    let tall = bitcast<f32>(in.own.z);
    let at = vec2u(in.part.x * 3u, in.own.x);
    let x = textureLoad(bones, at, 0);
    let y = textureLoad(bones, at + vec2u(1u, 0u), 0);
    let z = textureLoad(bones, at + vec2u(2u, 0u), 0);
    var rest = vec4f(in.position, 1.0);
    // In a pose that many have each is as broad as it is, but for the head and what is sat in or held.
    let bone = in.part.x;
    let is_own = bone != 2u && bone != 12u && (bone < 15u || bone == 16u);
    if (tall > 0.0 && is_own) {
        var broad = BROAD;
        let by = broad[byte_of(in.look.y, 2u)];
        rest = vec4f(rest.x * by.x, rest.y, rest.z * by.y, 1.0);
    }
    var out: Stood;
    out.position = vec3f(dot(x, rest), dot(y, rest), dot(z, rest));
    out.normal = normalize(vec3f(dot(x.xyz, in.normal.xyz), dot(y.xyz, in.normal.xyz), dot(z.xyz, in.normal.xyz)));
    if (tall > 0.0) {
        // And stands, heads and is as tall as it is.
        let heading = vec2f(sin(in.place.w), cos(in.place.w));
        out.position = in.place.xyz + headed(out.position, heading) * tall;
        out.normal = headed(out.normal, heading);
    }
    return out;
}

// All triangles that are not worn are one point outside the picture.
const NOWHERE = vec4f(0.0, 0.0, 2.0, 1.0);

@vertex
fn shadow(in: Corner) -> @builtin(position) vec4f {
    if ((in.mask & in.own.y) == 0u) { return NOWHERE; }
    return g.shadow_figures * vec4f(stood(in).position, 1.0);
}

@vertex
fn vertex(in: Corner) -> Varyings {
    var out: Varyings;
    out.clip = NOWHERE;
    if ((in.mask & in.own.y) == 0u) { return out; }
    let s = stood(in);
    out.world = s.position;
    out.clip = g.view_proj * vec4f(s.position, 1.0);
    out.normal = s.normal;
    let slot = in.part.y;
    out.colour = vec4f(coloured(slot, in.look), in.pace.z);
    // Occlusion where parts meet: under the chin, between the legs, under the hem.
    let y = in.position.y;
    let under_chin = 1.0 - 0.40 * smoothstep(0.07, 0.0, abs(y - 1.375)) * f32(in.part.x <= 2u);
    let low = mix(0.62, 1.0, smoothstep(0.0, 0.75, y));
    out.open = vec2f(under_chin * low, select(select(0.0, 0.25, slot == 1u), 1.0, slot == 10u || slot == 11u));
    if (slot == 17u) { out.open.y = 2.0; }
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    if (hidden(in.clip)) { discard; }
    if (in.colour.a < 0.995 && faded(in.clip, in.colour.a)) { discard; }
    let normal = normalize(in.normal);
    // Not told by corners: of those a figure has more than pixels.
    let shade = shaded(in.world, normal);
    var colour = lit_figure(in.colour.rgb, in.world, normal, in.open.x, shade.city, shade.figures);
    let half_way = normalize(normalize(g.eye.xyz - in.world) + g.towards.xyz);
    colour += g.direct.rgb * pow(max(dot(normal, half_way), 0.0), 42.0) * 0.10 * in.open.y;
    if (in.open.y > 1.5) { colour += in.colour.rgb * 2.5 * g.towards.w; }
    return vec4f(toned(hazed(colour, in.world)), 1.0);
}
