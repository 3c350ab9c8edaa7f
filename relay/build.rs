//! Lists the interface's Fluent files, so that the relay carries them inside its own binary.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = env::var("CARGO_MANIFEST_DIR")?;
    let locales = Path::new(&manifest).join("../assets/locales").canonicalize()?;
    println!("cargo:rerun-if-changed={}", locales.display());
    let mut list = String::from("&[\n");
    for language in sorted(&locales)? {
        let dir = locales.join(&language);
        if !dir.is_dir() {
            continue;
        }
        println!("cargo:rerun-if-changed={}", dir.display());
        let is_fluent = |file: &&String| Path::new(file).extension().is_some_and(|ending| ending == "ftl");
        for file in sorted(&dir)?.iter().filter(is_fluent) {
            let path = dir.join(file);
            let path = path.to_str().ok_or("the checkout's path is not UTF-8")?;
            writeln!(list, "    ({language:?}, {file:?}, include_str!({path:?})),")?;
        }
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("locales.rs"), list)?;
    Ok(())
}

fn sorted(dir: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names: Vec<String> = fs::read_dir(dir)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    names.sort();
    Ok(names)
}
