//! Packages of Debian and Ubuntu: asked of apt where that is allowed, otherwise asked of the person.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::{Part, Purpose};
use crate::command;

/// One package, and how to tell that something else already does its job.
struct Need {
    package: &'static str,
    /// Programs, any of which on PATH makes the package unnecessary.
    programs: &'static [&'static str],
    /// Without it some tests are skipped, and say so: not every distribution has it.
    optional: bool,
}

const fn program(package: &'static str, programs: &'static [&'static str]) -> Need {
    Need {
        package,
        programs,
        optional: false,
    }
}

const fn data(package: &'static str) -> Need {
    Need {
        package,
        programs: &[],
        optional: false,
    }
}

const fn optional(package: &'static str, programs: &'static [&'static str]) -> Need {
    Need {
        package,
        programs,
        optional: true,
    }
}

/// A C compiler for crates with C in them; node for wasm-opt.
const FOR_RUN: &[Need] = &[
    program("build-essential", &["cc"]),
    program("nodejs", &["node"]),
    program("npm", &["npm"]),
];

/// Browsers that the tests take for Chromium, the first one found: Ubuntu's apt has it as a snap only.
pub const CHROMIUMS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

const FOR_TESTS: &[Need] = &[
    program("chromium", CHROMIUMS),
    program("redis-server", &["redis-server"]),
    program("python3-pip", &["pip3"]),
    data("fonts-noto-cjk"),
    data("mesa-vulkan-drivers"),
    // For the test that sets a relay's clock.
    optional("faketime", &["faketime"]),
    optional("firefox-esr", &["firefox-esr"]),
    optional("webkit2gtk-driver", &["WebKitWebDriver"]),
    // WebKit needs a screen, though only in memory.
    optional("xvfb", &["Xvfb"]),
];

/// The packages one purpose needs.
pub struct Packages {
    needs: Vec<&'static Need>,
}

impl Packages {
    /// Those of `purpose`.
    pub fn new(purpose: Purpose) -> Self {
        let tests: &[Need] = if purpose == Purpose::Test { FOR_TESTS } else { &[] };
        Self {
            needs: FOR_RUN.iter().chain(tests).collect(),
        }
    }

    fn missing(&self) -> Vec<&'static str> {
        self.needs
            .iter()
            .filter(|need| !is_met(need))
            .map(|need| need.package)
            .collect()
    }
}

impl Part for Packages {
    fn name(&self) -> String {
        "system packages".to_owned()
    }

    fn is_here(&self) -> bool {
        self.missing().is_empty()
    }

    fn plan(&self) -> String {
        format!("apt-get install {}, 1 to 3 minutes", self.missing().join(" "))
    }

    fn install(&self) -> Result<()> {
        let missing = self.missing();
        // A fresh machine may have no package lists yet: then apt knows of no package, optional ones included.
        if !missing.iter().all(|package| is_offered(package)) {
            update(&missing)?;
        }
        for need in self.needs.iter().filter(|need| !is_met(need)) {
            ensure!(is_offered(need.package), "{}", not_offered(need));
        }
        install(&self.missing())
    }
}

/// What to do where apt does not have a package.
fn not_offered(need: &Need) -> String {
    format!(
        "apt has no {} here: install it in another way, so that one of these is found on PATH: {}",
        need.package,
        need.programs.join(", ")
    )
}

/// Installs packages by name, with what rights there are.
pub fn install(packages: &[&str]) -> Result<()> {
    let install = || {
        let mut install = apt(packages)?;
        install
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages);
        anyhow::Ok(install)
    };
    // The package lists may well be fresh enough: try before fetching them.
    if command::succeeds(&mut install()?) {
        return Ok(());
    }
    update(packages)?;
    command::run_quietly(&mut install()?).map(drop)
}

/// Fetches the package lists, so that `packages` can be installed.
fn update(packages: &[&str]) -> Result<()> {
    command::run_quietly(apt(packages)?.arg("update"))
        .map(drop)
        .context("fetching the package lists")
}

/// The command apt-get, for installing `packages` in the end; an error tells what a person must do where it may not run.
fn apt(packages: &[&str]) -> Result<Command> {
    if command::find("apt-get").is_none() {
        bail!(
            "there is no apt-get here; install these by hand: {}",
            packages.join(" ")
        );
    }
    let Some(root) = rights() else {
        bail!("{}", for_an_administrator(packages));
    };
    let mut words = root
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
    let mut apt = Command::new(words.next().unwrap_or("env"));
    apt.args(words);
    Ok(apt)
}

/// What to do where packages may not be installed without asking: one line to copy.
fn for_an_administrator(packages: &[&str]) -> String {
    format!(
        "this needs an administrator. Run this once, then the same command again:\n  \
         sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {}'",
        packages.join(" ")
    )
}

/// The words that give a command administrator's rights, if it can be done without asking anyone.
fn rights() -> Option<&'static [&'static str]> {
    let user = command::run_quietly(Command::new("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&[]);
    }
    command::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn is_met(need: &Need) -> bool {
    need.programs
        .iter()
        .any(|program| command::find(program).is_some())
        || is_installed(need.package)
        || (need.optional && !is_offered(need.package))
}

fn is_installed(package: &str) -> bool {
    command::run_quietly(Command::new("dpkg-query").args(["-W", "-f", "${db:Status-Abbrev}", package]))
        .is_ok_and(|status| status.starts_with("ii"))
}

/// Whether apt knows a version of the package that could be installed.
fn is_offered(package: &str) -> bool {
    command::run_quietly(Command::new("apt-cache").args(["policy", package])).is_ok_and(|policy| {
        policy
            .lines()
            .any(|line| line.contains("Candidate:") && !line.contains("(none)"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_install_is_given_one_command_that_does_it_all() {
        let said = for_an_administrator(&["nodejs", "npm"]);
        let commands: Vec<&str> = said.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(
            commands,
            ["  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends nodejs npm'"]
        );
        assert!(said.contains("administrator"), "{said}");
    }

    #[test]
    fn what_apt_does_not_have_is_told_with_the_programs_that_will_do() {
        let said = not_offered(&program("chromium", CHROMIUMS));
        assert!(
            said.contains("no chromium here") && said.contains("google-chrome"),
            "{said}"
        );
    }

    #[test]
    fn every_package_that_is_asked_of_a_person_has_a_name_that_a_shell_leaves_alone() {
        for need in FOR_RUN.iter().chain(FOR_TESTS) {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte);
            assert!(need.package.bytes().all(plain), "{}", need.package);
        }
    }
}
