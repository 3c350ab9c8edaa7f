//! On what was measured: the machine, and the versions of what ran on it.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::usage;

/// The project's revision that is checked out; marked when something has been changed since.
pub fn revision() -> Result<String> {
    let told =
        said(Command::new("git").args(["describe", "--always", "--dirty=, changed since", "--exclude=*"]))?;
    ensure!(!told.is_empty(), "git does not tell the revision");
    Ok(told)
}

/// Rows of a table: what, and which. The revisions are those that were measured.
pub fn rows(peers: &Path, revisions: &BTreeSet<String>) -> Result<Vec<(String, String)>> {
    let rustc = said(Command::new("rustc").arg("--version"))?;
    let revisions: Vec<&str> = revisions.iter().map(String::as_str).collect();
    let revisions = revisions.join("; ");
    let mut rows = own_rows()?;
    rows.push(("relay".to_owned(), format!("revision {revisions}, {rustc}")));
    // What Colyseus asks to have beside it is no peer.
    let packages = packages(peers)?;
    rows.extend(
        packages
            .into_iter()
            .filter(|(name, _)| !["express", "zod"].contains(&name.as_str())),
    );
    Ok(rows)
}

/// The machine itself.
pub fn own_rows() -> Result<Vec<(String, String)>> {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown", |(_, model)| model.trim());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(vec![
        (
            "processor".to_owned(),
            format!("{model}, {} cores", usage::cores()?),
        ),
        ("kernel".to_owned(), format!("Linux {}", kernel.trim())),
    ])
}

/// Names and versions of the npm packages that a folder asks for.
pub fn packages(folder: &Path) -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(folder.join("package.json"))?;
    let package: Value = serde_json::from_str(&text)?;
    let packages = package
        .get("dependencies")
        .and_then(Value::as_object)
        .context("package.json has dependencies")?;
    let row = |(name, version): (&String, &Value)| {
        let name = if name.starts_with("node-") { "node" } else { name };
        (name.to_owned(), version.as_str().unwrap_or_default().to_owned())
    };
    Ok(packages.iter().map(row).collect())
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
