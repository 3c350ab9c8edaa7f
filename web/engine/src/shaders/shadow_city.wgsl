// The city as the sun sees it: depth only.

struct Corner {
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) uv: vec2f,
    @location(3) colour: vec4f,
    @location(4) material: vec4u,
}

@vertex
fn vertex(in: Corner) -> @builtin(position) vec4f {
    let world = season_moved(in.position, in.normal, in.uv, in.material);
    return g.shadow_city * vec4f(world, 1.0);
}
