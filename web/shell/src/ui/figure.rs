//! A look as a picture: the same cuts and colours as on the stage, drawn flat.

use shared::look::{CLOTH_COLOURS, HAIR_COLOURS, HAIRS, Look, OUTFITS, SKINS};
use yew::{Html, html};

/// A look as a small standing figure.
pub fn figure(look: Look) -> Html {
    let skin = colour(&SKINS, look.skin);
    let hair = colour(&HAIR_COLOURS, look.hair_colour);
    let upper = colour(&CLOTH_COLOURS, look.upper);
    let lower = colour(&CLOTH_COLOURS, look.lower);
    let seated = look.aid % 2 == 1;
    let scale = match look.build % 4 {
        1 => "translate(50 0) scale(1.1 1) translate(-50 0)",
        2 => "translate(50 150) scale(.78) translate(-50 -150)",
        3 => "translate(50 150) scale(.95) translate(-50 -150)",
        _ => "",
    };
    html! {
        <svg class="figure" viewBox="0 0 100 156" aria-hidden="true">
            <ellipse class="figure-shade" cx="50" cy="150" rx="27" ry="4.5" />
            <g transform={scale}>
                if seated {
                    { chair() }
                }
                <g transform={if seated { "translate(0 14)" } else { "" }}>
                    { back_hair(look.hair, &hair) }
                    { clothes(look.outfit, seated, &upper, &lower, &skin) }
                    { head(&skin) }
                    { front_hair(look.hair, &hair) }
                </g>
                if seated {
                    <circle cx="47" cy="124" r="23" fill="none" stroke="#444B55" stroke-width="4" />
                    <circle cx="47" cy="124" r="3.500" fill="#444B55" />
                }
            </g>
        </svg>
    }
}

/// A colour of a palette, wrapping around as the stage does.
pub fn colour(palette: &[u32], index: u8) -> String {
    let rgb = palette
        .get(usize::from(index) % palette.len().max(1))
        .copied()
        .unwrap_or(0);
    format!("#{rgb:06X}")
}

fn head(skin: &str) -> Html {
    html! {
        <>
            <path d="M45.500 40h9v11h-9Z" fill={skin.to_owned()} />
            <path d="M45.500 45.500c3 2.500 6 2.500 9 0V48h-9Z" fill="#000" opacity=".12" />
            <ellipse cx="50" cy="29" rx="13.500" ry="15" fill={skin.to_owned()} />
            <circle cx="44.800" cy="30" r="1.500" fill="#22252A" />
            <circle cx="55.200" cy="30" r="1.500" fill="#22252A" />
            <path d="M46.500 36.300c2 1.700 5 1.700 7 0" fill="none" stroke="#22252A" stroke-width="1.300" stroke-linecap="round" />
        </>
    }
}

fn back_hair(cut: u8, hair: &str) -> Html {
    let path = match HAIRS.get(usize::from(cut) % HAIRS.len()) {
        Some(&"bob") => "M34.500 28c0-11 6-17 15.500-17s15.500 6 15.500 17v14c-4 3-27 3-31 0Z",
        Some(&"long") => "M34 28c0-11 6-17.500 16-17.500S66 17 66 28v33c-6 4-26 4-32 0Z",
        Some(&"bun") => "M50 3.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13Z",
        _ => "",
    };
    html! { <path d={path} fill={hair.to_owned()} /> }
}

fn front_hair(cut: u8, hair: &str) -> Html {
    let path = match HAIRS.get(usize::from(cut) % HAIRS.len()) {
        Some(&"short") => {
            "M35.500 29c-1-12 5-19 14.500-19 10 0 15.500 7 14.500 19-1.500-5-3-7.500-5.500-9.500-6 2-12 2-18.500.5-2.500 2-4 5-5 9Z"
        }
        Some(&"bun") => {
            "M36 28c0-10 5.500-15.500 14-15.500S64 18 64 28c-2.500-6-7-9.500-14-10-7 .5-11.500 4-14 10Z"
        }
        _ => "M35.500 30c-1-11 5-17.500 14.500-17.500S65.500 19 64.500 30c-2-4-5-7.500-8-9-6 4-13 6-21 9Z",
    };
    html! { <path d={path} fill={hair.to_owned()} /> }
}

fn clothes(cut: u8, seated: bool, upper: &str, lower: &str, skin: &str) -> Html {
    let (upper, lower, skin) = (upper.to_owned(), lower.to_owned(), skin.to_owned());
    let hands = html! { <><circle cx="30.500" cy="92" r="4" fill={skin.clone()} /><circle cx="69.500" cy="92" r="4" fill={skin} /></> };
    let legs = if seated {
        html! { <path d="M39 92h24c6 0 9 4 9 9v20h-9v-16H44c-3 0-5-2-5-5Z" fill={lower.clone()} /> }
    } else {
        html! { <path d="M39 88h22l1 58h-9l-3-44-3 44h-9Z" fill={lower.clone()} /> }
    };
    match OUTFITS.get(usize::from(cut) % OUTFITS.len()) {
        Some(&"hanbok-skirt") => html! {
            <>
                <path d="M41 70c-4 22-14 46-19 74 9 6 47 6 56 0-5-28-15-52-19-74Z" fill={lower} />
                <path d="M46 76l-7 66m15-66 7 66M50 76v68" stroke="#000" stroke-opacity=".1" stroke-width="1.500" />
                { hands }
                <path d="M39 49c4-2 18-2 22 0 8 3 12 20 15 38-5 5-12 4-14 0l-3-13c-6 3-12 3-18 0l-3 13c-2 4-9 5-14 0 3-18 7-35 15-38Z" fill={upper} />
                <path d="m44 47 6 11 6-11" fill="none" stroke="#F3EFE4" stroke-width="3.200" />
                <path d="M51 60c4 6 3 20 6 32m-6-32c-3 4-4 12-6 18" fill="none" stroke="#E0662F" stroke-width="3" stroke-linecap="round" />
            </>
        },
        Some(&"hanbok-trousers") => html! {
            <>
                <path d="M37 82c-6 20-8 40-3 62h13l3-40 3 40h13c5-22 3-42-3-62Z" fill={lower} />
                { hands }
                <path d="M39 49c4-2 18-2 22 0 8 3 12 20 15 38-5 5-12 4-14 0l-2-11 3 20c-8 4-18 4-26 0l3-20-2 11c-2 4-9 5-14 0 3-18 7-35 15-38Z" fill={upper} />
                <path d="m44 47 6 12 6-12" fill="none" stroke="#F3EFE4" stroke-width="3.200" />
                <path d="M51 60c3 6 3 14 4 22" fill="none" stroke="#2F6FA8" stroke-width="3" stroke-linecap="round" />
            </>
        },
        Some(&"coat") => html! {
            <>
                { legs }
                { hands }
                <path d="M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-20 3 52c-9 4-21 4-30 0l3-52-3 20c-2 3-6 3-9 0 1-21 4-38 12-41Z" fill={upper} />
                <path d="m43 48 7 15 7-15M50 63v58" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="1.800" />
            </>
        },
        _ => html! {
            <>
                { legs }
                { hands }
                <path d="M38 49c4-2.500 20-2.500 24 0 8 3 11 20 12 41-3 3-7 3-9 0l-3-20 2 26c-8 3-20 3-28 0l2-26-3 20c-2 3-6 3-9 0 1-21 4-38 12-41Z" fill={upper} />
                <path d="M44 48.500c3 4.500 9 4.500 12 0" fill="none" stroke="#000" stroke-opacity=".2" stroke-width="1.800" />
            </>
        },
    }
}

fn chair() -> Html {
    html! {
        <>
            <path d="M32 74v40h36m0 0 5 26h9" fill="none" stroke="#444B55" stroke-width="4.500" stroke-linecap="round" stroke-linejoin="round" />
            <circle cx="72" cy="141" r="6" fill="none" stroke="#444B55" stroke-width="3.500" />
        </>
    }
}
