//! What `run` and `test` need on the machine, each part looked for first and installed only when missing.
//!
//! Nothing here goes into the checkout or into the user's own tool directories, apart from Debian packages, which
//! are asked of apt, and from rustup's wasm target. Parts only tests need are left alone by `run`.

mod apt;
mod cargo_tools;
mod node;
mod python;
mod wasm_target;

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result};

use crate::{command, project::Project};

pub use wasm_target::{TARGET, shrink};

/// What the machine is prepared for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building and serving.
    Run,
    /// All of that, and browsers, a Redis and fonts.
    Test,
}

/// The browser that is driven: CHROMIUM's, or the first that is found; none is an empty path.
pub fn chromium() -> PathBuf {
    let found = || apt::CHROMIUMS.iter().find_map(|program| command::find(program));
    env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(found)
        .unwrap_or_default()
}

/// One thing that may have to be installed.
trait Part {
    /// Its name and version, as progress lines show them.
    fn name(&self) -> String;
    /// Whether it is there already. Fast: asked at every start.
    fn is_here(&self) -> bool;
    /// What is about to be done and how long it takes on two cores.
    fn plan(&self) -> String;
    /// Puts it there.
    fn install(&self) -> Result<()>;
}

/// The environment in which wasm is built: which toolchain, and where the tools are.
pub struct Toolbox {
    path: OsString,
    wasm: wasm_target::Toolchain,
    conformance: PathBuf,
}

impl Toolbox {
    /// A command that finds trunk, wasm-bindgen, wasm-opt and a cargo that can build for wasm32.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        // What the `cargo xtask` that started us left for its own use would steer the inner cargo wrongly.
        command
            .env_remove("CARGO")
            .env_remove("LD_LIBRARY_PATH")
            .env("PATH", &self.path);
        self.wasm.apply(&mut command);
        command
    }

    /// Where all the tools are found.
    pub fn path(&self) -> &OsStr {
        &self.path
    }

    /// Where Python finds the conformance suite for `WebSocket` servers.
    pub fn conformance(&self) -> &Path {
        &self.conformance
    }

    /// Whether the toolchain that builds for wasm32 brings its lints along.
    pub fn has_clippy_for_wasm(&self) -> bool {
        matches!(self.wasm, wasm_target::Toolchain::Rustup)
    }
}

/// Installs what is missing and says so; afterwards everything `purpose` needs is there.
pub fn prepare(project: &Project, purpose: Purpose) -> Result<Toolbox> {
    project.prepare_cache()?;
    let wasm_bindgen = project.locked_version("wasm-bindgen")?;
    let tools = project.tools();
    let trunk = cargo_tools::CargoTool::trunk(&tools);
    let bindgen = cargo_tools::CargoTool::wasm_bindgen(&tools, &wasm_bindgen);
    let binaryen = node::NpmProgram::binaryen(&tools);
    let esbuild = node::NpmProgram::esbuild(&tools);
    let mut directories = vec![trunk.bin(), bindgen.bin(), binaryen.bin(), esbuild.bin()];

    let target = wasm_target::WasmTarget::new()?;
    let mut parts: Vec<&dyn Part> = Vec::new();
    let apt = apt::Packages::new(purpose);
    let node = node::Node::new(&tools, purpose);
    let browser_tests = node::Packages::of_browser_tests(&project.root);
    let kosoku = python::Kosoku::new(&tools);
    parts.extend([
        &apt as &dyn Part,
        &node,
        &target,
        &trunk,
        &bindgen,
        &binaryen,
        &esbuild,
    ]);
    if purpose == Purpose::Test {
        parts.extend([&browser_tests as &dyn Part, &kosoku]);
    }
    install_missing(&parts)?;

    directories.extend(node.bin());
    let wasm = target.toolchain()?;
    directories.extend(wasm.bin());
    Ok(Toolbox {
        path: ahead_of_path(directories)?,
        wasm,
        conformance: kosoku.directory().to_owned(),
    })
}

/// Installs what `cargo xtask bench` needs beside a Rust toolchain; the answer is where the servers' programs are found.
pub fn prepare_bench(project: &Project) -> Result<OsString> {
    project.prepare_cache()?;
    let apt = apt::Packages::new(Purpose::Run);
    let node = node::Node::new(&project.tools(), Purpose::Run);
    let peers = node::Packages::of_bench(&project.root);
    install_missing(&[&apt, &node, &peers])?;
    ahead_of_path(node.bin().into_iter().collect())
}

/// Installs what `cargo xtask bench --engine` needs: all that builds the bundle, a browser, and three.js.
pub fn prepare_engine_bench(project: &Project) -> Result<Toolbox> {
    let tools = prepare(project, Purpose::Test)?;
    install_missing(&[&node::Packages::of_engine_bench(&project.root)])?;
    Ok(tools)
}

/// The same for what measures the page.
pub fn prepare_page_bench(project: &Project) -> Result<Toolbox> {
    let tools = prepare(project, Purpose::Test)?;
    install_missing(&[&node::Packages::of_page_bench(&project.root)])?;
    Ok(tools)
}

/// PATH, with directories that are looked into first.
fn ahead_of_path(mut directories: Vec<PathBuf>) -> Result<OsString> {
    directories.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(directories).context("a directory on PATH has a colon in its name")
}

fn install_missing(parts: &[&dyn Part]) -> Result<()> {
    let count = parts.len();
    for (index, part) in parts.iter().enumerate() {
        let place = format!("[{}/{count}] {}", index + 1, part.name());
        if part.is_here() {
            println!("{place}: here");
            continue;
        }
        println!("{place}: {}", part.plan());
        let started = Instant::now();
        part.install()
            .with_context(|| format!("installing {}", part.name()))?;
        println!("{place}: installed in {} s", started.elapsed().as_secs());
    }
    Ok(())
}
