//! Icons: lines on a grid of 24, in the colour of the text, always beside a word.

use shared::motion::Motion;
use yew::{Html, html};

/// An icon by its name.
pub fn icon(name: &str) -> Html {
    let path = match name {
        "around" => {
            "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8c.6-3.4 3.2-5.2 6.500-5.200s5.900 1.800 6.500 5.200M16 4.800a3.400 3.400 0 0 1 0 6.400m2 3.600c2 .6 3.200 2.200 3.600 4.700"
        }
        "talk" => "M4 5.500h16v11h-9l-4.500 3.500v-3.500H4Z",
        "gestures" => {
            "M7 13V6.800a1.500 1.500 0 0 1 3 0V11m0-5.500a1.500 1.500 0 0 1 3 0V11m0-4a1.500 1.500 0 0 1 3 0v5m0-2.500a1.500 1.500 0 0 1 3 0V15c0 3.500-2.500 6-6 6-3 0-4.500-1.200-6-3.500L4.300 14a1.500 1.500 0 0 1 2.500-1.600L7 13"
        }
        "map" => {
            "M3.500 6.500 9 4.500l6 2.500 5.500-2v12.500L15 19.500 9 17l-5.500 2Zm5.500-2V17m6-10v12.500"
        }
        "stage" => "m12 3 8 4.500v9L12 21l-8-4.500v-9Zm0 9 8-4.500M12 12v9m0-9L4 7.500",
        "help" => {
            "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.600-11.300c.1-1.500 1.200-2.400 2.700-2.400s2.600.9 2.600 2.300c0 1.900-2.600 2.100-2.600 4.100m0 2.600v.2"
        }
        "settings" => {
            "M4 7h9m4 0h3M4 12h3m4 0h9M4 17h9m4 0h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm-6 5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm6 5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
        }
        "host" => "M4 10v4h3l6 4V6L7 10Zm12.500-2a5.500 5.500 0 0 1 0 8M8 14.500l1 4.500h2.500",
        "back" => "M9 6l-5 5 5 5M4 11h11a5 5 0 0 1 0 9h-3",
        "erase" => "M9 5h12v14H9l-6-7Zm3 4 5 6m0-6-5 6",
        "close" => "m6 6 12 12M18 6 6 18",
        "send" => "M4 12h14m-5.500-6 6 6-6 6",
        "again" => "M19 12a7 7 0 1 1-2-5m2-3v4h-4",
        "undo" => "M8 5 4 9l4 4M4 9h10a6 5.500 0 0 1 0 11H9",
        _ => "",
    };
    drawn(path)
}

/// What an emote looks like: someone who does it.
pub fn emote(motion: Motion) -> Html {
    // Head and body of who stands; the limbs tell.
    const STANDS: &str =
        "M12 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Zm0 2v7m0 0-2.500 6m2.500-6 2.500 6";
    let limbs = match motion {
        Motion::Sit => "M9 6.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM9 9v7h6v6M9 11.500l5 1.500",
        Motion::Bow => {
            "M17.500 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM15 9.500 8.500 12v10M14 10.500l-1 5"
        }
        Motion::DeepBow => {
            "M18 17a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Zm-2.500-2L8 14l-2 6h9m1-3.500 3 4"
        }
        Motion::Wave => "M12 10l-4 4m4-4 4.500-2V3.500M19 3l1.500 2",
        Motion::Clap => "M12 10l-3 3 2.500 1.500M12 10l3 3-2.500 1.500M17 9l2-1M7 9 5 8",
        Motion::Heart => "M12 10C4 8 6-.5 12 .8M12 10c8-2 6-10.500 0-9.200",
        Motion::Cheer => "M12 10 6.500 4M12 10l5.500-6M4 9l-1 1m17-1 1 1",
        Motion::Nod => "M12 10l-3 4.500m3-4.500 3 4.500M18 2v5m-1.500-1.500L18 7l1.500-1.500",
        Motion::Point => "M12 10h9m-2-1.500L21 10l-2 1.500M12 10l-3 4.500",
        Motion::Laugh => "M12 10l-3 2 3 2m0-4 3 2-3 2M16 3l3-1m-2.500 3.500h3M8 3 5 2m2.500 3.500h-3",
        Motion::Drum => "M12 10 8 12m4-2 4 2M7 13.500h10v4H7Zm-3-5 3 4m13-4-3 4",
        Motion::MaskDance => "M12 10 6.500 6.500 4 1.500M12 10l4 3 4.500-1.500M11 4.500h.1m1.800 0h.1",
        Motion::LineDance => "M12 10l5-2 3.500-5M12 10l-4 2-3.500-1M19 1.500l3 1.500M3 9l1.500 2",
        Motion::Pose => "M12 11l-4 1.500L10.500 7M12 11l4 1.500L13.500 7",
        _ => "",
    };
    let bent = matches!(motion, Motion::Sit | Motion::Bow | Motion::DeepBow);
    drawn(&[if bent { "" } else { STANDS }, limbs].concat())
}

fn drawn(path: &str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
            stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={path.to_owned()} />
        </svg>
    }
}
