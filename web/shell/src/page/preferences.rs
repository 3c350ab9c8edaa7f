//! What the visitor chose, kept on this device.

use shared::{
    look::Look,
    stage::{Quality, Weather},
};
use web_sys::Storage;

/// Which view shows the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewChoice {
    /// The stage where the device can, else the map.
    #[default]
    Auto,
    /// Always the map: the engine is never fetched.
    Map,
}

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MotionChoice {
    /// As the device is set.
    #[default]
    System,
    /// Less.
    Less,
    /// As designed.
    Usual,
}

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// As the device is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The strongest contrast.
    High,
}

/// Which time of year the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Season {
    /// The city's own.
    #[default]
    Now,
    /// Early April: cherry blossom.
    Spring,
    /// High summer.
    Summer,
    /// Early November: yellow ginkgo.
    Autumn,
    /// Mid-January.
    Winter,
}

impl Season {
    /// A day of it, from the year's beginning; none: today.
    pub fn day(self) -> Option<f32> {
        match self {
            Self::Now => None,
            Self::Spring => Some(97.0),
            Self::Summer => Some(205.0),
            Self::Autumn => Some(311.0),
            Self::Winter => Some(15.0),
        }
    }
}

/// Whether anything is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SoundChoice {
    /// Nothing, until it is asked for.
    #[default]
    Off,
    /// The city.
    On,
    /// The city, and a tone from where one set out to go.
    Leading,
}

/// How much is told as it happens, and when it is asked what is around. Each level tells what the one before does, and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd)]
pub enum Telling {
    /// What is said near and announced, what one's own acts lead to, and what becomes of the connection. Asked: the spot,
    /// how many people are near, and the three nearest things.
    Little,
    /// Who comes near and what they do, what is said to the whole place, spots, doors, vehicles, bicycles and other years at
    /// hand, acts of rites. Asked: also the guide's words, where ways lead, and six things.
    #[default]
    Usual,
    /// Landmarks and stopping vehicles that one passes, and at each spot where ways lead. Asked: all that is around.
    Everything,
}

/// A choice among few, with a name for storage and for its text.
pub trait Choice: Copy + Default + PartialEq + 'static {
    /// All, in the order they are offered, with their names.
    const ALL: &'static [(&'static str, Self)];

    /// Its name.
    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, choice)| *choice == self)
            .map_or("", |(name, _)| name)
    }

    /// The choice of a name; the default for any other name.
    fn named(name: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, choice)| *choice)
            .unwrap_or_default()
    }
}

impl Choice for ViewChoice {
    const ALL: &'static [(&'static str, Self)] = &[("view-auto", Self::Auto), ("view-map", Self::Map)];
}

impl Choice for MotionChoice {
    const ALL: &'static [(&'static str, Self)] = &[
        ("motion-system", Self::System),
        ("motion-less", Self::Less),
        ("motion-usual", Self::Usual),
    ];
}

impl Choice for Colours {
    const ALL: &'static [(&'static str, Self)] = &[
        ("colours-system", Self::System),
        ("colours-light", Self::Light),
        ("colours-dark", Self::Dark),
        ("colours-high", Self::High),
    ];
}

impl Choice for Season {
    const ALL: &'static [(&'static str, Self)] = &[
        ("season-now", Self::Now),
        ("season-spring", Self::Spring),
        ("season-summer", Self::Summer),
        ("season-autumn", Self::Autumn),
        ("season-winter", Self::Winter),
    ];
}

impl Choice for SoundChoice {
    const ALL: &'static [(&'static str, Self)] = &[
        ("sound-off", Self::Off),
        ("sound-on", Self::On),
        ("sound-leading", Self::Leading),
    ];
}

impl Choice for Telling {
    const ALL: &'static [(&'static str, Self)] = &[
        ("telling-little", Self::Little),
        ("telling-usual", Self::Usual),
        ("telling-everything", Self::Everything),
    ];
}

impl Choice for Weather {
    const ALL: &'static [(&'static str, Self)] = &[
        ("weather-clear", Self::Clear),
        ("weather-cloudy", Self::Cloudy),
        ("weather-rain", Self::Rain),
        ("weather-snow", Self::Snow),
        ("weather-dust", Self::Dust),
    ];
}

impl Choice for Quality {
    const ALL: &'static [(&'static str, Self)] = &[
        ("quality-low", Self::Low),
        ("quality-medium", Self::Medium),
        ("quality-high", Self::High),
    ];
}

/// Text sizes, in per cent.
pub const TEXT_SIZES: [&str; 4] = ["100", "125", "150", "200"];

/// Everything chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Language of the interface; none: the browser's.
    pub language: Option<String>,
    /// Given name; none: one is made up.
    pub name: Option<String>,
    /// Look; none: one is made up.
    pub look: Option<Look>,
    /// Which view.
    pub view: ViewChoice,
    /// How much is spent on a frame.
    pub quality: Quality,
    /// How much moves.
    pub motion: MotionChoice,
    /// Which colours.
    pub colours: Colours,
    /// Whether anything is heard.
    pub sound: SoundChoice,
    /// How much is told.
    pub telling: Telling,
    /// One of [`TEXT_SIZES`].
    pub text_size: String,
    /// Whether single letters and digits are shortcuts.
    pub letters: bool,
    /// Whether it is the easy mode: `?easy` begins with it.
    pub easy: bool,
    /// The time of day that the stage shows, 0 to 24; none: the city's own. Not kept, nor are season and weather: tomorrow
    /// the city is as it is. `?hour=` and `?weather=` begin with one.
    pub hour: Option<f32>,
    /// The season that it shows.
    pub season: Season,
    /// The weather that it shows.
    pub weather: Weather,
}

impl Preferences {
    /// As kept on this device.
    pub fn load() -> Self {
        let choice = |key: &str| get(key).unwrap_or_default();
        Self {
            language: get("language"),
            name: get("name"),
            look: get("look").and_then(|look| read_look(&look)),
            view: Choice::named(&choice("view")),
            quality: Choice::named(&choice("quality")),
            motion: Choice::named(&choice("motion")),
            colours: Choice::named(&choice("colours")),
            sound: Choice::named(&choice("sound")),
            telling: Choice::named(&choice("telling")),
            text_size: get("text")
                .filter(|size| TEXT_SIZES.contains(&size.as_str()))
                .unwrap_or_else(|| TEXT_SIZES[0].into()),
            letters: get("letters").is_none_or(|letters| letters != "off"),
            easy: super::address::query("easy").is_some() || choice("easy") == "on",
            hour: super::address::number("hour")
                .map(|hour| hour as f32)
                .filter(|hour| (0.0..=24.0).contains(hour)),
            season: Season::Now,
            weather: super::address::query("weather")
                .map(|weather| Choice::named(&format!("weather-{weather}")))
                .unwrap_or_default(),
        }
    }

    /// Keeps them.
    pub fn save(&self) {
        set("language", self.language.as_deref());
        set("name", self.name.as_deref());
        set("look", self.look.map(write_look).as_deref());
        set("view", Some(self.view.name()));
        set("quality", Some(self.quality.name()));
        set("motion", Some(self.motion.name()));
        set("colours", Some(self.colours.name()));
        set("sound", Some(self.sound.name()));
        set("telling", Some(self.telling.name()));
        set("text", Some(&self.text_size));
        set("easy", self.easy.then_some("on"));
        set("letters", Some(if self.letters { "on" } else { "off" }));
    }
}

fn write_look(look: Look) -> String {
    look.to_bytes().map(|byte| byte.to_string()).join(",")
}

fn read_look(text: &str) -> Option<Look> {
    let bytes: Vec<u8> = text.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    bytes.try_into().ok().map(Look::from_bytes)
}

fn get(key: &str) -> Option<String> {
    storage()?.get_item(&format!("metaverse.{key}")).ok().flatten()
}

fn set(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let key = format!("metaverse.{key}");
    // A full or forbidden storage only means that the choice lasts as long as the page.
    let _ = match value {
        Some(value) => storage.set_item(&key, value),
        None => storage.remove_item(&key),
    };
}

/// None in a kiosk: what one visitor chose is none of the next one's.
fn storage() -> Option<Storage> {
    if super::is_kiosk() {
        return None;
    }
    super::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_survives_the_storage() {
        let look = Look::from_seed(7);
        assert_eq!(read_look(&write_look(look)), Some(look));
        assert_eq!(read_look("1,2,3"), None);
    }

    #[test]
    fn an_unknown_choice_is_the_default() {
        assert_eq!(Colours::named("colours-dark"), Colours::Dark);
        assert_eq!(Colours::named("of another version"), Colours::System);
    }
}
