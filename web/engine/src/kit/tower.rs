//! t
use glam::Vec2;
use super::Kit;
pub fn build(_kit: &mut Kit, _at: Vec2, _f: f32, _h: f32) {}
