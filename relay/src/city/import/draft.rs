//! The pack as it is being made: features, names, and what the check leaves of them.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use serde_json::{Map, Value, json};
use shared::city::source::{PackError, compile};

use super::{Degrees, Extract, Geometry, ImportError, Imported, Source, Town, tags::Tags};
use crate::city::LoadError;

/// What visitors are shown of where the plan comes from: what the licence asks for.
const ATTRIBUTION: &str = "© OpenStreetMap contributors (ODbL)";

/// Points at which somebody might arrive, of which the check takes those that are free: the nearest to the middle is the
/// arrival, and sights are named.
const ARRIVALS: usize = 40;
/// Sights that become spots, at most.
const SIGHTS: usize = 24;

/// What the ids of spots to arrive at begin with.
const ARRIVAL: &str = "arrival-";

/// Visitors at once, where nobody says otherwise.
const CAPACITY: u32 = 500;

/// Farthest from one corner of an extract to the other, in metres.
const MOST_M: f64 = 20_000.0;

/// Metres in a degree of latitude, nearly.
const DEGREE_M: f64 = 111_320.0;

type Files = BTreeMap<String, String>;

/// A feature on its way into the pack.
struct Feature {
    properties: Map<String, Value>,
    geometry: Value,
    /// Its name by language.
    names: Vec<String>,
    /// What it is called when it is left out.
    label: String,
}

impl Feature {
    fn id(&self) -> Option<&str> {
        self.properties.get("id")?.as_str()
    }

    fn is_arrival(&self) -> bool {
        self.id().is_some_and(|id| id.starts_with(ARRIVAL))
    }
}

/// A pack in the making.
pub(super) struct Draft<'a> {
    town: &'a Town,
    /// Longitude and latitude of the middle.
    middle: [f64; 2],
    features: Vec<Feature>,
    left_out: Vec<String>,
}

impl<'a> Draft<'a> {
    /// Takes what the kit has parts for out of an extract.
    pub(super) fn new(extract: &Extract, town: &'a Town) -> Result<Self, ImportError> {
        let mut draft = Self {
            town,
            middle: [0.0; 2],
            features: Vec::new(),
            left_out: Vec::new(),
        };
        let mut streets: Vec<[[f64; 2]; 2]> = Vec::new();
        let mut sights: Vec<(Vec<String>, [f64; 2])> = Vec::new();
        let mut extent: Option<[[f64; 2]; 2]> = None;
        for (index, source) in extract.features.iter().enumerate() {
            let Some(geometry) = source.shape() else { continue };
            let geometry = &geometry;
            let tags = Tags::of(&source.properties);
            for at in points(geometry) {
                let [low, high] = extent.unwrap_or([at, at]);
                extent = Some([
                    [low[0].min(at[0]), low[1].min(at[1])],
                    [high[0].max(at[0]), high[1].max(at[1])],
                ]);
            }
            if tags.is_walked() {
                let line: Vec<[f64; 2]> = points(geometry).collect();
                streets.extend(
                    line.iter()
                        .zip(line.iter().skip(1))
                        .map(|(from, to)| [*from, *to]),
                );
            }
            if tags.is_sight() {
                let names = draft.names(&tags);
                sights.extend(middle_of(points(geometry)).map(|at| (names, at)));
            }
            draft.take(index, source, geometry, &tags);
        }
        let (Some([low, high]), false) = (extent, streets.is_empty()) else {
            return Err(ImportError::NoStreets);
        };
        draft.middle = between(low, high);
        let wide_m = draft.distance(low, high);
        if wide_m > MOST_M {
            return Err(ImportError::TooWide(wide_m / 1_000.0));
        }
        draft.bound(low, high);
        draft.arrive(streets, sights);
        Ok(draft)
    }

    /// Writes the pack, and leaves out what its check refuses, until it is sound.
    pub(super) fn settle(mut self, folder: &Path) -> Result<(Files, Imported), ImportError> {
        loop {
            let files = self.files();
            let read = |path: &str| {
                files
                    .get(path)
                    .cloned()
                    .ok_or_else(|| "there is no such file".to_owned())
            };
            let faults = match compile(&read) {
                Ok(_) if self.has_arrival_to_spare() => {
                    self.keep_one_arrival();
                    continue;
                }
                Ok(_) => {
                    let imported = Imported {
                        features: self.features.len(),
                        left_out: self.left_out,
                    };
                    return Ok((files, imported));
                }
                Err(faults) => faults,
            };
            if !self.leave_out(&faults) {
                return Err(ImportError::Faulty(LoadError::Faulty {
                    dir: folder.to_owned(),
                    faults,
                }));
            }
        }
    }

    /// Leaves out the features that faults are about; false when they are about none.
    fn leave_out(&mut self, faults: &[PackError]) -> bool {
        let file = self.place_file();
        let mut lines: BTreeMap<usize, &str> = BTreeMap::new();
        for fault in faults.iter().filter(|fault| fault.file == file) {
            if let Some(index) = fault.line.checked_sub(FIRST_LINE) {
                lines.insert(index, &fault.what);
            }
        }
        let before = self.features.len();
        for (index, what) in lines.into_iter().rev() {
            if index < self.features.len() {
                let feature = self.features.remove(index);
                if !feature.label.is_empty() {
                    self.left_out
                        .push(format!("{}: {}", feature.label, without_number(what)));
                }
            }
        }
        self.features.len() < before
    }

    fn has_arrival_to_spare(&self) -> bool {
        self.features
            .iter()
            .filter(|feature| feature.is_arrival())
            .count()
            > 1
    }

    /// Of the points where somebody might arrive, that which is nearest to the middle.
    fn keep_one_arrival(&mut self) {
        let mut found = false;
        self.features
            .retain(|feature| !feature.is_arrival() || !std::mem::replace(&mut found, true));
    }

    fn take(&mut self, index: usize, source: &Source, geometry: &Geometry, tags: &Tags<'_>) {
        let label = label(index, source);
        let shapes: Vec<(Option<Map<String, Value>>, Value)> = match geometry {
            Geometry::Point(at) => vec![(tags.point(), json!({"type": "Point", "coordinates": at}))],
            Geometry::LineString(path) => vec![line(tags, path)],
            Geometry::MultiLineString(lines) => lines.iter().map(|path| line(tags, path)).collect(),
            Geometry::Polygon(rings) => vec![self.area(tags, rings, &label)],
            Geometry::MultiPolygon(areas) => {
                areas.iter().map(|rings| self.area(tags, rings, &label)).collect()
            }
        };
        for (properties, geometry) in shapes {
            if let Some(properties) = properties {
                let is_building = properties.get("kit").is_some_and(|kit| kit == "building");
                let names = if is_building { self.names(tags) } else { Vec::new() };
                self.features.push(Feature {
                    properties,
                    geometry,
                    names,
                    label: label.clone(),
                });
            }
        }
    }

    fn area(
        &mut self,
        tags: &Tags<'_>,
        rings: &[Vec<Degrees>],
        label: &str,
    ) -> (Option<Map<String, Value>>, Value) {
        let part = tags.area();
        if part.is_some() && rings.len() > 1 {
            self.left_out
                .push(format!("{label}: its courts are closed, as the kit knows none"));
        }
        let outer: Vec<&Vec<Degrees>> = rings.iter().take(1).collect();
        (part, json!({"type": "Polygon", "coordinates": outer}))
    }

    /// The edge that nobody can leave: the box around everything.
    fn bound(&mut self, [west, south]: [f64; 2], [east, north]: [f64; 2]) {
        let ring = [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
        ];
        self.features.push(Feature {
            properties: [("kit".to_owned(), json!("bounds"))].into_iter().collect(),
            geometry: json!({"type": "Polygon", "coordinates": [ring]}),
            names: Vec::new(),
            label: String::new(),
        });
    }

    /// Points where visitors may arrive: on streets around the middle, and on the street nearest to each sight.
    fn arrive(&mut self, streets: Vec<[[f64; 2]; 2]>, sights: Vec<(Vec<String>, [f64; 2])>) {
        let middles: Vec<([f64; 2], f64)> = streets
            .into_iter()
            .map(|[from, to]| {
                let [east, north] = self.metres(from, to);
                (between(from, to), east.atan2(north).to_degrees())
            })
            .collect();
        let nearest = |draft: &Self, goal: [f64; 2]| {
            let mut near: Vec<&([f64; 2], f64)> = middles.iter().collect();
            near.sort_by(|a, b| draft.distance(a.0, goal).total_cmp(&draft.distance(b.0, goal)));
            near.into_iter().copied().take(ARRIVALS).collect::<Vec<_>>()
        };
        let arrivals = nearest(self, self.middle);
        for (index, (at, facing)) in arrivals.into_iter().enumerate() {
            let names = vec![self.town.name.clone(); self.town.languages.len()];
            // Of these points most are in the way of something: nothing is lost with them.
            self.spot(&format!("{ARRIVAL}{index}"), at, facing, names, String::new());
        }
        for (index, (names, goal)) in sights.into_iter().take(SIGHTS).enumerate() {
            if let Some((at, _)) = nearest(self, goal).first() {
                let [east, north] = self.metres(*at, goal);
                let label = format!("the spot {:?}", names.first().cloned().unwrap_or_default());
                self.spot(
                    &format!("sight-{index}"),
                    *at,
                    east.atan2(north).to_degrees(),
                    names,
                    label,
                );
            }
        }
    }

    fn spot(&mut self, id: &str, at: [f64; 2], facing: f64, names: Vec<String>, label: String) {
        let properties = [
            ("kit", json!("spot")),
            ("id", json!(id)),
            ("facing", json!(facing.round())),
        ];
        self.features.push(Feature {
            properties: properties
                .map(|(key, value)| (key.to_owned(), value))
                .into_iter()
                .collect(),
            geometry: json!({"type": "Point", "coordinates": at}),
            names,
            label,
        });
    }

    /// What a feature is called in each language; nothing when it has no name.
    fn names(&self, tags: &Tags<'_>) -> Vec<String> {
        let languages = self.town.languages.iter();
        languages
            .filter_map(|language| tags.name(language).map(str::to_owned))
            .collect()
    }

    /// From one point to another, in metres to the east and to the north.
    fn metres(&self, from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
        let shrink = self.middle[1].to_radians().cos();
        [
            (to[0] - from[0]) * DEGREE_M * shrink,
            (to[1] - from[1]) * DEGREE_M,
        ]
    }

    fn distance(&self, from: [f64; 2], to: [f64; 2]) -> f64 {
        let [east, north] = self.metres(from, to);
        east.hypot(north)
    }

    fn place_file(&self) -> String {
        format!("places/{}.geojson", self.town.id)
    }

    /// All files of the pack.
    fn files(&self) -> Files {
        let id = &self.town.id;
        let arrival = self.features.iter().find_map(Feature::id);
        let offset = self.town.utc_offset_min.unwrap_or_else(|| {
            // A quarter of the way around the earth is six hours.
            (self.middle[0] / 15.0).round() as i16 * 60
        });
        let manifest = json!({
            "id": id,
            "attribution": ATTRIBUTION,
            "utc_offset_min": offset,
            "languages": self.town.languages,
            "arrival": {"place": id, "spot": arrival.unwrap_or_default()},
            "places": [id],
        });
        let head = json!({"id": id, "origin": self.middle, "capacity": CAPACITY});
        let mut place =
            format!("{{\n\"type\": \"FeatureCollection\",\n\"place\": {head},\n\"features\": [\n");
        let mut texts: Vec<String> = self.town.languages.iter().map(|_| self.title()).collect();
        for (index, feature) in self.features.iter().enumerate() {
            let mut properties = feature.properties.clone();
            let key = if let Some(id) = feature.id() {
                format!("spot-{id}")
            } else {
                if !feature.names.is_empty() {
                    properties.insert("name".to_owned(), format!("part-{index}").into());
                }
                format!("part-part-{index}")
            };
            for (text, name) in texts.iter_mut().zip(&feature.names) {
                // Writing to a string cannot fail, here and below.
                let _ = writeln!(text, "{key} = {}", escaped(name));
            }
            let feature = json!({"type": "Feature", "properties": properties, "geometry": feature.geometry});
            let end = if index + 1 < self.features.len() { "," } else { "" };
            let _ = writeln!(place, "{feature}{end}");
        }
        place.push_str("]\n}\n");
        let mut files = Files::from([
            ("manifest.json".to_owned(), format!("{manifest:#}\n")),
            (self.place_file(), place),
        ]);
        for (language, text) in self.town.languages.iter().zip(texts) {
            files.insert(format!("locales/{language}/city.ftl"), text);
        }
        files
    }

    fn title(&self) -> String {
        let name = escaped(&self.town.name);
        format!("city-name = {name}\nplace-{} = {name}\n", self.town.id)
    }
}

/// The line of the first feature in a place's file.
const FIRST_LINE: usize = 5;

fn line(tags: &Tags<'_>, line: &[Degrees]) -> (Option<Map<String, Value>>, Value) {
    (tags.line(), json!({"type": "LineString", "coordinates": line}))
}

fn between(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0].midpoint(b[0]), a[1].midpoint(b[1])]
}

/// All points of a geometry.
fn points(geometry: &Geometry) -> impl Iterator<Item = [f64; 2]> {
    let all: Vec<&Degrees> = match geometry {
        Geometry::Point(at) => vec![at],
        Geometry::LineString(line) => line.iter().collect(),
        Geometry::MultiLineString(lines) | Geometry::Polygon(lines) => lines.iter().flatten().collect(),
        Geometry::MultiPolygon(areas) => areas.iter().flatten().flatten().collect(),
    };
    let pairs: Vec<[f64; 2]> = all
        .into_iter()
        .filter_map(|degrees| Some([*degrees.first()?, *degrees.get(1)?]))
        .collect();
    pairs.into_iter()
}

fn middle_of(points: impl Iterator<Item = [f64; 2]>) -> Option<[f64; 2]> {
    let (count, sum) = points.fold((0.0, [0.0; 2]), |(count, [x, y]), at| {
        (count + 1.0, [x + at[0], y + at[1]])
    });
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

/// What OpenStreetMap calls a feature, else its number in the extract.
fn label(index: usize, source: &Source) -> String {
    let id = ["@id", "id"]
        .iter()
        .find_map(|key| source.properties.get(*key)?.as_str());
    id.map_or_else(|| format!("feature {index} of the extract"), str::to_owned)
}

/// What is wrong, without the feature's number in the pack: that says nothing of the extract.
fn without_number(what: &str) -> &str {
    what.split_once(": ")
        .filter(|(number, _)| number.starts_with("feature "))
        .map_or(what, |(_, what)| what)
}

/// A name as Fluent takes it: on one line, its braces as text.
fn escaped(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .fold(String::new(), |mut out, c| {
            match c {
                '{' => out.push_str("{\"{\"}"),
                '}' => out.push_str("{\"}\"}"),
                _ => out.push(c),
            }
            out
        })
}
