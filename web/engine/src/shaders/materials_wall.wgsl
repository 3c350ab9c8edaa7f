// Patterns of faces that stand: windows with depth, glass, stone, tiles, and the painted timber.

// Whether a room is lit, and how warmly: every window keeps its own hours.
fn lamp_behind(cell: vec2f, seed: f32) -> vec3f {
    var light = vec3f(0.0);
    if (g.towards.w > 0.01) {
        light = lit_room(cell, seed);
    }
    return light;
}

fn lit_room(cell: vec2f, seed: f32) -> vec3f {
    let own = hash2(cell + vec2f(seed * 7.0, seed * 3.0));
    let kind = hash2(cell * 3.0 + vec2f(11.0, seed));
    // Hours since the afternoon: from 15 o'clock (0) to the next 15 (24).
    let hour = fract((g.halo.w - 15.0) / 24.0) * 24.0;
    let on = 1.2 + own * 2.5;
    let off = select(4.5 + kind * 6.0, 14.5, kind > 0.90);
    let lit = step(on, hour) * step(hour, off) * step(own * 0.6 + kind * 0.4, 0.66);
    let warm = mix(vec3f(1.0, 0.66, 0.34), vec3f(0.86, 0.90, 1.0), step(0.74, kind));
    return warm * lit * (0.35 + 0.65 * own) * g.towards.w;
}

// A wall with a window in every cell; `view` is towards the eye in the wall's own axes (along, up, out).
fn windows(uv: vec2f, view: vec3f, wall: vec3f, cell_m: vec2f, share: vec4f, depth: f32, seed: f32, pixel: f32) -> Surface {
    var s: Surface;
    let cell = floor(uv / cell_m);
    let f = uv / cell_m - cell;
    let inside = step(share.x, f.x) * step(f.x, share.z) * step(share.y, f.y) * step(f.y, share.w);
    let area = (share.z - share.x) * (share.w - share.y);
    if (!FINE) {
        // The same without depth: a shadow of the lintel stands for it.
        let far = clamp(pixel * 2.6 / cell_m.x - 0.35, 0.0, 1.0);
        let glass = mix(inside, area, far);
        let own = hash2(cell + seed);
        let lintel = step(share.w - 0.10, f.y) * (1.0 - far);
        let pane = mix(vec3f(0.034, 0.043, 0.054) + own * 0.04, wall * 0.30, lintel);
        s.albedo = mix(wall, pane, glass);
        s.mirror = glass * 0.10;
        s.glow = lamp_behind(cell, seed) * glass * 0.75;
        return s;
    }
    // What the eye meets at the depth of the pane.
    let back = f - view.xy / max(view.z, 0.25) * depth / cell_m;
    let pane = step(share.x, back.x) * step(back.x, share.z) * step(share.y, back.y) * step(back.y, share.w);
    let mullion = max(joint((back.x - share.x) * cell_m.x, (share.z - share.x) * cell_m.x * 0.5, 0.05, pixel),
                      joint((back.y - share.y) * cell_m.y, (share.w - share.y) * cell_m.y * 0.62, 0.05, pixel));
    let far = clamp(pixel * 2.6 / cell_m.x - 0.35, 0.0, 1.0);
    let glass = mix(inside * pane, area, far);
    let reveal = mix(inside * (1.0 - pane), 0.0, far);
    let tint = hash2(cell + seed) * 0.10;
    let dark = vec3f(0.030, 0.038, 0.048) + tint * 0.25;
    let frame = mullion * glass * (1.0 - far) * 0.8;
    s.albedo = mix(mix(wall, wall * 0.62, reveal), dark, glass);
    s.albedo = mix(s.albedo, wall * 0.45, frame);
    s.mirror = glass * 0.10 * (1.0 - frame);
    let blind = step(0.72, hash2(cell * 2.0 + seed)) * step(share.y + (share.w - share.y) * 0.45, back.y);
    s.albedo = mix(s.albedo, vec3f(0.42, 0.40, 0.35), blind * glass * 0.55 * (1.0 - far));
    s.glow = lamp_behind(cell, seed) * glass * (1.0 - frame) * (0.75 - blind * 0.3);
    return s;
}

// A curtain wall: panes from floor to floor, spandrels between.
fn curtain(uv: vec2f, tintc: vec3f, cell_m: vec2f, seed: f32, pixel: f32) -> Surface {
    var s: Surface;
    let cell = floor(uv / cell_m);
    let f = uv / cell_m - cell;
    let lines = max(joint(uv.x, cell_m.x, 0.09, pixel), joint(uv.y, cell_m.y, 0.13, pixel));
    let spandrel = step(f.y, 0.24) * clamp(1.3 - pixel / cell_m.y, 0.0, 1.0);
    let own = hash2(cell + seed);
    s.albedo = tintc * (0.16 + own * 0.05);
    s.albedo = mix(s.albedo, tintc * 0.42, spandrel * 0.6);
    s.albedo = mix(s.albedo, vec3f(0.42, 0.44, 0.45), lines * 0.55);
    s.mirror = 0.26 * (1.0 - lines * 0.8) * (1.0 - spandrel * 0.45);
    let room = floor(uv / (cell_m * vec2f(3.0, 1.0)));
    s.glow = lamp_behind(room, seed) * (1.0 - spandrel) * (1.0 - lines) * 0.55;
    return s;
}

// The wave: panes of clear glass, all a little different, with the floors showing through.
fn wave(uv: vec2f, view: vec3f, storey: f32, pixel: f32) -> Surface {
    var s: Surface;
    let pane = vec2f(2.2, storey * 0.5);
    let row = floor(uv.y / pane.y);
    let x = uv.x + row * 0.73;
    let cell = vec2f(floor(x / pane.x), row);
    let lines = max(joint(x, pane.x, 0.06, pixel), joint(uv.y, pane.y, 0.10, pixel));
    var rib = 0.0;
    if (FINE) {
        rib = joint(uv.x, pane.x * 6.0, 0.20, pixel);
    }
    let own = hash2(cell);
    // The slab of each floor, some metres behind the glass.
    let behind = uv - view.xy / max(view.z, 0.3) * 1.4;
    let floor_edge = joint(behind.y, storey, 0.55, pixel);
    var column = 0.0;
    if (FINE) {
        column = joint(behind.x, 8.8, 0.5, pixel);
    }
    let depth = vec3f(0.060, 0.105, 0.118) + own * 0.026;
    s.albedo = mix(depth, vec3f(0.36, 0.38, 0.36), max(floor_edge * 0.75, column * 0.35));
    s.albedo = mix(s.albedo, vec3f(0.50, 0.54, 0.55), max(lines * 0.45, rib * 0.5));
    s.mirror = (0.30 + own * 0.06) * (1.0 - lines * 0.6);
    let hall = floor(behind / vec2f(13.2, storey));
    // Brightest under the ceiling, and deep inside a little light that never goes out.
    let under = fract(behind.y / storey);
    // A civic hall is never quite dark: a soft glow on every floor, and the offices that are still at work.
    let dusk = vec3f(1.0, 0.74, 0.44) * (0.13 + 0.10 * hash2(hall)) * g.towards.w;
    let hours = (lamp_behind(hall, 5.0) * 0.62 + dusk) * (0.30 + 0.70 * under * under);
    s.glow = hours * (0.70 + 0.45 * floor_edge + 0.2 * own) * (1.0 - lines * 0.7) * 0.9;
    return s;
}

fn courses(uv: vec2f, colour: vec3f, height: f32, pixel: f32) -> vec3f {
    let b = bond(uv, vec2f(height * 2.1, height), 0.014, pixel);
    return colour * (1.0 + b.x * 0.10) * (1.0 - b.y * 0.30);
}

// Rows of round tiles, running up the roof along uv.y: x is the light of the row, y its slope across.
fn tiles(uv: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let near = clamp(1.0 - pixel * 2.4, 0.0, 1.0);
    let row = abs(fract(uv.x / 0.34) - 0.5) * 2.0;
    let round = sqrt(max(1.0 - row * row * 1.2, 0.0));
    let step_down = joint(uv.y, 0.36, 0.03, pixel);
    let own = hash2(vec2f(floor(uv.x / 0.34), floor(uv.y / 0.36))) - 0.5;
    return colour * mix(1.0, 0.62 + 0.62 * round + own * 0.10, near) * (1.0 - step_down * 0.22);
}

fn lattice(uv: vec2f, colour: vec3f, seed: f32, pixel: f32) -> Surface {
    var s: Surface;
    let bars = max(joint(uv.x, 0.16, 0.045, pixel), joint(uv.y, 0.16, 0.045, pixel));
    let stile = joint(uv.x, 0.95, 0.14, pixel);
    let foot = 1.0 - smoothstep(0.75 - pixel, 0.75 + pixel, uv.y);
    let paper = vec3f(0.46, 0.42, 0.33);
    s.albedo = mix(paper, colour, clamp(max(bars * 0.85, stile) + foot, 0.0, 1.0));
    s.glow = vec3f(1.0, 0.62, 0.28) * (1.0 - max(bars, stile)) * (1.0 - foot) * 0.30 * g.towards.w;
    s.mirror = 0.0;
    return s;
}

// Brackets and beam ends: noerok ground, tongues of green and blue with white rims, orange and yellow between.
fn dancheong(uv: vec2f, colour: vec3f, pixel: f32) -> vec3f {
    let far = clamp(pixel * 2.2, 0.0, 1.0);
    let x = fract(uv.x / 1.1);
    let tier = floor(uv.y / 0.34);
    let y = fract(uv.y / 0.34);
    let shift = fract(x * 3.0 + tier * 0.5);
    let tongue = smoothstep(0.50, 0.40, length(vec2f(shift - 0.5, y - 0.65) * vec2f(1.1, 1.0)));
    let rim = smoothstep(0.56, 0.48, length(vec2f(shift - 0.5, y - 0.65) * vec2f(1.1, 1.0))) - tongue;
    var c = mix(vec3f(0.28, 0.075, 0.028), colour, step(0.18, y));
    let green = vec3f(0.030, 0.34, 0.19);
    let blue = vec3f(0.028, 0.16, 0.40);
    c = mix(c, mix(green, blue, step(0.5, fract(tier * 0.5 + floor(x * 3.0) * 0.5))), tongue);
    c = mix(c, vec3f(0.88, 0.85, 0.76), clamp(rim, 0.0, 1.0) * 0.8);
    c = mix(c, vec3f(0.74, 0.16, 0.035), smoothstep(0.16, 0.10, length(vec2f(shift - 0.5, y - 0.72))));
    return mix(c, colour * 1.05 + vec3f(0.05, 0.04, 0.03), far);
}

fn clock(uv: vec2f, pixel: f32) -> vec3f {
    // Local metres around the middle, radius 1; it shows the frame's hour.
    let r = length(uv);
    let turn = atan2(uv.x, uv.y) / 6.2831853;
    var c = mix(vec3f(0.82, 0.79, 0.70), vec3f(0.05, 0.045, 0.04), smoothstep(0.90 - pixel, 0.92, r));
    let mark = abs(fract(turn * 12.0 + 0.5) - 0.5) / 12.0 * 6.28 * r;
    c = mix(c, vec3f(0.05), smoothstep(0.045 + pixel, 0.045, mark) * step(0.70, r) * step(r, 0.86));
    let hour = g.halo.w / 12.0 * 6.2831853;
    let minute = fract(g.halo.w) * 6.2831853;
    let h = vec2f(sin(hour), cos(hour));
    let m = vec2f(sin(minute), cos(minute));
    let hand_h = step(0.0, dot(uv, h)) * step(dot(uv, h), 0.48) * smoothstep(0.055 + pixel, 0.055, abs(uv.x * h.y - uv.y * h.x));
    let hand_m = step(0.0, dot(uv, m)) * step(dot(uv, m), 0.74) * smoothstep(0.035 + pixel, 0.035, abs(uv.x * m.y - uv.y * m.x));
    return mix(c, vec3f(0.03), max(hand_h, hand_m));
}

// Woods and bare rock of a hill.
fn slope(world: vec3f, normal: vec3f, granite: f32) -> vec3f {
    let n = noise2(world.xz * 0.021) * 0.6 + noise2(world.xz * 0.083 + world.y * 0.05) * 0.4;
    let rock = smoothstep(0.42, 0.62, n + granite * 0.16 + (0.55 - normal.y) * 0.7);
    let woods = mix(g.leaves[1].rgb, g.leaves[0].rgb, 0.35 + 0.3 * n) * 0.55;
    return mix(woods, vec3f(0.36, 0.34, 0.31), rock * (0.22 + 0.7 * granite));
}

// A far block: rows of windows that melt into one tone.
fn block(uv: vec2f, colour: vec3f, upright: bool, seed: f32, pixel: f32) -> Surface {
    let side = select(0.0, 1.0, upright);
    let cell = floor(uv / vec2f(4.0, 3.4));
    let f = uv / vec2f(4.0, 3.4) - cell;
    let pane = step(0.2, f.x) * step(f.x, 0.8) * step(0.3, f.y) * step(f.y, 0.8) * side;
    let near = clamp(1.6 - pixel * 0.5, 0.0, 1.0);
    let albedo = colour * (1.0 - mix(0.28 * side, pane * 0.62, near));
    return Surface(albedo, lamp_behind(cell, seed) * mix(0.36 * side, pane, near) * 0.5, 0.0);
}

// White cloth with a red and blue disc in its middle.
fn flag(uv: vec2f) -> vec3f {
    let q = uv - vec2f(1.5, 1.0);
    let wave = q.x * (1.0 - q.x * q.x * 4.0) * 0.9;
    let disc = mix(vec3f(0.02, 0.10, 0.36), vec3f(0.60, 0.035, 0.05), step(0.0, q.y + wave));
    return mix(vec3f(0.86), disc, step(length(q), 0.5));
}
