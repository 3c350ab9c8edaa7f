//! The three views of the one model: the stage, the map, and words.

pub mod map;
pub mod narrator;
pub mod stage;
