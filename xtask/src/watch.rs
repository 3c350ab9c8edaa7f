//! `cargo xtask run --dev`: looks at the sources again and again; rebuilds what changed and starts the relay anew on
//! it. Pages notice by themselves (the hook puts a few lines into a dev bundle that ask what is served), and visitors'
//! sessions outlive the restart. Whatever is wrong is said, and tried again after the next change.

use std::{
    process::{Child, Command, ExitCode, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    bundle::Flavour,
    command, fingerprint, page,
    project::Project,
    serve::{self, RunOptions},
    setup::Toolbox,
};

/// Reading a few hundred small files takes milliseconds; more often would only be felt by a laptop's fan.
const LOOK_EVERY: Duration = Duration::from_millis(700);

/// What the relay is made from and what it reads at its start. The bundle it reads anew at each request.
const RELAY_SOURCES: &[&str] = &["relay", "shared", "assets", "Cargo.lock"];

/// Serves and rebuilds until it is interrupted.
pub fn run(project: &Project, tools: &Toolbox, options: &RunOptions) -> Result<ExitCode> {
    let mut served = Served::default();
    let mut built_page = String::new();
    let mut built_relay = String::new();
    loop {
        let page = fingerprint::of_sources(&project.root)?;
        let page_changed = page != built_page;
        if page_changed {
            built_page = page;
            say_on_failure(page::build(project, tools, Flavour::Dev));
        }
        let sources =
            fingerprint::of_files(&project.root, &fingerprint::files(&project.root, RELAY_SOURCES)?)?;
        // Without a relay, whatever changed may have been what it lacked.
        if sources != built_relay || (page_changed && served.relay.is_none()) {
            built_relay = sources;
            say_on_failure(served.renew(project, options));
        }
        say_on_failure(served.look(options));
        thread::sleep(LOOK_EVERY);
    }
}

/// The relay that is there now, if there is one.
#[derive(Default)]
struct Served {
    relay: Option<Child>,
    /// Whether this relay was announced.
    is_announced: bool,
    /// Whether the page was opened in a browser: once is enough.
    is_opened: bool,
}

impl Served {
    /// Builds the relay and starts it in place of the old one, which goes on until all is known to be sound.
    fn renew(&mut self, project: &Project, options: &RunOptions) -> Result<()> {
        if !project.dist().join("index.html").is_file() {
            // What kept the bundle from being built has been said.
            return Ok(());
        }
        let program = serve::build_relay(project, Flavour::Dev)?;
        let mut check = Command::new(&program);
        check
            .args(["city", "check"])
            .arg(&options.city)
            .current_dir(&project.root);
        command::run(check.stdout(Stdio::null())).context("checking the city pack")?;
        if let Some(old) = self.relay.take() {
            stop(old)?;
        }
        let mut serve = serve::serve_command(project, &program, options);
        self.is_announced = false;
        self.relay = Some(serve.arg("--dev").spawn().context("starting the relay")?);
        Ok(())
    }

    /// Announces the relay as soon as it listens; an error if it has ended by itself.
    fn look(&mut self, options: &RunOptions) -> Result<()> {
        let Some(relay) = &mut self.relay else {
            return Ok(());
        };
        if let Some(status) = relay.try_wait().context("looking after the relay")? {
            self.relay = None;
            bail!("the relay ended by itself with {status}");
        }
        if !self.is_announced && serve::is_answering(options.port) {
            serve::announce(options.port, options.open && !self.is_opened);
            self.is_announced = true;
            self.is_opened = true;
        }
        Ok(())
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
    let asked = Command::new("kill").arg(relay.id().to_string()).status();
    if !asked.is_ok_and(|status| status.success()) {
        relay.kill().context("ending the relay")?;
    }
    relay.wait().map(drop).context("waiting for the relay to end")
}
