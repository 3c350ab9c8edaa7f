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

/// The engines' modules and their bindings, as Trunk names them after their programs.
const MODULE: &str = "engine_";
/// How a module's name ends.
const WASM: &str = "_bg.wasm";
/// The script that a worker is started with, which loads one of them.
const WORKER: &str = "worker.js";

/// How the names of the made-up world's files begin.
const MOCK: &str = "mock";

/// Moves the engines' files; the answer is the worker script of each build, by the name of its graphics interface.
pub fn move_engines(stage: &Path) -> Result<BTreeMap<String, String>> {
    let (directory, names) = move_to_own_directory(stage, "engine", &[MODULE, WORKER])?;
    let builds = names
        .iter()
        .filter_map(|name| name.strip_prefix(MODULE)?.strip_suffix(WASM));
    let address = format!("/{directory}/{WORKER}");
    Ok(builds.map(|build| (build.to_owned(), address.clone())).collect())
}

/// Moves the made-up world's files; the answer is their directory.
pub fn move_mock(stage: &Path) -> Result<String> {
    let (directory, _) = move_to_own_directory(stage, MOCK, &[MOCK])?;
    Ok(format!("/{directory}"))
}

/// Moves the files whose names begin in one of some ways; the answer is the directory, and their names.
fn move_to_own_directory(stage: &Path, name: &str, prefixes: &[&str]) -> Result<(String, Vec<String>)> {
    let files = files(stage, prefixes)?;
    let directory = format!("{name}-{}", fingerprint::of_files(stage, &files)?);
    fs::create_dir_all(stage.join(&directory))?;
    let mut names = Vec::new();
    for path in files {
        let name = name_of(&path);
        let moved = stage.join(&directory).join(&name);
        fs::rename(&path, &moved).with_context(|| format!("moving {name}"))?;
        if moved.extension().is_some_and(|extension| extension == "js") {
            follow_snippets(&moved)?;
        }
        names.push(name);
    }
    Ok((directory, names))
}

fn files(stage: &Path, prefixes: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let path = entry?.path();
        if prefixes.iter().any(|prefix| name_of(&path).starts_with(prefix)) {
            files.push(path);
        }
    }
    for prefix in prefixes {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A staging directory as Trunk leaves it, gone when the test is.
    struct Stage(PathBuf);

    impl Stage {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let stage = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(&stage).unwrap();
            for (file, content) in files {
                fs::write(stage.join(file), content).unwrap();
            }
            Self(stage)
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const MODULE_TEXT: &str = "import { f } from './snippets/crate-0/inline0.js';";

    fn with_wasm(name: &str, wasm: &str) -> (Stage, String) {
        let files = [
            ("engine_webgl.js", MODULE_TEXT),
            ("engine_webgl_bg.wasm", wasm),
            ("worker.js", "import './engine_webgl.js';"),
            ("shell-0.js", "shell"),
        ];
        let stage = Stage::new(name, &files);
        let worker = move_engines(&stage.0).unwrap().remove("webgl").unwrap();
        (stage, worker)
    }

    #[test]
    fn an_engine_whose_content_changes_is_served_under_another_name() {
        let (_one, first) = with_wasm("first", "1");
        let (_same, same) = with_wasm("same", "1");
        let (_other, other) = with_wasm("other", "2");
        assert_eq!(first, same);
        assert_ne!(first, other);
    }

    #[test]
    fn an_engine_finds_its_files_from_where_it_was_moved() {
        let (stage, worker) = with_wasm("moved", "1");
        let directory = stage
            .0
            .join(worker.trim_start_matches('/'))
            .parent()
            .unwrap()
            .to_path_buf();
        assert!(directory.join("engine_webgl_bg.wasm").is_file());
        assert!(
            fs::read_to_string(directory.join("engine_webgl.js"))
                .unwrap()
                .contains("'../snippets/crate-0/")
        );
        assert!(
            stage.0.join("shell-0.js").is_file(),
            "the shell stays where the page looks for it"
        );
    }

    #[test]
    fn a_bundle_without_engines_is_refused() {
        let stage = Stage::new("none", &[("shell-0.js", "shell")]);
        let error = move_engines(&stage.0).unwrap_err().to_string();
        assert!(error.contains("engine_"), "{error}");
    }
}
