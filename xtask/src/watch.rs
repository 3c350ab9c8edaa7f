//! `cargo xtask run --dev`: looks at the sources again and again; rebuilds what changed and starts the relay anew on
//! it. Pages notice by themselves (the hook puts a few lines into a dev bundle that ask for `bundle.json`), and
//! visitors' sessions outlive the restart.

use std::{
    process::{Child, ExitCode},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    bundle::Flavour,
    fingerprint, page,
    project::Project,
    serve::{self, RunOptions},
    setup::Toolbox,
};

/// Reading a few hundred small files takes milliseconds; more often would only be felt by a laptop's fan.
const LOOK_EVERY: Duration = Duration::from_millis(700);

/// What the relay is made from and what it reads at its start. The bundle it reads anew at each request.
const RELAY_SOURCES: &[&str] = &["relay", "shared", "assets/cities", "assets/locales", "Cargo.lock"];

/// Serves and rebuilds until it is interrupted.
pub fn run(project: &Project, tools: &Toolbox, options: &RunOptions) -> Result<ExitCode> {
    let mut relay: Option<Child> = None;
    let mut built_page = String::new();
    let mut built_relay = String::new();
    loop {
        let page = fingerprint::of_sources(&project.root)?;
        if page != built_page {
            built_page = page;
            say_on_failure(page::build(project, tools, Flavour::Dev));
        }
        let sources =
            fingerprint::of_files(&project.root, &fingerprint::files(&project.root, RELAY_SOURCES)?)?;
        if sources != built_relay {
            built_relay = sources;
            if let Some(program) = say_on_failure(serve::build_relay(project, Flavour::Dev)) {
                let first = relay.is_none();
                if let Some(old) = relay.take() {
                    stop(old)?;
                }
                let mut serve = serve::serve_command(project, &program, options);
                relay = Some(serve.arg("--dev").spawn().context("starting the relay")?);
                if first {
                    serve::announce(options.port, options.open);
                }
            }
        }
        if let Some(ended) = relay.as_mut().and_then(|child| child.try_wait().transpose()) {
            bail!("the relay ended by itself with {}", ended?);
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// In dev mode a failed build is news, not the end: the last good one goes on being served.
fn say_on_failure<T>(result: Result<T>) -> Option<T> {
    result
        .map_err(|error| eprintln!("\nerror: {error:#}\nwaiting for the next change\n"))
        .ok()
}

/// Asks the relay to say good-bye to its clients, and waits until it has.
fn stop(mut relay: Child) -> Result<()> {
    let asked = std::process::Command::new("kill")
        .arg(relay.id().to_string())
        .status();
    if !asked.is_ok_and(|status| status.success()) {
        relay.kill().context("ending the relay")?;
    }
    relay.wait().map(drop).context("waiting for the relay to end")
}
