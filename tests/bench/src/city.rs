//! A flat city for the relay, made of homes so far apart that nobody sees a neighbour.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use shared::{
    city::{City, source::compile},
    space::Point,
};

/// The city's only place.
pub const PLACE: &str = "field";

/// Homes along one side of the field.
const ALONG: u16 = 16;

/// How many homes there are.
pub const HOMES: u16 = ALONG * ALONG;

/// Metres from one home to the next: farther than anyone sees.
const APART_M: f64 = 352.0;

/// Metres of a degree along the equator, where the field lies.
const DEGREE_M: f64 = 111_320.0;

/// The spot of a group's home.
pub fn spot(group: u16) -> String {
    format!("g{group}")
}

/// Writes the pack into a directory; the answer is where the homes are.
pub fn write(dir: &Path) -> Result<Vec<Point>> {
    fs::create_dir_all(dir.join("places"))?;
    fs::create_dir_all(dir.join("locales/en"))?;
    fs::write(dir.join("locales/en/city.ftl"), texts())?;
    let manifest = format!(
        "{{\"id\":\"bench\",\"attribution\":\"none\",\"utc_offset_min\":0,\"languages\":[\"en\"],\
         \"arrival\":{{\"place\":\"{PLACE}\",\"spot\":\"g0\"}},\"places\":[\"{PLACE}\"]}}"
    );
    fs::write(dir.join("manifest.json"), manifest)?;
    fs::write(dir.join(format!("places/{PLACE}.geojson")), place())?;
    let read = |path: &str| fs::read_to_string(dir.join(path)).map_err(|error| error.to_string());
    let city: City = compile(&read).map_err(|faults| anyhow!("the bench's city has faults: {faults:?}"))?;
    let place = city.place(PLACE).context("the city has a place")?;
    (0..HOMES)
        .map(|group| {
            let spot = place
                .spot(&spot(group))
                .context("the city has a home for each group")?;
            Ok(spot.position.point)
        })
        .collect()
}

/// A name for everything that must have one.
fn texts() -> String {
    let homes = (0..HOMES).map(|group| format!("spot-{} = Home {group}\n", spot(group)));
    format!(
        "city-name = Bench\nplace-{PLACE} = Field\n{}",
        homes.collect::<String>()
    )
}

fn place() -> String {
    let degrees = |metres: f64| format!("{:.7}", metres / DEGREE_M);
    let edge = degrees(APART_M * f64::from(ALONG));
    let mut features = vec![format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"kit\":\"bounds\"}},\"geometry\":{{\"type\":\"Polygon\",\
         \"coordinates\":[[[0,0],[{edge},0],[{edge},{edge}],[0,{edge}],[0,0]]]}}}}"
    )];
    features.extend((0..HOMES).map(|group| {
        let along = |steps: u16| degrees(APART_M * (f64::from(steps) + 0.5));
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"kit\":\"spot\",\"id\":\"{}\",\"facing\":0}},\
             \"geometry\":{{\"type\":\"Point\",\"coordinates\":[{},{}]}}}}",
            spot(group),
            along(group % ALONG),
            along(group / ALONG)
        )
    }));
    format!(
        "{{\"type\":\"FeatureCollection\",\"place\":{{\"id\":\"{PLACE}\",\"origin\":[0,0],\"capacity\":10000}},\
         \"features\":[\n{}\n]}}",
        features.join(",\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_sound_and_its_homes_lie_apart() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let homes = write(dir.path())?;
        assert_eq!(homes.len(), usize::from(HOMES));
        for (a, home) in homes.iter().enumerate() {
            for other in homes.iter().skip(a + 1) {
                assert!(home.distance_cm(*other) > 32_000.0);
            }
        }
        Ok(())
    }
}
