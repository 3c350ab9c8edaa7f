// The sky, drawn behind everything: gradient, sun or moon, stars, thin clouds.

// With plainer clouds and without stars for machines that have no GPU.
override FINE: bool = true;

struct Varyings {
    @builtin(position) clip: vec4f,
    @location(0) ray: vec3f,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Varyings {
    let corner = vec2f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0);
    var out: Varyings;
    out.clip = vec4f(corner, 1.0, 1.0);
    out.ray = g.ray_forward.xyz + g.ray_right.xyz * corner.x + g.ray_up.xyz * corner.y;
    return out;
}

@fragment
fn fragment(in: Varyings) -> @location(0) vec4f {
    let dir = normalize(in.ray);
    var colour = sky_colour(dir);
    let night = g.zenith.w;
    if (dir.y > 0.02) {
        // Clouds lie on a plane high above: two layers of noise, drawn out along the wind.
        let plane = dir.xz / (dir.y + 0.12);
        let drift = g.eye.w * 0.004;
        let p = plane * vec2f(1.1, 1.9) + vec2f(drift, 3.7);
        var body = noise2(p);
        if (FINE) {
            body = body * 0.62 + noise2(p * 2.9 + 7.1) * 0.38;
        } else {
            body = body * 0.62 + 0.19;
        }
        let cover = smoothstep(0.52 - g.weather.z * 0.7, 0.92 - g.weather.z * 0.3, body) * smoothstep(0.02, 0.30, dir.y) * 0.72;
        let toward = max(dot(dir, g.sun.xyz), 0.0);
        let white = g.horizon.rgb * (1.06 - 0.34 * g.weather.z * body) + g.direct.rgb * (0.10 + 0.14 * toward * toward) * (1.0 - night * 0.9);
        colour = mix(colour, white, cover);
        if (FINE && night > 0.05 && g.weather.z < 0.5) {
            let cell = floor(plane * 210.0);
            let star = step(0.9982, hash2(cell)) * (1.0 - length(fract(plane * 210.0) - 0.5) * 2.2);
            colour += vec3f(0.75, 0.82, 1.0) * max(star, 0.0) * night * smoothstep(0.05, 0.4, dir.y) * (1.0 - cover) * 0.55;
        }
    }
    let sun_up = g.sun.y > -0.06;
    let open = 1.0 - g.weather.z;
    let edge = dot(dir, select(g.towards.xyz, g.sun.xyz, sun_up));
    if (edge > 0.98 && open > 0.05) {
        let sun = (g.direct.rgb + g.halo.rgb) * smoothstep(0.99985, 0.99993, edge) * 9.0;
        let moon = smoothstep(0.99975, 0.99985, edge);
        let shine = vec3f(0.05, 0.07, 0.11) * pow(edge, 180.0);
        colour = mix(colour, select(mix(colour, vec3f(0.80, 0.82, 0.78), moon) + shine, colour + sun, sun_up), open);
    }
    return vec4f(toned(colour), 1.0);
}
