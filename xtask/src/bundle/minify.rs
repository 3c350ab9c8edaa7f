//! Scripts and style sheets without what only people read: a quarter less to download of them.
//!
//! In: Trunk's staging directory. Out: the same files, smaller, under the same names.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::command;

/// Minifies all scripts and style sheets that lie in the staging directory.
pub fn files(stage: &Path) -> Result<()> {
    for entry in fs::read_dir(stage).with_context(|| format!("reading {}", stage.display()))? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "js" || extension == "css")
        {
            file(&path)?;
        }
    }
    Ok(())
}

/// Minifies the style that is written into the page itself.
pub fn inline_style(stage: &Path) -> Result<()> {
    let page = stage.join("index.html");
    let sheet = stage.join("inline.css");
    let html = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    let style = html.split_once("<style").and_then(|(before, rest)| {
        let (tag, rest) = rest.split_once('>')?;
        let (style, after) = rest.split_once("</style>")?;
        Some((before, tag, style, after))
    });
    let (before, tag, style, after) = style.context("index.html has no style of its own")?;
    fs::write(&sheet, style).context("writing inline.css")?;
    file(&sheet)?;
    let style = fs::read_to_string(&sheet).context("reading inline.css")?;
    fs::remove_file(&sheet).context("removing inline.css")?;
    fs::write(
        &page,
        format!("{before}<style{tag}>{}</style>{after}", style.trim_end()),
    )
    .context("writing index.html")
}

/// Minifies a file where it lies.
fn file(path: &Path) -> Result<()> {
    let mut esbuild = Command::new("esbuild");
    esbuild
        .arg(path)
        .args([
            "--minify",
            "--charset=utf8",
            "--log-level=warning",
            "--allow-overwrite",
        ])
        .arg(format!("--outfile={}", path.display()));
    command::run_quietly(&mut esbuild).with_context(|| format!("minifying {}", path.display()))?;
    Ok(())
}
