//! What the tags of OpenStreetMap say, in parameters of the building kit. Meanings: <https://wiki.openstreetmap.org/wiki/Map_features>.

use serde_json::{Map, Value, json};

/// The tags of a feature: its properties, or an object among them, as the exporters differ.
pub(super) struct Tags<'a>(&'a Map<String, Value>);

impl<'a> Tags<'a> {
    pub(super) fn of(properties: &'a Map<String, Value>) -> Self {
        let tags = properties.get("tags").and_then(Value::as_object);
        Self(tags.unwrap_or(properties))
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).and_then(Value::as_str)
    }

    fn is(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    /// The number that a tag begins with: "12.5 m" is 12.5.
    fn number(&self, key: &str) -> Option<f64> {
        let text = self.get(key)?.trim();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        text.get(..end)?.parse().ok()
    }

    /// The name in a language, else in that of the place.
    pub(super) fn name(&self, language: &str) -> Option<&'a str> {
        let own = self.get(&format!("name:{language}"));
        own.or_else(|| self.get("name"))
            .filter(|name| !name.trim().is_empty())
    }

    /// Whether it is somewhere that people would want to be led to.
    pub(super) fn is_sight(&self) -> bool {
        self.get("name").is_some()
            && (self.is("place", &["square"])
                || self.is("leisure", &["park", "garden"])
                || self.is("amenity", &["marketplace", "townhall", "theatre"])
                || self.is("railway", &["station"])
                || self.is("tourism", &["attraction", "museum", "gallery", "viewpoint"])
                || self.get("historic").is_some())
    }

    /// Parameters of the part that an area is.
    pub(super) fn area(&self) -> Option<Map<String, Value>> {
        if self.get("building").is_some_and(|kind| kind != "no") {
            return object(self.building());
        }
        let surface = if self.is("natural", &["water"]) || self.is("landuse", &["reservoir", "basin"]) {
            "water"
        } else if self.is("leisure", &["park", "garden", "pitch", "golf_course"])
            || self.is(
                "landuse",
                &["grass", "meadow", "village_green", "recreation_ground", "forest"],
            )
            || self.is("natural", &["grassland", "wood"])
        {
            "lawn"
        } else if self.is("amenity", &["parking"]) {
            "asphalt"
        } else if self.is("place", &["square"]) || self.is("highway", &["pedestrian", "footway"]) {
            "granite"
        } else if self.is("leisure", &["playground"]) || self.is("natural", &["sand", "beach"]) {
            "earth"
        } else {
            return None;
        };
        object(json!({"kit": "ground", "surface": surface}))
    }

    fn building(&self) -> Value {
        let mut part = json!({"kit": "building", "facade": self.facade()});
        let height = self
            .number("height")
            .filter(|height| (2.0..=1_000.0).contains(height));
        let levels = self
            .number("building:levels")
            .filter(|levels| (1.0..=200.0).contains(levels));
        if let Some(height) = height {
            part["height"] = json!(height);
        }
        if let Some(levels) = levels {
            part["levels"] = json!(levels.round() as u8);
        }
        part
    }

    fn facade(&self) -> &'static str {
        let material = ["building:material", "building:facade:material"]
            .into_iter()
            .find_map(|key| self.get(key));
        match material {
            Some("glass") => "glass",
            Some("brick") => "brick",
            Some("stone" | "concrete" | "sandstone" | "granite") => "stone",
            _ if self.is("building", &["office", "commercial"]) => "glass",
            _ if self.is(
                "building",
                &["church", "cathedral", "government", "civic", "university"],
            ) =>
            {
                "stone"
            }
            _ => "plaster",
        }
    }

    /// Parameters of the part that a line is.
    pub(super) fn line(&self) -> Option<Map<String, Value>> {
        if self.is("barrier", &["wall", "city_wall", "retaining_wall"]) {
            let height = self.number("height").unwrap_or(2.0).clamp(0.2, 20.0);
            return object(json!({"kit": "wall", "height": height}));
        }
        if self.is("waterway", &["river", "stream", "canal"]) {
            let width = self.number("width").unwrap_or(4.0).clamp(0.5, 200.0);
            return object(json!({"kit": "road", "surface": "water", "width": width}));
        }
        let (width, surface, lanes) = match self.get("highway")? {
            "motorway" | "trunk" | "primary" => (14.0, "asphalt", 4),
            "secondary" => (10.5, "asphalt", 3),
            "tertiary" => (7.0, "asphalt", 2),
            "residential" | "unclassified" | "living_street" | "road" => (6.0, "asphalt", 2),
            "service" | "motorway_link" | "trunk_link" | "primary_link" | "secondary_link" => {
                (4.0, "asphalt", 0)
            }
            "pedestrian" => (5.0, "granite", 0),
            "footway" if self.is("footway", &["crossing"]) => (3.0, "crossing", 0),
            "footway" | "path" | "cycleway" | "steps" | "bridleway" | "corridor" => (2.5, "paving", 0),
            "track" => (3.0, "earth", 0),
            _ => return None,
        };
        // A lane is 3.5 m wide.
        let told = self
            .number("lanes")
            .filter(|lanes| lanes.fract() == 0.0 && (1.0..=12.0).contains(lanes));
        let (width, lanes) = match told {
            Some(told) if lanes > 0 => (told * 3.5, told as u8),
            _ => (width, lanes),
        };
        let width = self
            .number("width")
            .filter(|width| (1.0..=60.0).contains(width))
            .unwrap_or(width);
        object(json!({"kit": "road", "width": width, "surface": surface, "lanes": lanes}))
    }

    /// Whether people walk along it, so that somebody may arrive there.
    pub(super) fn is_walked(&self) -> bool {
        self.line().is_some_and(|part| {
            part.get("kit").is_some_and(|kit| kit == "road")
                && part.get("surface").is_some_and(|of| of != "water")
        })
    }

    /// Parameters of the part that a point is.
    pub(super) fn point(&self) -> Option<Map<String, Value>> {
        if self.is("natural", &["tree"]) {
            let height = self.number("height").unwrap_or(8.0).clamp(2.0, 40.0);
            return object(json!({"kit": "tree", "height": height, "species": self.species()}));
        }
        if self.is("highway", &["street_lamp"]) {
            return object(json!({"kit": "lamp"}));
        }
        if self.is("amenity", &["bench"]) {
            let facing = self
                .number("direction")
                .filter(|facing| (0.0..=360.0).contains(facing));
            return object(json!({"kit": "seat", "facing": facing.unwrap_or(0.0)}));
        }
        if self.is("amenity", &["fountain"]) {
            return object(json!({"kit": "fountain", "radius": 2.0, "jet": 2.0}));
        }
        None
    }

    fn species(&self) -> &'static str {
        let told = ["genus", "species"]
            .into_iter()
            .find_map(|key| self.get(key))
            .unwrap_or_default();
        match told.split_whitespace().next() {
            Some("Ginkgo") => "ginkgo",
            Some("Prunus") => "cherry",
            Some("Pinus" | "Picea" | "Abies" | "Cedrus") => "pine",
            _ if self.is("leaf_type", &["needleleaved"]) => "pine",
            _ => "zelkova",
        }
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}
