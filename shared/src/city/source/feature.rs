//! One feature of a place's GeoJSON to one part, spot or stroll.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    geometry::{Geometry, Projection, crossing},
    is_name, picture,
    properties::Properties,
    rites, timber,
};
use crate::{
    city::{
        Crown, Finish, Kit, Part, Past, Spot, Stair, Stroll,
        canal::Canal,
        hull::Hull,
        rite::Rite,
        strip::Strip,
        transit::{TransitLine, Vehicle},
    },
    space::{Level, Point, Position},
};

/// The foreign member `place` of the FeatureCollection.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceHead {
    pub(super) id: String,
    /// Longitude and latitude of the local origin.
    pub(super) origin: [f64; 2],
    pub(super) capacity: u32,
    /// Height of a room, in metres; none outdoors. What is in a room is told in metres to the east and to the north.
    #[serde(default)]
    pub(super) ceiling: Option<f64>,
    /// How high it lies above the land around, in metres; none if it lies in it.
    #[serde(default)]
    pub(super) above: Option<f64>,
    /// Whose ground it is, and in which year, when it is a site as it once was.
    #[serde(default)]
    pub(super) past: Option<Past>,
    /// Names of further files of its features, `places/<id>/<name>.geojson`: one for each district.
    #[serde(default)]
    pub(super) files: Vec<String>,
}

/// What the features gave so far.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) bounds: Option<Vec<Point>>,
    pub(super) spots: Vec<Spot>,
    pub(super) parts: Vec<Part>,
    pub(super) strolls: Vec<Stroll>,
    pub(super) transit: Vec<Draft>,
    pub(super) rites: Vec<Rite>,
    pub(super) performers: Vec<rites::Draft>,
}

/// A line of vehicles, and the spots at which it stops, which may be told of later.
pub(super) struct Draft {
    pub(super) line: TransitLine,
    pub(super) spots: Vec<String>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Geometry,
    properties: Map<String, Value>,
}

const SURFACES: [&str; 9] = [
    "lawn", "granite", "paving", "asphalt", "crossing", "earth", "water", "planks", "marble",
];
const FINISHES: [&str; 7] = ["stone", "plaster", "glass", "green", "books", "notes", "locks"];
const CROWNS: [&str; 3] = ["tower", "dome", "turrets"];
const FACADES: [&str; 4] = ["glass", "stone", "plaster", "brick"];
const SPECIES: [&str; 4] = ["zelkova", "pine", "ginkgo", "cherry"];
const VEHICLES: [&str; 3] = ["bus", "drone", "tram"];
const FIGURES: [&str; 4] = ["king", "admiral", "haetae", "bell"];

/// What `properties.kit` may say.
pub const KITS: [&str; 33] = [
    "bounds",
    "spot",
    "stroll",
    "transit",
    "rite",
    "performers",
    "ground",
    "road",
    "building",
    "wave-hall",
    "stone-hall",
    "hall",
    "pavilion",
    "altar",
    "wall",
    "tree",
    "lamp",
    "seat",
    "bicycle-rack",
    "planter",
    "fountain",
    "hill",
    "tower",
    "flag",
    "statue",
    "spire",
    "stall",
    "lantern",
    "canal",
    "hull",
    "portal",
    "table",
    "picture",
];

/// Most stops of a line, and most vehicles.
const MAX_STOPS: usize = 60;
const MAX_VEHICLES: u8 = 30;

/// The level of a canal's paths.
const BELOW: Level = -1;

/// Height of a storey where only their number is known, in metres.
const STOREY_M: f64 = 3.5;

impl PlaceHead {
    pub(super) fn check(&self) -> Result<(), String> {
        let [lon, lat] = self.origin;
        if !(-180.0..=180.0).contains(&lon) || !(-85.0..=85.0).contains(&lat) {
            return Err(format!(
                "place.origin: [{lon}, {lat}] is not [longitude, latitude] in degrees"
            ));
        }
        if self.capacity == 0 || self.capacity > 1_000_000 {
            return Err(format!(
                "place.capacity: {} is not a number of people from 1 to 1000000",
                self.capacity
            ));
        }
        if self
            .ceiling
            .is_some_and(|ceiling| !(2.2..=100.0).contains(&ceiling))
        {
            return Err("place.ceiling: expected the height of a room, 2.2 to 100 metres".to_owned());
        }
        if self.above.is_some_and(|above| !(20.0..=2_000.0).contains(&above)) {
            return Err("place.above: expected the height of a hilltop, 20 to 2000 metres".to_owned());
        }
        if self.above.is_some() && self.ceiling.is_some() {
            return Err("place.above: a room has no land around it; leave out above, or ceiling".to_owned());
        }
        if self.past.as_ref().is_some_and(|past| past.year == 0) {
            return Err("place.past.year: expected a year of the common era".to_owned());
        }
        Ok(())
    }

    /// The axes that its features are told in.
    fn projection(&self) -> Projection {
        match self.ceiling {
            None => Projection::new(self.origin),
            Some(_) => Projection::METRES,
        }
    }
}

/// Reads one feature's text into what has been collected.
pub(super) fn read(text: &str, head: &PlaceHead, into: &mut Collected) -> Result<(), String> {
    let Feature { geometry, properties } = serde_json::from_str(text)
        .map_err(|e| format!("{e} (expected a Feature: Point, MultiPoint, LineString or Polygon)"))?;
    let properties = Properties::new(properties);
    let projection = head.projection();
    let kit = match properties.text("kit")? {
        Some(kit) => kit,
        None if properties.get("building").is_some() => {
            return open_street_map(&properties, &geometry, &projection, into);
        }
        None => {
            return Err(format!(
                "property kit is missing; known kits: {}",
                KITS.join(", ")
            ));
        }
    };
    let level = read_level(&properties)?;
    match kit.as_str() {
        "bounds" => {
            if into.bounds.replace(geometry.outline(&projection)?).is_some() {
                return Err("a second feature of kit \"bounds\"; there is one outline".to_owned());
            }
        }
        "spot" => {
            let id = properties.text("id")?.filter(|id| is_name(id));
            let id = id.ok_or("property id: expected a short name of a–z, 0–9 and hyphens")?;
            if into.spots.iter().any(|spot| spot.id == id) {
                return Err(format!("property id: there is a spot {id:?} already"));
            }
            let position = Position {
                point: geometry.one_point(&projection)?,
                level,
            };
            into.spots.push(Spot {
                id,
                position,
                heading: properties.heading("facing")?,
            });
        }
        "stroll" => {
            let path = geometry.path(&projection)?;
            into.strolls.push(Stroll {
                path,
                level,
                figures: properties.count("figures", 1, 50, Some(1))?,
            });
        }
        "transit" => {
            let name = part_name(&properties)?;
            into.transit
                .push(transit(&properties, name, geometry.path(&projection)?)?);
        }
        "rite" => {
            let name = part_name(&properties)?;
            let rite = rites::rite(&properties, name, &geometry, &projection)?;
            if into.rites.iter().any(|other| other.name == rite.name) {
                return Err(format!("property name: there is a rite {:?} already", rite.name));
            }
            into.rites.push(rite);
        }
        "performers" => {
            into.performers
                .push(rites::performers(&properties, level, &geometry, &projection)?);
        }
        other => {
            let name = part_name(&properties)?;
            for kit in parts(other, &properties, &geometry, &projection)? {
                if matches!(kit, Kit::Canal { .. }) && level != BELOW {
                    return Err(format!(
                        "property level: a canal lies below the street: expected {BELOW}"
                    ));
                }
                into.parts.push(Part {
                    name: name.clone(),
                    level,
                    kit,
                });
            }
        }
    }
    properties.finish()
}

fn part_name(properties: &Properties) -> Result<Option<String>, String> {
    let name = properties.text("name")?;
    if name.as_deref().is_some_and(|name| !is_name(name)) {
        return Err(
            "property name: expected a key of a–z, 0–9 and hyphens, whose text is part-<name>".to_owned(),
        );
    }
    Ok(name)
}

fn transit(p: &Properties, name: Option<String>, path: Vec<Point>) -> Result<Draft, String> {
    let name = name.ok_or("property name is missing: people read what comes")?;
    if path.first() != path.last() {
        return Err("geometry: vehicles go round and round: the line must end where it begins".to_owned());
    }
    let spots = p.list::<String>("stops", "ids of spots, in the order of the line")?;
    if spots.len() < 2 || spots.len() > MAX_STOPS {
        return Err(format!(
            "property stops: {} of them, expected 2 to {MAX_STOPS}",
            spots.len()
        ));
    }
    let vehicle: Vehicle = p.word("vehicle", &VEHICLES)?;
    let line = TransitLine {
        name,
        vehicle,
        vehicles: p.count("vehicles", 1, MAX_VEHICLES, None)?,
        path,
        stops: Vec::new(),
    };
    Ok(Draft { line, spots })
}

/// A building as OpenStreetMap tags it; its other tags are left alone.
fn open_street_map(
    properties: &Properties,
    geometry: &Geometry,
    projection: &Projection,
    into: &mut Collected,
) -> Result<(), String> {
    let kit = building(properties, geometry.outline(projection)?)?;
    into.parts.push(Part {
        name: None,
        level: 0,
        kit,
    });
    Ok(())
}

fn read_level(properties: &Properties) -> Result<Level, String> {
    let Some(value) = properties.get("level") else {
        return Ok(0);
    };
    let level = value.as_i64().and_then(|level| Level::try_from(level).ok());
    level.ok_or_else(|| format!("property level: {value} is not a whole number from -128 to 127"))
}

fn building(properties: &Properties, outline: Vec<Point>) -> Result<Kit, String> {
    let levels = if properties.get("building:levels").is_some() {
        "building:levels"
    } else {
        "levels"
    };
    let storeys = properties.count(levels, 1, 200, Some(0))?;
    let height_cm = match (properties.get("height"), storeys) {
        (None, 0) => 800,
        (None, storeys) => (f64::from(storeys) * STOREY_M * 100.0) as u32,
        (Some(_), _) => properties.metres("height", 2.0, 1_000.0)?,
    };
    let storeys = if storeys == 0 {
        (height_cm / 350).clamp(1, 200) as u8
    } else {
        storeys
    };
    let facade = match properties.get("facade") {
        Some(_) => properties.word("facade", &FACADES)?,
        None => crate::city::Facade::Plaster,
    };
    Ok(Kit::Building {
        outline,
        height_cm,
        storeys,
        facade,
    })
}

/// A stair as a pack tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StairSource {
    side: String,
    top: f64,
    foot: f64,
}

fn canal(p: &Properties, path: Vec<Point>) -> Result<Kit, String> {
    let length_m = f64::from(Strip::new(path.iter().map(|point| point.to_m()).collect()).length());
    let along = |name: &str, metres: f64| {
        if (0.0..=length_m).contains(&metres) {
            Ok((metres * 100.0).round() as u32)
        } else {
            Err(format!(
                "property {name}: {metres} is not on the line, which is {length_m:.1} metres long"
            ))
        }
    };
    let (width_cm, water_cm) = (p.metres("width", 4.0, 100.0)?, p.metres("water", 1.0, 90.0)?);
    let mut bridges = Vec::new();
    for [from, to] in p.list::<[f64; 2]>("bridges", "[from, to] in metres along the line")? {
        if from >= to {
            return Err(format!(
                "property bridges: [{from}, {to}] does not go on along the line"
            ));
        }
        bridges.push([along("bridges", from)?, along("bridges", to)?]);
    }
    bridges.sort_unstable();
    let mut stairs = Vec::new();
    for stair in p.list::<StairSource>(
        "stairs",
        "{side: left | right, top, foot}, in metres along the line",
    )? {
        let right = match stair.side.as_str() {
            "right" => true,
            "left" => false,
            other => {
                return Err(format!(
                    "property stairs: side {other:?} is neither left nor right"
                ));
            }
        };
        stairs.push(Stair {
            right,
            top_cm: along("stairs", stair.top)?,
            foot_cm: along("stairs", stair.foot)?,
        });
    }
    let mut stones = Vec::new();
    for stone in p.list::<f64>("stones", "metres along the line")? {
        stones.push(along("stones", stone)?);
    }
    stones.sort_unstable();
    let kit = Kit::Canal {
        path,
        width_cm,
        depth_cm: p.metres("depth", 1.0, 20.0)?,
        water_cm,
        bridges,
        stairs,
        stones,
    };
    Canal::of(&kit).map_or(Ok(()), |canal| canal.check())?;
    Ok(kit)
}

fn hull(p: &Properties, path: Vec<Point>) -> Result<Kit, String> {
    let each = |name: &'static str, low: f64, high: f64| -> Result<Vec<u32>, String> {
        let metres = p.list::<f64>(name, "metres, one for each point of the line")?;
        if metres.len() != path.len() {
            return Err(format!(
                "property {name}: {} numbers, but the line has {} different points",
                metres.len(),
                path.len()
            ));
        }
        let in_range = |metres: &f64| (low..=high).contains(metres);
        match metres.iter().find(|metres| !in_range(metres)) {
            Some(other) => Err(format!(
                "property {name}: {other} is not from {low} to {high} metres"
            )),
            None => Ok(metres
                .into_iter()
                .map(|metres| (metres * 100.0).round() as u32)
                .collect()),
        }
    };
    let (widths_cm, heights_cm) = (each("widths", 2.0, 200.0)?, each("heights", 2.0, 200.0)?);
    let clear_cm = match p.get("clear") {
        Some(_) => each("clear", 0.0, 20.0)?,
        None => Vec::new(),
    };
    let hull = Hull::along(&path, &widths_cm, &heights_cm, &clear_cm);
    let outline = hull.map_or_else(Vec::new, |hull| hull.outline());
    if crossing(&outline).is_some() {
        return Err("geometry: the body is too wide for a bend of its line, and crosses itself".to_owned());
    }
    Ok(Kit::Hull {
        path,
        widths_cm,
        heights_cm,
        clear_cm,
        outline,
    })
}

fn finish(p: &Properties) -> Result<Finish, String> {
    match (p.flag("tiled")?, p.get("finish")) {
        (false, None) => Ok(Finish::Stone),
        (false, Some(_)) => p.word("finish", &FINISHES),
        (true, None) => Ok(Finish::Tiled),
        (true, Some(_)) => Err("property finish: a wall with a tiled cap has one already".to_owned()),
    }
}

// One arm for each kit, and nothing else.
#[allow(clippy::too_many_lines)]
fn parts(
    kit: &str,
    p: &Properties,
    geometry: &Geometry,
    projection: &Projection,
) -> Result<Vec<Kit>, String> {
    let at = || geometry.one_point(projection);
    let outline = || geometry.outline(projection);
    let path = || geometry.path(projection);
    let one = match kit {
        "ground" => Kit::Ground {
            outline: outline()?,
            surface: p.word("surface", &SURFACES)?,
        },
        "road" => Kit::Road {
            path: path()?,
            width_cm: p.metres("width", 0.1, 200.0)?,
            surface: p.word("surface", &SURFACES)?,
            lanes: p.count("lanes", 0, 20, Some(0))?,
        },
        "building" => building(p, outline()?)?,
        "wave-hall" => Kit::WaveHall {
            outline: outline()?,
            height_cm: p.metres("height", 3.0, 300.0)?,
            overhang_cm: p.metres("overhang", 0.0, 50.0)?,
            facing: p.heading("facing")?,
        },
        "stone-hall" => Kit::StoneHall {
            outline: outline()?,
            cornice_cm: p.metres("cornice", 3.0, 100.0)?,
            top_cm: p.metres("top", 3.0, 200.0)?,
            storeys: p.count("storeys", 1, 20, None)?,
            facing: p.heading("facing")?,
            brick: p.flag("brick")?,
            crown: match p.get("crown") {
                Some(_) => p.word("crown", &CROWNS)?,
                None => Crown::Tower,
            },
        },
        "hall" => timber::hall(p, at()?)?,
        "pavilion" => timber::pavilion(p, at()?)?,
        "altar" => Kit::Altar {
            at: at()?,
            facing: p.heading("facing")?,
            radius_cm: p.metres("radius", 4.0, 60.0)?,
            tiers: p.count("tiers", 1, 3, Some(3))?,
            canopy: p.flag("canopy")?,
        },
        "wall" => Kit::Wall {
            path: path()?,
            height_cm: p.metres("height", 0.2, 100.0)?,
            thickness_cm: p.metres_or("thickness", 0.1, 10.0, 0.6)?,
            finish: finish(p)?,
        },
        "seat" => Kit::Seat {
            at: at()?,
            facing: p.heading("facing")?,
            length_cm: p.metres_or("length", 0.4, 20.0, 1.6)?,
        },
        "bicycle-rack" => Kit::BicycleRack {
            at: at()?,
            facing: p.heading("facing")?,
            bicycles: p.count("bicycles", 1, 12, Some(5))?,
        },
        "fountain" => Kit::Fountain {
            at: at()?,
            radius_cm: p.metres("radius", 0.5, 60.0)?,
            jet_cm: p.metres("jet", 0.2, 60.0)?,
        },
        "canal" => canal(p, path()?)?,
        "hull" => hull(p, path()?)?,
        "hill" => Kit::Hill {
            at: at()?,
            height_cm: p.metres("height", 1.0, 3_000.0)?,
            radius_cm: p.metres("radius", 10.0, 10_000.0)?,
            granite: p.flag("granite")?,
        },
        "tower" => Kit::Tower {
            at: at()?,
            foot_cm: p.metres_or("foot", 0.0, 3_000.0, 0.0)?,
            height_cm: p.metres("height", 5.0, 700.0)?,
        },
        "flag" => Kit::Flag {
            at: at()?,
            height_cm: p.metres_or("height", 1.0, 60.0, 12.0)?,
        },
        "statue" => Kit::Statue {
            at: at()?,
            facing: p.heading("facing")?,
            figure: p.word("figure", &FIGURES)?,
            height_cm: p.metres("height", 0.3, 40.0)?,
            base_cm: p.metres_or("base", 0.0, 40.0, 0.0)?,
        },
        "spire" => Kit::Spire {
            at: at()?,
            height_cm: p.metres("height", 1.0, 100.0)?,
        },
        "portal" => Kit::Portal {
            at: at()?,
            facing: p.heading("facing")?,
            width_cm: p.metres_or("width", 0.8, 12.0, 1.6)?,
            to: p.record("to", "{place, spot}")?,
        },
        "table" => {
            let length_cm = p.metres_or("length", 0.4, 20.0, 1.8)?;
            let round = p.flag("round")?;
            Kit::Table {
                at: at()?,
                facing: p.heading("facing")?,
                length_cm,
                depth_cm: if round {
                    0
                } else {
                    p.metres_or("depth", 0.3, 5.0, 0.8)?
                },
            }
        }
        "picture" => picture::read(p, at()?)?,
        "stall" => Kit::Stall {
            at: at()?,
            facing: p.heading("facing")?,
            length_cm: p.metres_or("length", 1.0, 20.0, 2.4)?,
        },
        "tree" => {
            let (height_cm, species) = (p.metres("height", 1.0, 60.0)?, p.word("species", &SPECIES)?);
            return each(geometry, projection, |at| Kit::Tree {
                at,
                height_cm,
                species,
            });
        }
        "lamp" => {
            let height_cm = p.metres_or("height", 1.0, 40.0, 6.0)?;
            return each(geometry, projection, |at| Kit::Lamp { at, height_cm });
        }
        "lantern" => {
            let height_cm = p.metres_or("height", 1.0, 10.0, 2.2)?;
            return each(geometry, projection, |at| Kit::Lantern { at, height_cm });
        }
        "planter" => {
            let (facing, length_cm) = (p.heading("facing")?, p.metres_or("length", 0.3, 30.0, 1.2)?);
            return each(geometry, projection, |at| Kit::Planter {
                at,
                facing,
                length_cm,
            });
        }
        other => return Err(format!("unknown kit {other:?}; known kits: {}", KITS.join(", "))),
    };
    Ok(vec![one])
}

fn each(
    geometry: &Geometry,
    projection: &Projection,
    make: impl Fn(Point) -> Kit,
) -> Result<Vec<Kit>, String> {
    Ok(geometry.points(projection)?.into_iter().map(make).collect())
}
