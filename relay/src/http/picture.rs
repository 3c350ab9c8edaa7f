//! The first screen's pictures: one around each spot, drawn once at the start.

use std::collections::HashMap;

use shared::{
    city::{City, Place, Spot},
    picture,
};

/// Width and height of the picture's window, in metres: outdoors, and in a room.
const WINDOWS_M: [[f32; 2]; 2] = [[420.0, 300.0], [56.0, 40.0]];

/// The pictures, as whole SVG elements, by place and spot.
pub(super) struct Pictures(HashMap<(String, String), String>);

impl Pictures {
    pub(super) fn new(city: &City) -> Self {
        let pictures = city.places.iter().flat_map(|place| {
            place
                .spots
                .iter()
                .map(|spot| ((place.id.clone(), spot.id.clone()), draw(place, spot)))
        });
        Self(pictures.collect())
    }

    /// The picture around a spot.
    pub(super) fn around(&self, place: &str, spot: &str) -> &str {
        self.0
            .get(&(place.to_owned(), spot.to_owned()))
            .map_or("", String::as_str)
    }
}

fn draw(place: &Place, spot: &Spot) -> String {
    let [middle_x, middle_z] = spot.position.point.to_m().to_array();
    let [width, height] = WINDOWS_M[usize::from(place.ceiling_cm > 0)];
    let [left, top] = [middle_x - width / 2.0, middle_z - height / 2.0];
    let inside = picture::svg(place, [left, top, width, height]);
    format!(
        "<svg class=\"first-picture\" viewBox=\"{left} {top} {width} {height}\" \
         preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\">{inside}</svg>"
    )
}
