//! t
use glam::Vec2;
use super::Kit;
pub fn build(_kit: &mut Kit, _at: Vec2, _h: f32, _r: f32, _g: bool, _seed: u32) {}
