//! t
use glam::Vec2;
use shared::city::Species;
use super::Kit;
pub fn build(_kit: &mut Kit, _at: Vec2, _h: f32, _s: Species, _seed: u32) {}
