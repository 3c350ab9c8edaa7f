//! t
use glam::Vec2;
use shared::city::Roof;
use shared::space::Heading;
use super::Kit;
pub struct Frame { pub bays: u32, pub depth_bays: u32, pub bay_m: f32, pub base_m: f32, pub arches: u32, pub storeys: u32, pub roof: Roof }
pub fn build(_kit: &mut Kit, _at: Vec2, _facing: Heading, _frame: Frame) {}
