//! A look as a picture: the same cuts and colours as on the stage, drawn flat, layer over layer.

use shared::look::{CLOTH_COLOURS, HAIR_COLOURS, Look, SKINS, WHEELCHAIR};
use yew::{Html, html};

/// All of a figure, as the box of the picture.
pub const WHOLE: &str = "0 -4 100 160";
/// Its head.
pub const HEAD: &str = "18 -4 64 64";

/// One layer: its paint (see [`Paints`]), the width of its line or 0 for an area, and its outline.
type Layer = (u8, u8, &'static str);

const NECK: &[Layer] = &[
    (b's', 0, "M45.5 40h9v11h-9Z"),
    (b'k', 1, "M45.500 47c3 2.500 6 2.500 9 0"),
];
const FACE: &[Layer] = &[
    (
        b's',
        0,
        "M50 14c8 0 13.500 6.500 13.500 15S58 44 50 44s-13.500-6.500-13.500-15S42 14 50 14Z",
    ),
    (
        b'k',
        0,
        "M44.800 28.300a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400Zm10.400 0a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400Z",
    ),
    (
        b'h',
        1,
        "M42.500 25.500c1.500-1 3-1 4.500-.3m6 0c1.500-.7 3-.7 4.500.3",
    ),
    (b'k', 1, "M46.500 36.300c2 1.700 5 1.700 7 0"),
];

/// Behind the head, by [`shared::look::HAIRS`].
const BACK_HAIR: [&[Layer]; 8] = [
    &[],
    &[(
        b'h',
        0,
        "M34.500 28c0-11 6-17 15.500-17s15.500 6 15.500 17v14c-4 3-27 3-31 0Z",
    )],
    &[(
        b'h',
        0,
        "M34 28c0-11 6-17.500 16-17.500S66 17 66 28v33c-6 4-26 4-32 0Z",
    )],
    &[(
        b'h',
        0,
        "M50 3.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13Z",
    )],
    &[(b'h', 0, "M60 12c13 2 16 26 10 42-6-6-4-22-14-32Z")],
    &[],
    &[(
        b'h',
        0,
        "M50 6a9 9 0 0 1 9 3 9 9 0 0 1 9 11 9 9 0 0 1-2 14 8 8 0 0 1-5 10H39a8 8 0 0 1-5-10 9 9 0 0 1-2-14 9 9 0 0 1 9-11 9 9 0 0 1 9-3Z",
    )],
    &[],
];
const FRINGE: Layer = (
    b'h',
    0,
    "M35.500 30c-1-11 5-17.500 14.500-17.500S65.500 19 64.500 30c-2-4-5-7.500-8-9-6 4-13 6-21 9Z",
);
const PARTED: Layer = (
    b'h',
    0,
    "M36 28c0-10 5.500-15.500 14-15.500S64 18 64 28c-2.500-6-7-9.500-14-10-7 .5-11.500 4-14 10Z",
);
const FRONT_HAIR: [&[Layer]; 8] = [
    &[(
        b'h',
        0,
        "M35.500 29c-1-12 5-19 14.500-19 10 0 15.500 7 14.500 19-1.500-5-3-7.500-5.500-9.500-6 2-12 2-18.500.5-2.500 2-4 5-5 9Z",
    )],
    &[FRINGE],
    &[FRINGE],
    &[PARTED],
    &[FRINGE],
    &[
        PARTED,
        (b'h', 6, "M63 34c5 12 4 26 2 40"),
        (b'r', 6, "M65 74l-1 9"),
    ],
    &[(
        b'h',
        0,
        "M36 27c1-9 8-13 14-13s13 4 14 13c-4-2-5-5-9-5-3 2-8 2-11 0-3 0-5 3-8 5Z",
    )],
    &[],
];

const HANDS: Layer = (
    b's',
    0,
    "M30.500 88a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm39 0a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
);
const LEGS: Layer = (b'l', 0, "M39 88h22l1 58h-9l-3-44-3 44h-9Z");
const BAJI: Layer = (b'l', 0, "M37 82c-6 20-8 40-3 62h13l3-40 3 40h13c5-22 3-42-3-62Z");
const JACKET: Layer = (
    b'u',
    0,
    "M39 49c4-2 18-2 22 0 8 3 12 20 15 38-5 5-12 4-14 0l-2-11 3 20c-8 4-18 4-26 0l3-20-2 11c-2 4-9 5-14 0 3-18 7-35 15-38Z",
);
const COLLAR: Layer = (b'w', 3, "m44 47 6 12 6-12");
const RIBBON: Layer = (b'r', 3, "M51 60c4 6 3 20 6 32m-6-32c-3 4-4 12-6 18");

/// By [`shared::look::OUTFITS`].
const CLOTHES: [&[Layer]; 9] = [
    &[
        LEGS,
        HANDS,
        (
            b'u',
            0,
            "M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-20 2 26c-8 3-20 3-28 0l2-26-3 20c-2 3-6 3-9 0 1-21 4-38 12-41Z",
        ),
        (b'k', 1, "M44 48.500c3 4.500 9 4.500 12 0"),
    ],
    &[
        LEGS,
        HANDS,
        (
            b'u',
            0,
            "M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-20 3 52c-9 4-21 4-30 0l3-52-3 20c-2 3-6 3-9 0 1-21 4-38 12-41Z",
        ),
        (b'k', 1, "m43 48 7 15 7-15M50 63v58"),
    ],
    &[
        (
            b'l',
            0,
            "M41 70c-4 22-14 46-19 74 9 6 47 6 56 0-5-28-15-52-19-74Z",
        ),
        (b'k', 1, "M46 76l-7 66m15-66 7 66M50 76v68"),
        HANDS,
        (
            b'u',
            0,
            "M39 49c4-2 18-2 22 0 8 3 12 20 15 38-5 5-12 4-14 0l-3-13c-6 3-12 3-18 0l-3 13c-2 4-9 5-14 0 3-18 7-35 15-38Z",
        ),
        COLLAR,
        RIBBON,
    ],
    &[BAJI, HANDS, JACKET, COLLAR, (b'r', 3, "M51 60c3 6 3 14 4 22")],
    &[
        LEGS,
        HANDS,
        (
            b'u',
            0,
            "M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-20 2 34c-8 3-20 3-28 0l2-34-3 20c-2 3-6 3-9 0 1-21 4-38 12-41Z",
        ),
        (b'w', 0, "M44 47.500l6 23 6-23Z"),
        (b'r', 0, "M48.500 50h3l-.5 4 1.500 11-2.500 5-2.500-5 1.500-11Z"),
        (b'k', 1, "m44 47.500 6 24 6-24M50 72v31"),
    ],
    &[
        (b'u', 0, "M32 30c0-16 8-22 18-22s18 6 18 22v20c-8 5-28 5-36 0Z"),
        LEGS,
        (b'r', 0, "M37 128h11v19H37Zm15 0h11v19H52Z"),
        HANDS,
        (
            b'u',
            0,
            "M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-16 7 52c-10 4-28 4-38 0l7-52-3 16c-2 3-6 3-9 0 1-21 4-38 12-41Z",
        ),
        (b'k', 1, "M50 52v75m3-65h.1m-.1 14h.1m-.1 14h.1"),
    ],
    &[
        BAJI,
        HANDS,
        JACKET,
        (b'b', 0, "M40 48.500c4-1 16-1 20 0l3 42c-8 3-18 3-26 0Z"),
        (b'e', 3, "m40 50 22 38M37 90c8 3 18 3 26 0"),
        (b'y', 3, "M60 50 38 88m4 5v28"),
    ],
    &[
        BAJI,
        HANDS,
        (
            b'u',
            0,
            "M39 49c4-2 18-2 22 0 8 3 12 20 15 38-5 5-12 4-14 0l-2-9 9 52c-10 5-28 5-38 0l9-52-2 9c-2 4-9 5-14 0 3-18 7-35 15-38Z",
        ),
        COLLAR,
        RIBBON,
    ],
    &[
        (b's', 6, "M34 60l-3 30m35-30 3 30"),
        HANDS,
        (b's', 0, "M41 100h8v46h-7Zm10 0h8l-1 46h-7Z"),
        (
            b'u',
            0,
            "M38 49c4-2.500 20-2.500 24 0 5 2 8 9 9 18l-8 3-2-4v20l10 34c-11 4-31 4-42 0l10-34V66l-2 4-8-3c1-9 4-16 9-18Z",
        ),
        (b'r', 3, "M39.500 84c7 2 14 2 21 0"),
    ],
];

/// By [`shared::look::HEADWEAR`].
const HATS: [&[Layer]; 6] = [
    &[],
    &[
        (
            b't',
            0,
            "M50 9c-12 0-18 8-17 22 0 9 0 14-5 21 9 7 35 7 44 0-5-7-5-12-5-21 1-14-5-22-17-22Zm0 9c7 0 11 6 11 13 0 8-4 12-11 12s-11-4-11-12c0-7 4-13 11-13Z",
        ),
        (b'k', 1, "M36 50c8 4 20 2 26-4"),
    ],
    &[(
        b't',
        0,
        "M35 25c0-11 6-16 15-16s15 5 15 16c-5-2-25-2-30 0Zm-1-1c-6 2-8 5-6 7 9-5 20-6 28-6Z",
    )],
    &[
        (b't', 0, "M35 24c0-12 6-17 15-17s15 5 15 17v5H35Z"),
        (b'w', 6, "M50 5h.1"),
        (b'k', 1, "M35 24h30"),
    ],
    &[
        (
            b't',
            0,
            "M40 17 42 0h16l2 17c10 0 18 2 20 4-14 3-46 3-60 0 2-2 10-4 20-4Z",
        ),
        (b'k', 1, "m37 23 10 23m16-23L53 46"),
    ],
    &[
        (b't', 0, "M40 14c0-5 3-9 10-9s10 4 10 9c-5 2-15 2-20 0Z"),
        (b'y', 3, "M50 3h.1M45 10h.1m9.900 0h.1"),
    ],
];

/// By [`shared::look::FACES`].
const FACES: [&[Layer]; 3] = [
    &[],
    &[(
        b'k',
        1,
        "M40 30a4.500 4.500 0 1 0 9 0 4.500 4.500 0 0 0-9 0Zm11 0a4.500 4.500 0 1 0 9 0 4.500 4.500 0 0 0-9 0Zm-2 0h2M40 30l-4-1m24 1 4-1",
    )],
    &[
        (
            b'h',
            0,
            "M37.500 32c0 18 25 18 25 0-4 3-6 2-12.500 2s-8.500 1-12.500-2Z",
        ),
        (b's', 1, "M47 38c2 1 4 1 6 0"),
    ],
];

/// By [`shared::look::AIDS`]; wheels are before the figure, the frame behind it.
const AIDS: [&[Layer]; 4] = [
    &[],
    &[(b'm', 3, "M47 101a23 23 0 1 0 0 46 23 23 0 0 0 0-46Zm0 22.500h.1")],
    &[(b'o', 3, "M66 90h8m-4 0v59")],
    &[(b'w', 3, "M69 90 86 138"), (b'e', 3, "m86 138 3.500 10")],
];
const FRAME: &[Layer] = &[(
    b'm',
    3,
    "M32 74v40h36l5 26h9M72 135a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z",
)];

/// What the letters of layers stand for.
struct Paints(Look);

impl Paints {
    fn of(&self, letter: u8) -> String {
        let look = self.0;
        match letter {
            b's' => colour(&SKINS, look.skin),
            b'h' => colour(&HAIR_COLOURS, look.hair_colour),
            b'u' => colour(&CLOTH_COLOURS, look.upper),
            b'l' => colour(&CLOTH_COLOURS, look.lower),
            b't' => colour(&CLOTH_COLOURS, look.head_colour),
            // As the stage's shader has it.
            b'r' => colour(
                &CLOTH_COLOURS,
                ((u16::from(look.upper) + u16::from(look.lower) + 4) % 12) as u8,
            ),
            other => match other {
                b'w' => "#F3EFE4",
                b'm' => "#444B55",
                b'b' => "#2F6FA8",
                b'e' => "#C8402F",
                b'y' => "#D9A441",
                b'o' => "#8A5A36",
                _ => "#22252A",
            }
            .to_owned(),
        }
    }
}

/// A look as a small standing figure, or some of it: `view` is the box of the picture.
pub fn figure(look: Look, view: &'static str) -> Html {
    let paints = Paints(look);
    let layers = |layers: &[Layer]| -> Html {
        let drawn = layers.iter().map(|(letter, width, path)| {
            let paint = paints.of(*letter);
            let (fill, stroke) = if *width == 0 {
                (paint, "none".into())
            } else {
                ("none".into(), paint)
            };
            html! { <path d={*path} {fill} {stroke} stroke-width={width.to_string()} /> }
        });
        drawn.collect()
    };
    let seated = look.aid % 4 == WHEELCHAIR;
    let hooded = look.outfit % 9 == 5;
    let hat = pick(&HATS, if hooded { 0 } else { look.head });
    let cut = if hooded || look.head % 6 == 1 {
        7
    } else {
        look.hair
    };
    let scale = match (look.age % 4, look.build % 4) {
        (2, _) => "translate(50 150) scale(.74) translate(-50 -150)",
        (3, _) => "translate(50 150) scale(.88) translate(-50 -150)",
        (_, 1) => "translate(50 0) scale(1.12 1) translate(-50 0)",
        (_, 2) => "translate(50 0) scale(.88 1) translate(-50 0)",
        (_, 3) => "translate(50 0) scale(1.24 1) translate(-50 0)",
        _ => "",
    };
    html! {
        <svg class="figure" viewBox={view} aria-hidden="true" fill-rule="evenodd" stroke-linecap="round" stroke-linejoin="round">
            <ellipse class="figure-shade" cx="50" cy="150" rx="27" ry="4.5" />
            <g transform={if view == WHOLE { scale } else { "" }}>
                if seated { { layers(FRAME) } }
                <g transform={if seated && view == WHOLE { "translate(0 12) scale(1 .92)" } else { "" }}>
                    { layers(pick(&BACK_HAIR, cut)) }
                    { layers(pick(&CLOTHES, look.outfit)) }
                    { layers(NECK) }
                    { layers(FACE) }
                    if look.age % 4 == 1 { { layers(&[(b'k', 1, "M38.500 33l2-1m21 1-2-1M45 20.500h10")]) } }
                    { layers(pick(&FACES, look.face)) }
                    { layers(pick(&FRONT_HAIR, cut)) }
                    { layers(hat) }
                </g>
                { layers(pick(&AIDS, look.aid)) }
            </g>
        </svg>
    }
}

/// What an index stands for, wrapping around as the stage does.
fn pick(all: &[&'static [Layer]], index: u8) -> &'static [Layer] {
    all.get(usize::from(index) % all.len().max(1))
        .copied()
        .unwrap_or_default()
}

/// A colour of a palette, wrapping around as the stage does.
pub fn colour(palette: &[u32], index: u8) -> String {
    let rgb = palette
        .get(usize::from(index) % palette.len().max(1))
        .copied()
        .unwrap_or(0);
    format!("#{rgb:06X}")
}
