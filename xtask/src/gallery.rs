//! `cargo xtask gallery`: every spot of the city as it looks on arrival, in summer, autumn, winter and at night, drawn
//! without a screen, and docs/gallery.md around the pictures; and the pack's previews, which messengers show of a link.

use std::{fmt::Write as _, fs, process::Command};

use anyhow::{Context, Result};
use fluent_bundle::{FluentBundle, FluentResource};

use crate::{command, project::Project};

/// Draws the pictures and writes the page.
pub fn run(project: &Project) -> Result<()> {
    let docs = project.root.join("docs");
    println!("gallery: building the engine, then drawing each spot four times");
    let mut draw = Command::new("cargo");
    draw.current_dir(&project.root)
        .args(["run", "--quiet", "--release", "--package", "engine"])
        .args(["--features", "native", "--example", "gallery", "--"])
        .arg(project.city())
        .arg(docs.join("gallery"));
    let drawn = command::run_quietly(&mut draw)?;
    let (korean, english) = (names(project, "ko")?, names(project, "en")?);
    let mut page = String::from(
        "# Gallery\n\n\
         Every spot as a visitor sees it on arrival: a summer noon and an autumn afternoon above, a winter morning in snow and a night\n\
         below. Made by `cargo xtask gallery`.\n",
    );
    for line in drawn.lines() {
        let (place, spot) = line
            .split_once(' ')
            .with_context(|| format!("{line:?} names no spot"))?;
        let key = format!("spot-{spot}");
        let (name, translated) = (text(&korean, &key), text(&english, &key));
        write!(
            page,
            "\n## {name}: {translated}\n\n![{translated}](gallery/{place}-{spot}.jpg)\n"
        )?;
    }
    fs::write(docs.join("gallery.md"), page).context("writing docs/gallery.md")
}

/// The pack's texts in a language.
fn names(project: &Project, language: &str) -> Result<FluentBundle<FluentResource>> {
    let mut bundle = FluentBundle::default();
    let directory = project.city().join("locales").join(language);
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
