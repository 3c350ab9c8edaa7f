//! A place as a small vector picture: the first screen's picture and the base layer of the map.

use crate::city::Place;

/// SVG elements (no outer `<svg>`) of the ground, water, roads, buildings and trees of a place inside a window, in
/// metres with x to the east and y to the south. Classes, not colours: the style sheet decides (`.m-lawn`, `.m-road`,
/// `.m-building`, `.m-landmark`, `.m-tree`, `.m-water`, `.m-ground`).
pub fn svg(_place: &Place, _window_m: [f32; 4]) -> String {
    String::new()
}
