//! `cargo xtask gallery`: every spot of the city as it looks on arrival, in summer, autumn, winter and at night, drawn
//! without a screen, and docs/gallery.md around the pictures; the pack's previews, which messengers show of a link; and each
//! part of the kit, with the lines of a pack that make it, in docs/parts.md.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use anyhow::{Context, Result};
use fluent_bundle::{FluentBundle, FluentResource};

use crate::{command, project::Project};

/// Draws the pictures and writes the pages.
pub fn run(project: &Project) -> Result<()> {
    let docs = project.root.join("docs");
    println!("gallery: building the engine, then drawing each spot four times");
    let city = project.city();
    let drawn = draw(project, &[city.as_ref(), docs.join("gallery").as_ref()])?;
    let (korean, english) = (names(&city, "ko")?, names(&city, "en")?);
    let mut page = String::from(
        "# Gallery\n\n\
         Every spot as a visitor sees it on arrival: a summer noon and an autumn afternoon above, a winter morning in snow and a night\n\
         below. Made by `cargo xtask gallery`.\n",
    );
    for (place, spot) in &drawn {
        let key = format!("spot-{spot}");
        let (name, translated) = (text(&korean, &key), text(&english, &key));
        write!(
            page,
            "\n## {name}: {translated}\n\n![{translated}](gallery/{place}-{spot}.jpg)\n"
        )?;
    }
    fs::write(docs.join("gallery.md"), page).context("writing docs/gallery.md")?;
    parts(project, &docs)
}

/// The parts of the kit, as the showroom has them: at each spot the features of its name.
fn parts(project: &Project, docs: &Path) -> Result<()> {
    println!("gallery: each part of the kit once");
    let pack = project.root.join("assets/cities/showroom");
    let drawn = draw(
        project,
        &["--once".as_ref(), pack.as_ref(), docs.join("parts").as_ref()],
    )?;
    let english = names(&pack, "en")?;
    let mut page = String::from(
        "# The parts of the kit\n\n\
         Each with the features that make it, as they stand in the pack `assets/cities/showroom`. What their properties mean is in\n\
         [city-pack.md](city-pack.md). To walk among them: `cargo xtask run --city assets/cities/showroom`. Made by\n\
         `cargo xtask gallery`.\n",
    );
    for (place, spot) in &drawn {
        let name = text(&english, &format!("spot-{spot}"));
        write!(page, "\n## {name}\n\n![{name}](parts/{spot}.jpg)\n\n```json\n")?;
        let path = pack.join("places").join(format!("{place}.geojson"));
        let features = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        // A feature a line, as packs have them.
        let named = format!("\"name\": \"{spot}\"");
        for feature in features.lines().filter(|line| line.contains(&named)) {
            writeln!(page, "{}", feature.trim_end_matches(','))?;
        }
        page.push_str("```\n");
    }
    fs::write(docs.join("parts.md"), page).context("writing docs/parts.md")
}

/// Draws the spots of a pack; which place and which spot each picture shows.
fn draw(project: &Project, args: &[&Path]) -> Result<Vec<(String, String)>> {
    let mut draw = Command::new("cargo");
    draw.current_dir(&project.root)
        .args(["run", "--quiet", "--release", "--package", "engine"])
        .args(["--features", "native", "--example", "gallery", "--"])
        .args(args);
    let drawn = command::run_quietly(&mut draw)?;
    let spot = |line: &str| {
        let (place, spot) = line
            .split_once(' ')
            .with_context(|| format!("{line:?} names no spot"))?;
        Ok((place.to_owned(), spot.to_owned()))
    };
    drawn.lines().map(spot).collect()
}

/// A pack's texts in a language.
fn names(pack: &Path, language: &str) -> Result<FluentBundle<FluentResource>> {
    let mut bundle = FluentBundle::default();
    let directory = pack.join("locales").join(language);
    for entry in fs::read_dir(&directory).with_context(|| format!("reading {}", directory.display()))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        // What cannot be parsed is for `city check` to tell; here its name is missing.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    Ok(bundle)
}

/// A text; its key where there is none.
fn text(bundle: &FluentBundle<FluentResource>, key: &str) -> String {
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    pattern.map_or_else(
        || key.to_owned(),
        |pattern| bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned(),
    )
}
