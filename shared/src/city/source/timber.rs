//! Parts of timber: halls and pavilions.

use super::properties::Properties;
use crate::{
    city::{Kit, measures::SIDES},
    space::Point,
};

const ROOFS: [&str; 4] = ["matbae", "ujingak", "paljak", "choga"];

pub(super) fn hall(p: &Properties, at: Point) -> Result<Kit, String> {
    let arches = p.count("arches", 0, 5, Some(0))?;
    let terrace = p.count("terrace", 0, 3, Some(0))?;
    let rails = p.flag("rails")?;
    if arches > 0 && terrace > 0 {
        return Err(
            "property terrace: a gate with arches stands on its own base, without a terrace".to_owned(),
        );
    }
    if rails && terrace == 0 {
        return Err("property rails: they run along a terrace, and there is none".to_owned());
    }
    let bays = p.count("bays", 1, 40, None)?;
    let doors = p.count("doors", 0, 5, Some(0))?;
    if doors > bays || doors > 0 && (bays - doors) % 2 == 1 {
        return Err(format!(
            "property doors: {doors} in the middle of {bays} bays leave not equally many on both sides"
        ));
    }
    if doors > 0 && (arches > 0 || terrace > 0) {
        return Err(
            "property doors: one does not walk in level with the ground over arches or a terrace".to_owned(),
        );
    }
    Ok(Kit::Hall {
        at,
        facing: p.heading("facing")?,
        bays,
        depth_bays: p.count("depth_bays", 1, 20, None)?,
        bay_cm: p.metres("bay", 1.0, 12.0)?,
        base_cm: p.metres_or("base", 0.0, 20.0, 0.0)?,
        arches,
        storeys: p.count("storeys", 1, 5, Some(1))?,
        roof: p.word("roof", &ROOFS)?,
        open: p.flag("open")?,
        terrace,
        rails,
        doors,
        plain: p.flag("plain")?,
    })
}

pub(super) fn pavilion(p: &Properties, at: Point) -> Result<Kit, String> {
    let [fewest, most] = SIDES;
    let base_cm = p.metres_or("base", 0.0, 6.0, 0.6)?;
    let rails = p.flag("rails")?;
    if rails && base_cm == 0 {
        return Err("property rails: they run along the base, and there is none".to_owned());
    }
    Ok(Kit::Pavilion {
        at,
        facing: p.heading("facing")?,
        sides: p.count("sides", fewest, most, None)?,
        width_cm: p.metres("width", 2.0, 40.0)?,
        base_cm,
        storeys: p.count("storeys", 1, 3, Some(1))?,
        open: p.flag("open")?,
        rails,
    })
}
