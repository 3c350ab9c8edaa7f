//! `cargo xtask test`: every suite there is, one after the other, and one closing line that adds them up.
//!
//! A suite that cannot even start counts as one failure; the others still run.

mod lint;
mod suite;
mod tally;

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use clap::Args;

use crate::{
    bundle::{Flavour, budget},
    fuzz, page,
    project::Project,
    serve,
    setup::{self, Purpose, Toolbox},
};
use suite::Suite;
use tally::Tally;

/// Options of `cargo xtask test`.
#[derive(Args)]
pub struct TestOptions {
    /// Also what takes longer than continuous integration allows
    #[arg(long)]
    full: bool,
    /// First check format and lints, as continuous integration does
    #[arg(long)]
    lint: bool,
}

/// Runs everything; the exit code says whether all passed.
pub fn run(project: &Project, options: &TestOptions) -> ExitCode {
    section("setup");
    let total = match setup::prepare(project, Purpose::Test) {
        Ok(tools) => everything(project, options, &tools),
        Err(error) => check("everything needed is installed", Err(&error)),
    };
    section("result");
    println!("{total}");
    if total.is_success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn everything(project: &Project, options: &TestOptions, tools: &Toolbox) -> Tally {
    let mut total = Tally::default();
    if options.lint {
        section("format and lints");
        total.add(lint::run(project, tools));
    }

    section("bundle and relay");
    let bundle = page::build(project, tools, Flavour::Release);
    total.add(check("the release bundle builds", bundle.as_ref().map(drop)));
    let relay = serve::build_relay(project, Flavour::Release);
    total.add(check("the relay builds", relay.as_ref().map(drop)));

    section("bundle budgets");
    total.add(weigh(project));

    section("fuzzing, some seconds for each target");
    total.add(fuzz_shortly(project));

    let relay = relay.unwrap_or_else(|_| project.target.join("release/relay"));
    for suite in suites(project, options, tools, &relay) {
        section(&suite.title);
        total.add(suite.run());
    }
    total
}

fn suites(project: &Project, options: &TestOptions, tools: &Toolbox, relay: &Path) -> Vec<Suite> {
    let cargo_test = |title: &str, packages: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(["test", "--no-fail-fast"]).args(packages);
        if options.full {
            cargo.args(["--", "--include-ignored"]);
        }
        Suite::new(title, &cargo, options.full)
    };
    let mut npm = Command::new("npm");
    npm.args(["--silent", "--prefix", "tests/browser", "test"]);
    let mut suites = vec![
        cargo_test(
            "unit, property and relay tests",
            &["--workspace", "--exclude=cluster", "--exclude=engine"],
        ),
        cargo_test("engine and pictures", &["--package=engine", "--features=native"]),
        cargo_test("cluster: several relays, a real Redis", &["--package=cluster"]),
    ];
    let mut browsers = Suite::new("browsers", &npm, options.full);
    browsers.command.env("PATH", tools.path());
    suites.push(browsers);
    let browser = setup::chromium();
    for suite in &mut suites {
        suite
            .command
            .current_dir(&project.root)
            .env("RELAY_BIN", relay)
            .env("DIST", project.dist())
            .env("CITY", project.city())
            .env("CHROMIUM", &browser)
            .env("KOSOKU", tools.conformance());
        if options.full {
            suite.command.env("FULL", "1");
        }
    }
    suites
}

fn fuzz_shortly(project: &Project) -> Tally {
    let programs = match fuzz::build(project) {
        Ok(programs) => programs,
        Err(error) => return check("the fuzz targets build", Err(&error)),
    };
    let mut tally = Tally::default();
    for target in fuzz::TARGETS {
        let outcome = fuzz::run_one(project, &programs, target, fuzz::brief(target));
        tally.add(check(
            &format!("nothing ends {target}"),
            outcome.as_ref().map(drop),
        ));
    }
    tally
}

fn weigh(project: &Project) -> Tally {
    let locales = project.root.join("assets/locales");
    match budget::weigh(&project.dist(), &locales, &project.city()) {
        Ok(budgets) => {
            budget::print_table(&budgets);
            let kept = budgets.iter().filter(|budget| budget.is_kept()).count() as u64;
            Tally {
                passed: kept,
                failed: budgets.len() as u64 - kept,
            }
        }
        Err(error) => check("the bundle can be weighed", Err(&error)),
    }
}

/// One promise that is no suite of its own.
fn check(promise: &str, outcome: Result<(), &anyhow::Error>) -> Tally {
    match outcome {
        Ok(()) => {
            println!("ok: {promise}");
            Tally { passed: 1, failed: 0 }
        }
        Err(error) => {
            println!("FAILED: {promise}: {error:#}");
            Tally { passed: 0, failed: 1 }
        }
    }
}

fn section(title: &str) {
    println!("\n== {title} ==");
}
