//! A browser may keep a file for a year only if its name changes with its content. Trunk names the shell's files so,
//! but a worker's files after their program; here they move into a directory that carries the hash instead, where
//! they go on finding each other by relative names.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::fingerprint;

/// Files of the engines, and of the worker that starts them, begin like this.
const PREFIX: &str = "engine_";

/// Moves the engines' files; the answer is where each build's module is, by the name of its graphics interface.
pub fn move_to_own_directory(stage: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let path = entry?.path();
        if path.is_file() && name_of(&path).starts_with(PREFIX) {
            files.push(path);
        }
    }
    ensure!(
        !files.is_empty(),
        "{} has no files beginning with {PREFIX}: did the engine's bins move?",
        stage.display()
    );
    files.sort();

    let directory = format!("engine-{}", fingerprint::of_files(stage, &files)?);
    fs::create_dir_all(stage.join(&directory))?;
    let mut modules = BTreeMap::new();
    for path in files {
        let name = name_of(&path);
        let moved = stage.join(&directory).join(&name);
        fs::rename(&path, &moved).with_context(|| format!("moving {name}"))?;
        if let Some(program) = name.strip_suffix(".js") {
            follow_snippets(&moved)?;
            if stage.join(&directory).join(format!("{program}_bg.wasm")).exists()
                || stage.join(format!("{program}_bg.wasm")).exists()
            {
                modules.insert(program[PREFIX.len()..].to_owned(), format!("/{directory}/{name}"));
            }
        }
    }
    Ok(modules)
}

/// JavaScript that crates bring along stays where Trunk put it, now one directory up.
fn follow_snippets(module: &Path) -> Result<()> {
    let text = fs::read_to_string(module).with_context(|| format!("reading {}", module.display()))?;
    if text.contains("'./snippets/") {
        fs::write(module, text.replace("'./snippets/", "'../snippets/"))?;
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
