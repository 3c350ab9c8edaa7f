//! `/qr/<place>/<spot>.svg`: the address of a spot as a QR code, drawn here, for posters and for the phone of whoever
//! stands beside.

use std::{fmt::Write as _, net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use qrcode::{Color, EcLevel, QrCode};
use shared::protocol::MAX_CHANNELS;

use super::{origin, page::asked};
use crate::app::App;

/// Empty modules around a code: four of them are what readers are made for.
const QUIET: usize = 4;

/// `GET /qr/<place>/<spot>.svg`, with `?channel=` of the spot's channel.
pub(super) async fn code(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path((place, file)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let spot = file.strip_suffix(".svg");
    let place = app.city.place(&place);
    let found = place
        .zip(spot)
        .and_then(|(place, spot)| Some((place, place.spot(spot)?)));
    let (Some((place, spot)), Some(origin)) = (found, origin::of(&app, peer, &headers)) else {
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    };
    let mut address = format!("{origin}/{}/{}", place.id, spot.id);
    let channel = asked(&query, "channel").and_then(|channel| channel.parse::<u16>().ok());
    if let Some(channel) = channel.filter(|channel| (1..=MAX_CHANNELS).contains(channel)) {
        // Writing to a string cannot fail.
        let _ = write!(address, "?channel={channel}");
    }
    match draw(&address) {
        Some(svg) => (
            [
                (header::CONTENT_TYPE, "image/svg+xml"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            svg,
        )
            .into_response(),
        // An origin of the longest kind, and no code that holds so much.
        None => StatusCode::URI_TOO_LONG.into_response(),
    }
}

/// Dark on white, whatever the page's colours: not every reader knows the other way round.
fn draw(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let whole = width + 2 * QUIET;
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(
                path,
                "M{} {}h1v1h-1z",
                index % width + QUIET,
                index / width + QUIET
            );
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_finds_the_address_in_the_code() {
        const SCALE: usize = 4;
        let address = "https://seoul.example/downtown/sungnyemun?channel=2";
        let svg = draw(address).unwrap();
        let (_, path) = svg.split_once("<path d=\"").unwrap();
        let dark: std::collections::BTreeSet<(usize, usize)> = path
            .split('M')
            .filter_map(|module| module.split_once('h')?.0.split_once(' '))
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(41 * SCALE, 41 * SCALE, |x, y| {
            if dark.contains(&(x / SCALE, y / SCALE)) {
                0
            } else {
                255
            }
        });
        let (_, read) = picture.detect_grids()[0].decode().unwrap();
        assert_eq!(read, address);
    }

    #[test]
    fn a_code_is_square_with_its_quiet_zone_and_what_is_too_long_is_none() {
        let svg = draw("https://seoul.example/downtown/sungnyemun?channel=2").unwrap();
        // Version 4 has 33 modules, and a finder pattern in its corner.
        assert!(svg.contains("viewBox=\"0 0 41 41\""), "{svg}");
        assert!(svg.contains("M4 4h1v1h-1z"));
        assert!(draw(&"x".repeat(8_000)).is_none());
    }
}
