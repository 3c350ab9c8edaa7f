//! t
use glam::Vec2;
use shared::space::Heading;
use super::Kit;
pub fn build(_kit: &mut Kit, _ring: &[Vec2], _h: (f32, f32), _s: u8, _facing: Heading) {}
