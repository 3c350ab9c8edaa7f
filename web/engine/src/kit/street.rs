//! t
use glam::Vec2;
use shared::space::Heading;
use super::Kit;
pub fn lamp(_kit: &mut Kit, _at: Vec2, _h: f32, _seed: u32) {}
pub fn seat(_kit: &mut Kit, _at: Vec2, _f: Heading, _l: f32) {}
pub fn planter(_kit: &mut Kit, _at: Vec2, _f: Heading, _l: f32, _seed: u32) {}
pub fn fountain(_kit: &mut Kit, _at: Vec2, _r: f32, _j: f32, _seed: u32) {}
pub fn flag(_kit: &mut Kit, _at: Vec2, _h: f32, _seed: u32) {}
