//! Rites, and who takes part in them, which separate features tell.

use super::{
    Sheet, add_to,
    geometry::{Geometry, Projection},
    is_name,
    properties::Properties,
};
use crate::{
    city::rite::{Performers, Rite},
    look::{CLOTH_COLOURS, HEADWEAR, OUTFITS},
    motion::Motion,
    space::Level,
};

/// Most acts of a rite.
const MAX_ACTS: usize = 24;

/// Most who take part in all rites of a place.
const MAX_PERFORMERS: u32 = 300;

/// Those who take part in the rite of a name.
pub(super) struct Draft {
    rite: String,
    performers: Performers,
}

/// A feature of kit `rite`.
pub(super) fn rite(
    p: &Properties,
    name: Option<String>,
    geometry: &Geometry,
    projection: &Projection,
) -> Result<Rite, String> {
    let acts = p.list::<String>("acts", "short names, in the order of the rite")?;
    if acts.is_empty() || acts.len() > MAX_ACTS || !acts.iter().all(|act| is_name(act)) {
        return Err(format!(
            "property acts: expected 1 to {MAX_ACTS} names of a–z, 0–9 and hyphens, whose texts are act-<name>-<act>"
        ));
    }
    Ok(Rite {
        name: name.ok_or("property name is missing: people read what they see")?,
        at: geometry.one_point(projection)?,
        heard_cm: p.metres_or("heard", 5.0, 200.0, 60.0)?,
        acts,
        act_s: u16::from(p.count("act_s", 10, 240, Some(40))?),
        performers: Vec::new(),
    })
}

/// A feature of kit `performers`.
pub(super) fn performers(
    p: &Properties,
    level: Level,
    geometry: &Geometry,
    projection: &Projection,
) -> Result<Draft, String> {
    let rite = p
        .text("rite")?
        .ok_or("property rite is missing: the name of a rite of this place")?;
    let does = p.list::<String>("does", "motions, one for each act")?;
    let does: Result<Vec<Motion>, String> = does
        .iter()
        .map(|name| {
            let still = |motion: &&Motion| {
                motion.speed_m_s() <= 0.0 && !matches!(motion, Motion::Ride | Motion::Astride)
            };
            let found = Motion::ALL
                .iter()
                .filter(still)
                .find(|motion| motion.name() == name);
            found
                .copied()
                .ok_or_else(|| format!("property does: {name:?} is no motion on the spot"))
        })
        .collect();
    let colour = |name| p.count(name, 0, CLOTH_COLOURS.len() as u8 - 1, None);
    let dress = [
        named(p, "outfit", &OUTFITS)?,
        colour("upper")?,
        colour("lower")?,
        named(p, "head", &HEADWEAR)?,
    ];
    Ok(Draft {
        rite,
        performers: Performers {
            path: geometry.points(projection)?,
            level,
            heading: p.heading("facing")?,
            rows: p.count("rows", 1, 20, Some(1))?,
            columns: p.count("columns", 1, 20, Some(1))?,
            apart_cm: p.metres_or("apart", 0.6, 5.0, 1.4)?,
            dress,
            does: does?,
        },
    })
}

fn named(p: &Properties, property: &'static str, names: &[&str]) -> Result<u8, String> {
    let name = p.text(property)?;
    let index = names.iter().position(|known| name.as_deref() == Some(known));
    let index = index.ok_or_else(|| format!("property {property}: expected one of {}", names.join(" | ")))?;
    Ok(index as u8)
}

/// Brings those who take part to their rites; `features` tells the file and the feature of each.
pub(super) fn all(
    mut rites: Vec<Rite>,
    drafts: Vec<Draft>,
    features: &[(usize, usize)],
    sheets: &mut [Sheet<'_>],
) -> Vec<Rite> {
    let mut people = 0;
    for (draft, feature) in drafts.into_iter().zip(features) {
        people += draft.performers.count();
        let Some(rite) = rites.iter_mut().find(|rite| rite.name == draft.rite) else {
            add_to(
                sheets,
                *feature,
                &format!("property rite: this place has no rite {:?}", draft.rite),
            );
            continue;
        };
        match check(rite, &draft.performers, people) {
            Ok(()) => rite.performers.push(draft.performers),
            Err(what) => add_to(sheets, *feature, &what),
        }
    }
    rites
}

fn check(rite: &Rite, performers: &Performers, people: u32) -> Result<(), String> {
    let acts = rite.acts.len();
    if performers.does.len() != acts {
        let (does, name) = (performers.does.len(), &rite.name);
        return Err(format!(
            "property does: {does} motions, but {name:?} has {acts} acts"
        ));
    }
    if performers.path.len() != 1 && performers.path.len() != acts {
        let points = performers.path.len();
        return Err(format!(
            "geometry: {points} points: expected a Point, or a MultiPoint with a point for each of the {acts} acts"
        ));
    }
    if let Some(act) = (0..acts).find(|act| performers.walk_s(*act) > f32::from(rite.act_s) / 2.0) {
        return Err(format!(
            "geometry: the way to the place in act {} takes longer than half of it",
            act + 1
        ));
    }
    if people > MAX_PERFORMERS {
        return Err(format!(
            "more than {MAX_PERFORMERS} take part in the rites of this place"
        ));
    }
    Ok(())
}
