//! Leaves out of the shaders what only people read: comments and indentation are a quarter of what would be downloaded.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let sources = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src/shaders");
    println!("cargo:rerun-if-changed={}", sources.display());
    for entry in fs::read_dir(sources)? {
        let path = entry?.path();
        println!("cargo:rerun-if-changed={}", path.display());
        let Some(name) = path.file_name() else { continue };
        let source = fs::read_to_string(&path)?;
        // There are no texts in shaders: two strokes always begin a comment.
        let code = source
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default().trim());
        let lines: Vec<&str> = code.filter(|line| !line.is_empty()).collect();
        fs::write(Path::new(&out).join(name), lines.join("\n") + "\n")?;
    }
    Ok(())
}
