//! What a person is told where nothing can be installed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{
    fs,
    process::{Command, Output},
};

fn setup_with_cache_in(home: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("setup")
        .env("XDG_CACHE_HOME", home)
        .output()
        .unwrap()
}

#[test]
fn a_cache_that_cannot_be_written_is_named_with_the_way_to_choose_another() {
    // A file where a directory is wanted: administrators may write into any directory.
    let home = std::env::temp_dir().join(format!("xtask-no-cache-{}", std::process::id()));
    fs::write(&home, "").unwrap();
    let output = setup_with_cache_in(&home);
    fs::remove_file(&home).unwrap();

    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let cache = home.join("metaverse-seoul");
    assert!(
        said.contains(&format!(
            "the cache directory {} cannot be written",
            cache.display()
        )),
        "{said}"
    );
    assert!(said.contains("XDG_CACHE_HOME=/tmp/cache cargo xtask"), "{said}");
    assert!(output.stdout.is_empty(), "nothing was begun");
}
