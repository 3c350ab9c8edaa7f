//! t
use glam::Vec2;
use super::Kit;
pub fn build(_kit: &mut Kit, _path: &[Vec2], _h: f32, _t: f32, _tiled: bool) {}
