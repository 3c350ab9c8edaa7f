//! Draws the frame it is handed, and knows nothing else.
//!
//! In flow the messages of [`shared::stage`]: once the compiled city, a size and a quality, then one
//! [`shared::stage::Frame`] for each picture. Out flow a picture and a [`shared::stage::Report`]. The engine chooses
//! how finely a thing is drawn, never what: it must never know of the network, of who a figure is, or of any clock
//! but the frame's.
//!
//! The way of the data: [`tiles`] sorts the parts of a place into squares, [`kit`] turns those of a square into meshes
//! when the eye comes near, [`place::PlaceModel`] knows how far that has come; [`scene`] keeps what is built on the GPU,
//! and [`stage::Stage`] draws frame after frame of it with the pipelines of [`pipelines`]. [`sky`] and [`season`] turn hour and day into light and leaves.

mod backdrop;
#[cfg(feature = "native")]
pub mod baked;
mod bloom;
pub mod chunks;
mod crowd;
mod cut;
mod figure;
mod globals;
pub mod gpu;
mod ground_map;
mod kit;
pub mod mesh;
#[cfg(feature = "native")]
pub mod offscreen;
mod pipelines;
pub mod place;
mod polygon;
mod scene;
mod season;
pub mod shaders;
mod shadow;
mod sky;
pub mod stage;
pub mod targets;
mod tiles;
