//! Lists the interface's texts and plain pages, so that the relay carries them inside its own binary.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = env::var("CARGO_MANIFEST_DIR")?;
    let locales = Path::new(&manifest).join("../assets/locales").canonicalize()?;
    println!("cargo:rerun-if-changed={}", locales.display());
    // What visitors download, and what only the relay reads.
    let (mut interface, mut relay) = (String::from("&[\n"), String::from("&[\n"));
    for language in sorted(&locales)? {
        let dir = locales.join(&language);
        if !dir.is_dir() {
            continue;
        }
        add(&mut interface, &language, &dir, &["ftl"])?;
        add(&mut relay, &language, &dir.join("relay"), &["ftl", "md", "txt"])?;
    }
    let out = env::var("OUT_DIR")?;
    for (name, mut list) in [("locales.rs", interface), ("locales_relay.rs", relay)] {
        list.push_str("]\n");
        fs::write(Path::new(&out).join(name), list)?;
    }
    Ok(())
}

/// Adds a language's files in a folder: language, name, text.
fn add(list: &mut String, language: &str, dir: &Path, endings: &[&str]) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", dir.display());
    for file in sorted(dir)? {
        let ending = Path::new(&file).extension().and_then(|ending| ending.to_str());
        if !ending.is_some_and(|ending| endings.contains(&ending)) {
            continue;
        }
        let path = dir.join(&file);
        let path = path.to_str().ok_or("the checkout's path is not UTF-8")?;
        writeln!(list, "    ({language:?}, {file:?}, include_str!({path:?})),")?;
    }
    Ok(())
}

fn sorted(dir: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names: Vec<String> = fs::read_dir(dir)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    names.sort();
    Ok(names)
}
