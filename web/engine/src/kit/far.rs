//! t
use super::Kit;
pub fn build(_kit: &mut Kit) {}
