// What is bright at night shines beyond its edges: pictures ever smaller, each made of the one before, added to the whole.

override STEP: i32 = 0;   // 0: what is bright, smaller; 1: smaller; 2: all added up

@group(1) @binding(0) var smooth_sampler: sampler;
@group(1) @binding(1) var whole: texture_2d<f32>;
@group(1) @binding(2) var quarter: texture_2d<f32>;
@group(1) @binding(3) var eighth: texture_2d<f32>;
@group(1) @binding(4) var sixteenth: texture_2d<f32>;

struct Corner {
    @builtin(position) clip: vec4f,
    @location(0) uv: vec2f,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Corner {
    let at = vec2f(f32(index & 1u) * 2.0, f32(index >> 1u) * 2.0);
    return Corner(vec4f(at * 2.0 - 1.0, 0.0, 1.0), vec2f(at.x, 1.0 - at.y));
}

// The sixteen texels around a point, by four looks between them.
fn around(picture: texture_2d<f32>, uv: vec2f) -> vec3f {
    let texel = 1.0 / vec2f(textureDimensions(picture));
    var sum = vec3f(0.0);
    for (var corner = 0; corner < 4; corner++) {
        let off = vec2f(f32(corner & 1), f32(corner >> 1)) * 2.0 - 1.0;
        sum += textureSampleLevel(picture, smooth_sampler, uv + off * texel, 0.0).rgb;
    }
    return sum * 0.25;
}

@fragment
fn fragment(in: Corner) -> @location(0) vec4f {
    if STEP == 2 {
        let shine = around(quarter, in.uv) * 0.36 + around(eighth, in.uv) * 0.44 + around(sixteenth, in.uv) * 0.55;
        let there = textureSampleLevel(whole, smooth_sampler, in.uv, 0.0).rgb;
        // As on a film: where it is bright already, little is added.
        return vec4f(there + shine * g.zenith.w * (1.0 - there), 1.0);
    }
    let colour = around(whole, in.uv);
    let peak = max(colour.r, max(colour.g, colour.b));
    return vec4f(select(colour, colour * smoothstep(0.45, 0.9, peak), STEP == 0), 1.0);
}
