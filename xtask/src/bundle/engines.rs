//! A browser may keep a file for a year only if its name changes with its content. Trunk names the shell's files so,
//! but a worker's files after their program; here they move into a directory that carries the hash instead, where
//! they go on finding each other by relative names.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::fingerprint;

/// The modules and their bindings, as Trunk names them after their programs.
const MODULE: &str = "engine_";
/// The scripts that a worker is started with, which load a module each.
const WORKER: &str = "worker_";

/// Moves the engines' files; the answer is the worker script of each build, by the name of its graphics interface.
pub fn move_to_own_directory(stage: &Path) -> Result<BTreeMap<String, String>> {
    let files = files(stage)?;
    let directory = format!("engine-{}", fingerprint::of_files(stage, &files)?);
    fs::create_dir_all(stage.join(&directory))?;
    let mut workers = BTreeMap::new();
    for path in files {
        let name = name_of(&path);
        let moved = stage.join(&directory).join(&name);
        fs::rename(&path, &moved).with_context(|| format!("moving {name}"))?;
        if moved.extension().is_some_and(|extension| extension == "js") {
            follow_snippets(&moved)?;
        }
        if let Some(build) = name
            .strip_prefix(WORKER)
            .and_then(|rest| rest.strip_suffix(".js"))
        {
            workers.insert(build.to_owned(), format!("/{directory}/{name}"));
        }
    }
    Ok(workers)
}

fn files(stage: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let path = entry?.path();
        if [MODULE, WORKER]
            .iter()
            .any(|prefix| name_of(&path).starts_with(prefix))
        {
            files.push(path);
        }
    }
    for prefix in [MODULE, WORKER] {
        ensure!(
            files.iter().any(|path| name_of(path).starts_with(prefix)),
            "{} has no files beginning with {prefix}: index.html should ask Trunk for them",
            stage.display()
        );
    }
    files.sort();
    Ok(files)
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
