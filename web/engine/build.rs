//! Leaves out of the shaders what only people read: comments, indentation and most spaces are a third of what would be
//! downloaded.

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
            .map(|line| tight(line.split("//").next().unwrap_or_default().trim()));
        let lines: Vec<String> = code.filter(|line| !line.is_empty()).collect();
        fs::write(Path::new(&out).join(name), lines.join("\n") + "\n")?;
    }
    Ok(())
}

/// Without the spaces beside what ends a word anyway.
fn tight(line: &str) -> String {
    let ends = |c: Option<char>| c.is_none_or(|c| "=,;{}():*+/".contains(c));
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        if c != ' ' || !ends(out.chars().next_back()) && !ends(rest.peek().copied()) {
            out.push(c);
        }
    }
    out
}
