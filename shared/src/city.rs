//! The compiled city: what relay, shell and engine load. Nothing in it knows which city it is.
//!
//! The source form is GeoJSON (see `docs/city-pack.md`); [`source`] reads it. The compiled form is postcard, served as
//! one file. All lengths are whole centimetres in the place's local axes (see [`crate::space`]).

use glam::Vec2;
use serde::{Deserialize, Serialize};

use crate::space::{Heading, Level, Point, Position};

pub mod canal;
pub mod hull;
pub mod measures;
mod past;
pub mod rite;
#[cfg(feature = "source")]
pub mod source;
pub mod strip;
pub mod transit;
mod words;

pub use past::Past;
pub use words::{Crown, Facade, Finish, Roof, Species, Subject, Surface};

/// Magic and version at the start of a compiled city.
const MAGIC: [u8; 4] = *b"MSC9";

/// Largest compiled city that is accepted, in bytes.
pub const MAX_COMPILED_BYTES: usize = 8 << 20;

/// A city: its manifest and places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct City {
    /// Short name in addresses and file names, such as `seoul`.
    pub id: String,
    /// Credit for the data, shown to visitors; never empty.
    pub attribution: String,
    /// Minutes east of UTC: the city's own clock.
    pub utc_offset_min: i16,
    /// Languages the pack's texts are complete in, the first being the fallback.
    pub languages: Vec<String>,
    /// The place where a visitor without a link arrives.
    pub arrival: SpotName,
    /// All places.
    pub places: Vec<Place>,
}

/// Which spot of which place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpotName {
    /// [`Place::id`].
    pub place: String,
    /// [`Spot::id`].
    pub spot: String,
}

/// Somewhere a visitor can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Short name in addresses, such as `downtown`. Its text is the message `place-<id>` of the pack's locales.
    pub id: String,
    /// Latitude and longitude of the local origin, in degrees (WGS84).
    pub origin_lat_lon: [f64; 2],
    /// Most visitors at once.
    pub capacity: u32,
    /// The outline that nobody can leave.
    pub bounds: Vec<Point>,
    /// Named points that links name. Never empty.
    pub spots: Vec<Spot>,
    /// Everything to be seen and walked around.
    pub parts: Vec<Part>,
    /// Paths along which ambient figures go.
    pub strolls: Vec<Stroll>,
    /// Height of a room, in centimetres; 0 for a place outdoors.
    pub ceiling_cm: u32,
    /// Lines of vehicles.
    pub transit: Vec<transit::TransitLine>,
    /// Set for a site as it once was.
    pub past: Option<Past>,
    /// Re-enactments.
    pub rites: Vec<rite::Rite>,
    /// How high it lies above the land around, in centimetres: the top of a hill; 0 for one that lies in the land.
    pub above_cm: u32,
}

/// A named point in a place; its text is the message `spot-<id>` of the pack's locales.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Short name in addresses, such as `seoul-plaza`.
    pub id: String,
    /// Where a visitor who follows the link stands.
    pub position: Position,
    /// Where he looks.
    pub heading: Heading,
}

/// A path of ambient figures: figures that belong to the city, never counted among the people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stroll {
    /// The way, walked to its end and back.
    pub path: Vec<Point>,
    /// The floor.
    pub level: Level,
    /// How many figures share it.
    pub figures: u8,
}

/// One thing of the city, made by the building kit from parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Key of its name in the pack's locales (`part-<name>`), for signs, the map and the narrator.
    pub name: Option<String>,
    /// The floor it stands on.
    pub level: Level,
    /// Which part of the kit, and its parameters.
    pub kit: Kit,
}

/// The parts of the building kit. Variants and fields are only appended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kit {
    /// A flat area of ground.
    Ground {
        /// Its edge.
        outline: Vec<Point>,
        /// What it is made of.
        surface: Surface,
    },
    /// A street or path of even width along a line.
    Road {
        /// Its middle line.
        path: Vec<Point>,
        /// Kerb to kerb, in centimetres.
        width_cm: u32,
        /// What it is made of.
        surface: Surface,
        /// Lanes for vehicles, with painted lines between them; 0 for footways.
        lanes: u8,
    },
    /// An ordinary building: quiet, so that landmarks speak.
    Building {
        /// Its footprint.
        outline: Vec<Point>,
        /// Ground to roof edge, in centimetres.
        height_cm: u32,
        /// Number of storeys.
        storeys: u8,
        /// What its face is made of.
        facade: Facade,
    },
    /// A long glass hall whose one side leans out over its foot like a breaking wave (the new City Hall).
    WaveHall {
        /// Its footprint at the ground.
        outline: Vec<Point>,
        /// Height of the crest, in centimetres.
        height_cm: u32,
        /// How far the crest overhangs the foot, in centimetres.
        overhang_cm: u32,
        /// The side that leans.
        facing: Heading,
    },
    /// A symmetrical civic hall of stone or brick with a cornice, and a clock tower or a dome in the middle (the old City
    /// Hall of 1926, the station of 1925).
    StoneHall {
        /// Its footprint.
        outline: Vec<Point>,
        /// Ground to cornice, in centimetres.
        cornice_cm: u32,
        /// Ground to the top of its crown, in centimetres.
        top_cm: u32,
        /// Number of storeys below the cornice.
        storeys: u8,
        /// The side with the entrance.
        facing: Heading,
        /// Brick between the piers instead of stone.
        brick: bool,
        /// What rises above the cornice.
        crown: Crown,
    },
    /// A Korean timber hall or a gate pavilion on a stone base.
    Hall {
        /// Middle of its plan.
        at: Point,
        /// The front side.
        facing: Heading,
        /// Bays along the front.
        bays: u8,
        /// Bays in depth.
        depth_bays: u8,
        /// Width of a bay, in centimetres.
        bay_cm: u32,
        /// Height of the stone base, in centimetres.
        base_cm: u32,
        /// Arched passages through the base; 0 for a hall on a terrace.
        arches: u8,
        /// Storeys of the timber frame, each with its own roof.
        storeys: u8,
        /// Form of the roof.
        roof: Roof,
        /// No walls between the columns: a pavilion, a corridor.
        open: bool,
        /// Tiers of the stone terrace below its base; see [`measures`].
        terrace: u8,
        /// Stone rails along the edges of the terrace.
        rails: bool,
        /// Bays in the middle whose doors stand open: ways through, level with the ground.
        doors: u8,
        /// Bare timber and white plaster instead of paint, and no figures on the roof: where people live.
        plain: bool,
    },
    /// A wall along a line.
    Wall {
        /// Its middle line.
        path: Vec<Point>,
        /// Height, in centimetres.
        height_cm: u32,
        /// Thickness, in centimetres.
        thickness_cm: u32,
        /// What its faces are.
        finish: Finish,
    },
    /// One tree.
    Tree {
        /// Its trunk.
        at: Point,
        /// Height, in centimetres.
        height_cm: u32,
        /// Its kind.
        species: Species,
    },
    /// A street lamp.
    Lamp {
        /// Its foot.
        at: Point,
        /// Height, in centimetres.
        height_cm: u32,
    },
    /// A bench to sit on.
    Seat {
        /// Its middle.
        at: Point,
        /// Where someone sitting on it looks.
        facing: Heading,
        /// Length, in centimetres.
        length_cm: u32,
    },
    /// A box of flowers or a hedge.
    Planter {
        /// Its middle.
        at: Point,
        /// Direction of its long side.
        facing: Heading,
        /// Length, in centimetres.
        length_cm: u32,
    },
    /// Water jets that rise from the flat ground.
    Fountain {
        /// Its middle.
        at: Point,
        /// Radius, in centimetres.
        radius_cm: u32,
        /// Height of the jets, in centimetres.
        jet_cm: u32,
    },
    /// A hill that closes the view, drawn as layered terrain.
    Hill {
        /// Its summit on the plan; may lie far outside the bounds.
        at: Point,
        /// Height above the place, in centimetres.
        height_cm: u32,
        /// Radius of its foot, in centimetres.
        radius_cm: u32,
        /// Bare granite rather than woods.
        granite: bool,
    },
    /// A slender tower with a pod and a mast, as on Namsan.
    Tower {
        /// Its foot on the plan.
        at: Point,
        /// Height of its foot above the place, in centimetres.
        foot_cm: u32,
        /// Foot to mast top, in centimetres.
        height_cm: u32,
    },
    /// A flag on a pole.
    Flag {
        /// Foot of the pole.
        at: Point,
        /// Height, in centimetres.
        height_cm: u32,
    },
    /// A figure on a plinth.
    Statue {
        /// Middle of the plinth.
        at: Point,
        /// Where the figure looks.
        facing: Heading,
        /// Whom or what it shows.
        figure: Subject,
        /// Height of the figure without its plinth, in centimetres.
        height_cm: u32,
        /// Height of the plinth, in centimetres.
        base_cm: u32,
    },
    /// A shell that winds up to a point in two colours (as at the head of Cheonggyecheon).
    Spire {
        /// Middle of its foot.
        at: Point,
        /// Height, in centimetres.
        height_cm: u32,
    },
    /// A market stall: a table of goods under an awning.
    Stall {
        /// Middle of its plan.
        at: Point,
        /// Where its buyers stand.
        facing: Heading,
        /// Length, in centimetres.
        length_cm: u32,
    },
    /// A lantern of silk and paper that hangs from a post.
    Lantern {
        /// Foot of the post.
        at: Point,
        /// Height, in centimetres.
        height_cm: u32,
    },
    /// A stream between walls below the street, with paths on both sides of the water. The part's level is that of the
    /// paths; the street is one level higher.
    Canal {
        /// Its middle line.
        path: Vec<Point>,
        /// Wall to wall, in centimetres.
        width_cm: u32,
        /// From the street down to the paths, in centimetres.
        depth_cm: u32,
        /// Width of the water, in centimetres.
        water_cm: u32,
        /// Stretches over which the street goes on: from and to, in centimetres along the line, the first one first.
        bridges: Vec<[u32; 2]>,
        /// Ways down.
        stairs: Vec<Stair>,
        /// Where rows of stones lead over the water, in centimetres along the line, the first one first.
        stones: Vec<u32>,
    },
    /// A smooth closed body of metal panels along a line, swelling above its foot (as Dongdaemun Design Plaza).
    Hull {
        /// Its line, which is smoothed.
        path: Vec<Point>,
        /// How wide it is at each of its points, in centimetres.
        widths_cm: Vec<u32>,
        /// How high it is there.
        heights_cm: Vec<u32>,
        /// How high above the ground its lower side is there; empty where it stands on the ground throughout.
        clear_cm: Vec<u32>,
        /// Its outline at the width of its feet, as whoever read the pack made it of the others.
        outline: Vec<Point>,
    },
    /// A door to another place.
    Portal {
        /// Middle of its plan.
        at: Point,
        /// Where it is entered from: where someone who comes out of it looks.
        facing: Heading,
        /// Width of the opening, in centimetres.
        width_cm: u32,
        /// Where it leads.
        to: SpotName,
    },
    /// A table, or a desk.
    Table {
        /// Its middle.
        at: Point,
        /// Where its long side looks.
        facing: Heading,
        /// Length, in centimetres; of a round one the diameter.
        length_cm: u32,
        /// Depth, in centimetres; 0 for a round one.
        depth_cm: u32,
    },
    /// A framed picture on a wall.
    Picture {
        /// Its middle on the plan.
        at: Point,
        /// Where it looks.
        facing: Heading,
        /// Width without its frame, in centimetres.
        width_cm: u32,
        /// Height without its frame, in centimetres.
        height_cm: u32,
        /// From the floor to its lower edge, in centimetres.
        foot_cm: u32,
        /// What it shows: areas of one colour, each over those before it.
        shapes: Vec<Patch>,
    },
    /// Bicycles of the city that anyone may take.
    BicycleRack {
        /// The middle of the row.
        at: Point,
        /// Where their front wheels point.
        facing: Heading,
        /// How many stand there.
        bicycles: u8,
    },
    /// A timber pavilion of many equal sides under a pointed roof, on a stone base.
    Pavilion {
        /// Middle of its plan.
        at: Point,
        /// The side with the stair.
        facing: Heading,
        /// How many sides: [`measures::SIDES`].
        sides: u8,
        /// From a side to the one across, between the columns, in centimetres.
        width_cm: u32,
        /// Height of the stone base, in centimetres.
        base_cm: u32,
        /// Storeys, each with its own roof, the upper ones low.
        storeys: u8,
        /// No walls between the columns.
        open: bool,
        /// Stone rails along the base.
        rails: bool,
    },
    /// A round altar of stone under the open sky, each tier half as wide as the one below.
    Altar {
        /// Its middle.
        at: Point,
        /// Where one of its four stairs leads down.
        facing: Heading,
        /// Radius of the lowest tier, in centimetres.
        radius_cm: u32,
        /// How many tiers.
        tiers: u8,
        /// A golden tent roof over the uppermost.
        canopy: bool,
    },
    /// Where the vehicles of a line stop, as whoever read the pack made it of the line: a sign at the kerb, or a pad.
    Stop {
        /// The foot of the sign, or the middle of the pad.
        at: Point,
        /// Where vehicles face that stand there.
        facing: Heading,
        /// What stops there.
        vehicle: transit::Vehicle,
    },
}

/// An area of one colour in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// sRGB.
    pub colour: [u8; 3],
    /// Its corners: to the right and down, in parts of [`PICTURE_PARTS`] of the picture's width and height.
    pub outline: Vec<[u8; 2]>,
}

/// How many parts a picture's sides have.
pub const PICTURE_PARTS: u8 = 250;

/// A stair along a wall of a canal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stair {
    /// Along the right wall, as the line goes, or along the left one.
    pub right: bool,
    /// Where its first step down is, in centimetres along the line.
    pub top_cm: u32,
    /// Where its last step is.
    pub foot_cm: u32,
}

/// Why a compiled city could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DecodeError {
    /// Not a compiled city, or one of another version.
    #[error("not a compiled city of this version (expected it to start with {})", str::from_utf8(&MAGIC).unwrap_or_default())]
    Magic,
    /// Larger than [`MAX_COMPILED_BYTES`].
    #[error("compiled city of {0} bytes is larger than the limit of {MAX_COMPILED_BYTES}")]
    TooLarge(usize),
    /// Damaged inside.
    #[error("compiled city is damaged")]
    Damaged,
    /// Bytes follow the end.
    #[error("{0} bytes follow the end of the compiled city")]
    Trailing(usize),
}

impl Kit {
    /// The points that tell where it is: its outline, its way, or its one point.
    pub fn points(&self) -> &[Point] {
        match self {
            Self::Ground { outline, .. }
            | Self::Building { outline, .. }
            | Self::WaveHall { outline, .. }
            | Self::StoneHall { outline, .. }
            | Self::Hull { outline, .. } => outline,
            Self::Road { path, .. } | Self::Wall { path, .. } | Self::Canal { path, .. } => path,
            Self::Hall { at, .. }
            | Self::Tree { at, .. }
            | Self::Lamp { at, .. }
            | Self::Seat { at, .. }
            | Self::Planter { at, .. }
            | Self::Fountain { at, .. }
            | Self::Hill { at, .. }
            | Self::Tower { at, .. }
            | Self::Flag { at, .. }
            | Self::Statue { at, .. }
            | Self::Spire { at, .. }
            | Self::Stall { at, .. }
            | Self::Lantern { at, .. }
            | Self::Portal { at, .. }
            | Self::Stop { at, .. }
            | Self::Table { at, .. }
            | Self::BicycleRack { at, .. }
            | Self::Pavilion { at, .. }
            | Self::Altar { at, .. }
            | Self::Picture { at, .. } => std::slice::from_ref(at),
        }
    }

    /// Corners of the box around it, with the smallest and the largest coordinates, in metres; none if it has no points.
    pub fn extent_m(&self) -> Option<[Vec2; 2]> {
        extent_m(self.points())
    }
}

/// Corners of the box around some points, with the smallest and the largest coordinates, in metres; none around none.
pub fn extent_m(points: &[Point]) -> Option<[Vec2; 2]> {
    let all = || points.iter().map(|point| point.to_m());
    Some([all().reduce(Vec2::min)?, all().reduce(Vec2::max)?])
}

impl City {
    /// The compiled form.
    pub fn encode(&self) -> Vec<u8> {
        // Serialising plain data into a vector cannot fail; an empty body would be refused by `decode`.
        let mut out = MAGIC.to_vec();
        out.extend(postcard::to_allocvec(self).unwrap_or_default());
        out
    }

    /// Reads the compiled form.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > MAX_COMPILED_BYTES {
            return Err(DecodeError::TooLarge(bytes.len()));
        }
        let body = bytes.strip_prefix(&MAGIC).ok_or(DecodeError::Magic)?;
        let (city, rest) = postcard::take_from_bytes(body).map_err(|_| DecodeError::Damaged)?;
        if rest.is_empty() {
            Ok(city)
        } else {
            Err(DecodeError::Trailing(rest.len()))
        }
    }

    /// The place of a name.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// The place of [`City::arrival`]; the loader guarantees it, an empty city has none.
    pub fn arrival_place(&self) -> Option<&Place> {
        self.place(&self.arrival.place).or_else(|| self.places.first())
    }
}

impl Place {
    /// The spot of a name.
    pub fn spot(&self, id: &str) -> Option<&Spot> {
        self.spots.iter().find(|spot| spot.id == id)
    }

    /// The spot nearest to a position, on the same level if there is one there.
    pub fn nearest_spot(&self, position: Position) -> Option<&Spot> {
        self.spots.iter().min_by_key(|spot| {
            let distance = spot.position.point.distance_cm(position.point) as u64;
            (spot.position.level != position.level, distance)
        })
    }

    /// The nearest portal that can be entered from a position: its number among the parts, and where it leads.
    pub fn portal_near(&self, position: Position) -> Option<(usize, &SpotName)> {
        let near = self.parts.iter().enumerate().filter_map(|(index, part)| {
            let Kit::Portal { at, to, width_cm, .. } = &part.kit else {
                return None;
            };
            let distance_cm = at.distance_cm(position.point);
            let reach_cm = measures::PORTAL_REACH_CM + *width_cm as f32 / 2.0;
            (part.level == position.level && distance_cm <= reach_cm).then_some((
                distance_cm as u32,
                index,
                to,
            ))
        });
        near.min_by_key(|(distance, ..)| *distance)
            .map(|(_, index, to)| (index, to))
    }
}
