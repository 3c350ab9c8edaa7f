// A picture drawn smaller, spread over the canvas.

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var smooth_sampler: sampler;

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) at: vec2f,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varyings {
    let corner = vec2f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0);
    var out: Varyings;
    out.clip = vec4f(corner, 0.0, 1.0);
    out.at = corner * vec2f(0.5, -0.5) + 0.5;
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    return textureSampleLevel(picture, smooth_sampler, in.at, 0.0);
}
