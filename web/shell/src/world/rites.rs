//! The rite that one stands near, and its act.

use shared::city::rite::Rite;

use super::World;

impl World {
    /// The rite that one is near enough to be told of, and the number of its act.
    pub fn rite(&self) -> Option<(&Rite, usize)> {
        let (rite, act) = self.act?;
        Some((self.place()?.rites.get(rite)?, act))
    }

    pub(super) fn act_now(&self) -> Option<(usize, usize)> {
        let rites = &self.place().filter(|_| self.me.present)?.rites;
        let near = |rite: &Rite| rite.at.to_m().distance(self.me.at()) < rite.heard_cm as f32 / 100.0;
        let index = rites.iter().position(near)?;
        let (act, _) = rites.get(index)?.now(self.relay_ms);
        Some((index, act))
    }
}
