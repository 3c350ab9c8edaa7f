//! Short names for what a module imports. wasm-bindgen names each import after its function and a hash, once in the module and
//! once in its bindings: a good twentieth of what a visitor would download.
//!
//! In: Trunk's staging directory. Out: the same modules and bindings with short names; those that the page names itself have
//! file names after their new content.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use wasm_encoder::{
    ImportSection, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Parser, Payload};

use crate::fingerprint;

/// How a module's name ends; its bindings have the same name without it.
const WASM: &str = "_bg.wasm";

/// Shortens the names of all modules that lie in the staging directory.
pub fn shorten(stage: &Path) -> Result<()> {
    let page_path = stage.join("index.html");
    let mut page = text(&page_path)?;
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let module = entry?.path();
        let name = module
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let Some(stem) = name.strip_suffix(WASM) else {
            continue;
        };
        let bindings = stage.join(format!("{stem}.js"));
        shorten_pair(&module, &bindings)?;
        if page.contains(stem) {
            let files = [bindings, module];
            let new = format!("{}-{}", base(stem), fingerprint::of_files(stage, &files)?);
            for (file, ending) in files.iter().zip([".js", WASM]) {
                rename(file, &stage.join(format!("{new}{ending}")))?;
            }
            page = page.replace(stem, &new);
        }
    }
    fs::write(&page_path, page).context("writing index.html")
}

fn shorten_pair(module: &Path, bindings: &Path) -> Result<()> {
    let wasm = fs::read(module).with_context(|| format!("reading {}", module.display()))?;
    let (wasm, names) = renamed(&wasm).with_context(|| format!("understanding {}", module.display()))?;
    fs::write(module, wasm).with_context(|| format!("writing {}", module.display()))?;
    fs::write(bindings, followed(&text(bindings)?, &names))
        .with_context(|| format!("writing {}", bindings.display()))
}

/// A module with short names for its imports, and which name each had.
fn renamed(wasm: &[u8]) -> Result<(Vec<u8>, BTreeMap<String, String>)> {
    let (mut module, mut names) = (Module::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            let mut section = ImportSection::new();
            for import in imports.into_imports() {
                let import = import?;
                let short = format!("i{}", names.len());
                section.import(import.module, &short, RoundtripReencoder.entity_type(import.ty)?);
                names.insert(import.name.to_owned(), short);
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let data = wasm.get(range).context("a section reaches beyond the end")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok((module.finish(), names))
}

/// A script with other names for some of its identifiers.
fn followed(script: &str, names: &BTreeMap<String, String>) -> String {
    let is_of_identifier = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let length = rest.find(|c| !is_of_identifier(c)).unwrap_or(rest.len());
        let (identifier, after) = rest.split_at(length);
        out.push_str(names.get(identifier).map_or(identifier, String::as_str));
        let gap = after.find(is_of_identifier).unwrap_or(after.len());
        let (between, next) = after.split_at(gap);
        out.push_str(between);
        rest = next;
    }
    out
}

/// A file's name without the hash that Trunk gave it.
fn base(stem: &str) -> &str {
    stem.rsplit_once('-').map_or(stem, |(base, _)| base)
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("renaming {}", from.display()))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, TypeSection};

    use super::*;

    /// A module that imports two functions.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in ["__wbg_now_00ff", "__wbg_log_11ee"] {
            imports.import("./shell_bg.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn imports_are_renamed_in_the_module_and_in_its_bindings_alike() {
        let (wasm, names) = renamed(&module()).unwrap();
        let found: Vec<String> = Parser::new(0)
            .parse_all(&wasm)
            .filter_map(|payload| match payload.unwrap() {
                Payload::ImportSection(imports) => Some(imports),
                _ => None,
            })
            .flat_map(|imports| {
                imports
                    .into_imports()
                    .map(|import| import.unwrap().name.to_owned())
            })
            .collect();
        assert_eq!(found, ["i0", "i1"]);
        let script = "{ __wbg_log_11ee: f, __wbg_now_00ff() {}, x__wbg_log_11ee: 1 } // é";
        assert_eq!(
            followed(script, &names),
            "{ i1: f, i0() {}, x__wbg_log_11ee: 1 } // é"
        );
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(renamed(b"not a module").is_err());
    }

    #[test]
    fn the_page_names_the_files_by_their_new_content() {
        let stage = std::env::temp_dir().join(format!("xtask-names-{}", std::process::id()));
        fs::create_dir_all(&stage).unwrap();
        fs::write(stage.join("shell-0abc_bg.wasm"), module()).unwrap();
        fs::write(stage.join("shell-0abc.js"), "__wbg_log_11ee").unwrap();
        fs::write(
            stage.join("index.html"),
            "import '/shell-0abc.js'; '/shell-0abc_bg.wasm'",
        )
        .unwrap();
        shorten(&stage).unwrap();
        let page = fs::read_to_string(stage.join("index.html")).unwrap();
        assert!(!page.contains("0abc"), "{page}");
        for name in page.split('\'').filter_map(|part| part.strip_prefix('/')) {
            assert!(stage.join(name).is_file(), "{name}");
        }
        fs::remove_dir_all(stage).unwrap();
    }
}
