// What a figure does with its limbs, out of motion, time and metres walked; no skeleton is kept anywhere.
// Angles about x swing a hanging limb forward when positive. The numbers of motions are those of the protocol:
// 0 stand, 1 walk, 2 run, 3 sit, 4 wave, 5 bow, 6 clap.

struct Pose {
    body: vec4f,   // pelvis lowered (m), torso leaned (rad, negative forward), torso turned, shoulders raised (m)
    head: vec2f,   // nod (negative forward), turned
    left: vec3f,   // arm: swing, spread, elbow
    right: vec3f,
    legs: vec4f,   // left hip, left knee, right hip, right knee
}

fn blended(a: Pose, b: Pose, t: f32) -> Pose {
    return Pose(mix(a.body, b.body, t), mix(a.head, b.head, t), mix(a.left, b.left, t), mix(a.right, b.right, t),
                mix(a.legs, b.legs, t));
}

fn standing(time: f32, seed: f32) -> Pose {
    let breath = sin(time * 1.5 + seed * 40.0);
    // Looks about: a slow turn of the head, different for each.
    let look = sin(time * 0.31 + seed * 57.0) * sin(time * 0.13 + seed * 91.0);
    let shift = sin(time * 0.23 + seed * 23.0) * 0.5;
    return Pose(vec4f(0.004 - breath * 0.002, -0.02, shift * 0.06, breath * 0.006),
                vec2f(0.02 + breath * 0.012, look * 0.55),
                vec3f(0.04 + breath * 0.015, 0.10, 0.16), vec3f(0.05 - breath * 0.015, 0.10, 0.20),
                vec4f(0.03 + shift * 0.03, -0.05, 0.02 - shift * 0.03, -0.05));
}

fn stepping(stride: f32, run: f32) -> Pose {
    // Two steps a cycle: 1.5 m walking, 2.7 m running.
    let phase = stride / mix(1.5, 2.7, run) * 6.2831853;
    let s = sin(phase);
    let c = cos(phase);
    let swing = mix(0.52, 0.88, run);
    let bend = mix(vec2f(0.10, 0.78), vec2f(0.35, 1.35), run);
    let lift_l = max(c, 0.0);
    let lift_r = max(-c, 0.0);
    let arm = mix(0.48, 0.85, run);
    let elbow = mix(0.30, 1.45, run);
    return Pose(vec4f(mix(0.022, 0.045, run) * (1.0 + cos(phase * 2.0)) * 0.9, mix(-0.05, -0.20, run), s * mix(0.10, 0.18, run), 0.0),
                vec2f(mix(0.02, 0.10, run), -s * 0.06),
                vec3f(-s * arm, 0.09, elbow + max(-s, 0.0) * 0.25), vec3f(s * arm, 0.09, elbow + max(s, 0.0) * 0.25),
                vec4f(s * swing + 0.06, -(bend.x + bend.y * lift_l * lift_l), -s * swing + 0.06,
                      -(bend.x + bend.y * lift_r * lift_r)));
}

fn sitting(time: f32, seed: f32) -> Pose {
    let still = standing(time, seed);
    return Pose(vec4f(0.40, 0.05, 0.0, still.body.w), still.head, vec3f(0.42, 0.08, 0.70), vec3f(0.42, 0.08, 0.70),
                vec4f(1.48, -1.48, 1.48, -1.48));
}

fn doing(motion: u32, time: f32, since: f32, stride: f32, seed: f32) -> Pose {
    switch (motion) {
        case 1u: { return stepping(stride, 0.0); }
        case 2u: { return stepping(stride, 1.0); }
        case 3u: { return sitting(time, seed); }
        case 4u: {
            var p = standing(time, seed);
            let up = smoothstep(0.0, 0.3, since) * (1.0 - smoothstep(2.1, 2.4, since));
            p.right = mix(p.right, vec3f(0.25, 2.45 + sin(since * 9.0) * 0.10, 0.35 + sin(since * 9.0) * 0.45), up);
            p.head = vec2f(0.05, 0.0);
            return p;
        }
        case 5u: {
            var p = standing(time, seed);
            let down = smoothstep(0.0, 0.6, since) * (1.0 - smoothstep(1.45, 2.15, since));
            p.body = vec4f(0.012 * down, mix(p.body.y, -0.98, down), 0.0, 0.0);
            p.head = vec2f(-0.32 * down, 0.0);
            p.left = mix(p.left, vec3f(0.55, -0.22, 0.62), down);
            p.right = mix(p.right, vec3f(0.55, -0.22, 0.62), down);
            p.legs = vec4f(-0.08, -0.02, -0.08, -0.02) * down;
            return p;
        }
        case 6u: {
            var p = standing(time, seed);
            let up = smoothstep(0.0, 0.25, since) * (1.0 - smoothstep(2.35, 2.6, since));
            let beat = 0.5 + 0.5 * sin(since * 19.0);
            let arm = vec3f(0.62, -0.10 - 0.30 * beat, 1.15);
            p.left = mix(p.left, arm, up);
            p.right = mix(p.right, arm, up);
            p.head = vec2f(0.05, 0.0);
            return p;
        }
        default: { return standing(time, seed); }
    }
}

fn turned_x(p: vec3f, angle: f32) -> vec3f {
    let s = sin(angle);
    let c = cos(angle);
    return vec3f(p.x, p.y * c - p.z * s, p.y * s + p.z * c);
}

fn turned_y(p: vec3f, angle: f32) -> vec3f {
    let s = sin(angle);
    let c = cos(angle);
    return vec3f(p.x * c + p.z * s, p.y, p.z * c - p.x * s);
}

fn turned_z(p: vec3f, angle: f32) -> vec3f {
    let s = sin(angle);
    let c = cos(angle);
    return vec3f(p.x * c - p.y * s, p.x * s + p.y * c, p.z);
}

// Moves a point of the resting body (or, with `w` 0, a direction) by its bone. Numbers of bones are those of `figure.rs`.
fn moved(bone: u32, pose: Pose, rest: vec3f, w: f32) -> vec3f {
    var p = rest;
    if (bone == 12u) { return p; }
    if (bone >= 3u && bone <= 6u) {
        let right = bone >= 5u;
        let side = select(-1.0, 1.0, right);
        let arm = select(pose.left, pose.right, right);
        let elbow = vec3f(side * 0.205, 1.035, 0.0) * w;
        let shoulder = vec3f(side * 0.195, 1.30, 0.0) * w;
        if (bone == 4u || bone == 6u) { p = turned_x(p - elbow, arm.z) + elbow; }
        p = turned_x(turned_z(p - shoulder, side * arm.y), arm.x) + shoulder + vec3f(0.0, pose.body.w * w, 0.0);
    }
    if (bone == 2u) {
        let neck = vec3f(0.0, 1.38, 0.0) * w;
        p = turned_x(turned_y(p - neck, -pose.head.y), pose.head.x) + neck;
    }
    if (bone >= 1u && bone <= 6u) {
        let waist = vec3f(0.0, 0.92, 0.0) * w;
        p = turned_x(turned_y(p - waist, pose.body.z), pose.body.y) + waist;
    }
    if (bone >= 7u && bone <= 10u) {
        let right = bone >= 9u;
        let side = select(-1.0, 1.0, right);
        let leg = select(pose.legs.xy, pose.legs.zw, right);
        let knee = vec3f(side * 0.085, 0.45, 0.0) * w;
        let hip = vec3f(side * 0.085, 0.84, 0.0) * w;
        if (bone == 8u || bone == 10u) { p = turned_x(p - knee, leg.y) + knee; }
        p = turned_x(p - hip, leg.x) + hip;
    }
    if (bone == 11u) {
        // Cloth goes with both legs together, and is spread by their stride.
        let hips = (pose.legs.x + pose.legs.z) * 0.5;
        let knees = (pose.legs.y + pose.legs.w) * 0.5;
        let spread = abs(pose.legs.x - pose.legs.z) * 0.5;
        let low = clamp((0.95 - rest.y) / 0.9, 0.0, 1.0);
        let folded = smoothstep(0.6, 1.2, hips);
        p.z *= 1.0 + spread * low * 0.55 * w;
        p.z -= (pose.legs.x - pose.legs.z) * rest.x * low * 0.55 * w;
        p = vec3f(p.x, p.y, p.z) * vec3f(1.0 - 0.35 * folded, 1.0, 1.0 - 0.45 * folded);
        let knee = vec3f(0.0, 0.45, 0.0) * w;
        let hip = vec3f(0.0, 0.84, 0.0) * w;
        let below = smoothstep(0.55, 0.40, rest.y);
        let above = smoothstep(0.95, 0.75, rest.y);
        p = turned_x(p - knee, knees * below * folded) + knee;
        p = turned_x(p - hip, hips * above * folded) + hip;
        // Bowing takes the upper skirt along.
        let upper = smoothstep(0.86, 1.05, rest.y);
        let waist = vec3f(0.0, 0.92, 0.0) * w;
        p = turned_x(p - waist, pose.body.y * upper) + waist;
    }
    p.y -= pose.body.x * w;
    return p;
}
