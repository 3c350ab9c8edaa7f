//! What others show of a link: Open Graph for messengers and search engines, and where oEmbed tells more.

use shared::city::{Place, Spot};

use super::page::escape;
use crate::app::App;

/// Pixels of a spot's picture, as `cargo xtask gallery` draws it and as messengers like it.
pub(super) const PICTURE: [u32; 2] = [1_200, 630];

/// The elements for the page's head, in the words of the pack. `origin` is where visitors reach the relay, where that is
/// known: pictures and addresses have to be whole.
pub(super) fn elements(
    app: &App,
    place: &Place,
    spot: Option<&Spot>,
    language: &str,
    origin: Option<&str>,
) -> String {
    let key = key_of(place, spot);
    let name = app.locales.text(language, &key, &[]);
    let mut told = vec![
        ("og:type", "website".to_owned()),
        ("og:site_name", app.locales.text(language, "brand", &[])),
        ("og:locale", language.replace('-', "_")),
        ("og:title", name.clone()),
    ];
    // A text that is not there is told by its key.
    let about_key = format!("{key}-about");
    let about = app.locales.text(language, &about_key, &[]);
    if about != about_key {
        told.push(("og:description", about.clone()));
        told.push(("description", about));
    }
    let mut link = String::new();
    if let Some(origin) = origin {
        let address = address(origin, place, spot);
        if let Some(picture) = picture(app, origin, place, spot) {
            let [width, height] = PICTURE.map(|pixels| pixels.to_string());
            told.extend([
                ("og:image", picture),
                ("og:image:type", "image/jpeg".to_owned()),
                ("og:image:width", width),
                ("og:image:height", height),
                ("og:image:alt", name.clone()),
                ("twitter:card", "summary_large_image".to_owned()),
            ]);
        }
        link = format!(
            "<link rel=\"alternate\" type=\"application/json+oembed\" title=\"{}\" href=\"{origin}/oembed?url={address}\">",
            escape(&name)
        );
        told.push(("og:url", address));
    }
    let meta = |(name, content): (&str, String)| {
        let kind = if name.starts_with("og:") {
            "property"
        } else {
            "name"
        };
        format!("<meta {kind}=\"{name}\" content=\"{}\">", escape(&content))
    };
    told.into_iter().map(meta).chain([link]).collect()
}

/// The whole address of a spot.
pub(super) fn address(origin: &str, place: &Place, spot: Option<&Spot>) -> String {
    match spot {
        Some(spot) => format!("{origin}/{}/{}", place.id, spot.id),
        None => format!("{origin}/{}", place.id),
    }
}

/// The whole address of a spot's picture; none where the pack has none.
pub(super) fn picture(app: &App, origin: &str, place: &Place, spot: Option<&Spot>) -> Option<String> {
    let path = app.site.generated.preview(&place.id, &spot?.id)?;
    Some(format!("{origin}{path}"))
}

/// The key of the name of where one is.
pub(super) fn key_of(place: &Place, spot: Option<&Spot>) -> String {
    spot.map_or_else(
        || format!("place-{}", place.id),
        |spot| format!("spot-{}", spot.id),
    )
}
