//! Format and lints, for the machine that builds natively and for the browser that it builds for.

use std::process::Command;

use super::{check, tally::Tally};
use crate::{command, project::Project, setup::Toolbox};

/// The browser's crates, each with the features it is built with.
const WASM_BUILDS: &[(&str, &str)] = &[
    ("shell", ""),
    ("engine", "webgpu"),
    ("engine", "webgl"),
    ("mock", ""),
];

/// Checks all of it; every command counts as one promise.
pub fn run(project: &Project, tools: &Toolbox) -> Tally {
    let mut tally = Tally::default();
    let mut promise = |name: &str, command: &mut Command| {
        command.current_dir(&project.root);
        tally.add(check(name, command::run(command).as_ref().map(drop)));
    };

    promise(
        "rustfmt has nothing to change",
        Command::new("cargo").args(["fmt", "--all", "--check"]),
    );
    promise(
        "rustfmt has nothing to change in fuzz",
        Command::new("cargo").args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]),
    );
    let mut native = Command::new("cargo");
    native.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features=engine/native",
        "--",
        "-Dwarnings",
    ]);
    promise("clippy has nothing to say, natively", &mut native);

    if !tools.has_clippy_for_wasm() {
        println!("skipped: clippy for wasm32, which Debian's toolchain does not have");
        return tally;
    }
    for (package, features) in WASM_BUILDS {
        let mut clippy = Command::new("cargo");
        clippy.args(["clippy", "--target=wasm32-unknown-unknown", "--package", package]);
        if !features.is_empty() {
            clippy.args(["--no-default-features", "--features", features]);
        }
        clippy.args(["--", "-Dwarnings"]);
        promise(
            &format!("clippy has nothing to say, {package} {features} for wasm32"),
            &mut clippy,
        );
    }
    tally
}
