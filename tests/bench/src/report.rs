//! The page of figures: `benchmarks.md` with a table for each crowd, a plot for each figure, the ratios against the goals,
//! and every point at which somebody else does better.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    contender::Contender,
    figures::{Figure, Figures},
    machine,
    plot::{self, Bar},
    results,
    scene::Scene,
};

/// A goal: our figure over a peer's.
struct Goal {
    figure: Figure,
    peer: Contender,
    at_most: f64,
    /// Whether it is meant for crowds in which everyone sees everyone, too.
    everywhere: bool,
}

const GOALS: [Goal; 4] = [
    Goal {
        figure: Figure::Cpu,
        peer: Contender::Bun,
        at_most: 0.7,
        everywhere: true,
    },
    Goal {
        figure: Figure::Cpu,
        peer: Contender::ColyseusView,
        at_most: 0.3,
        everywhere: false,
    },
    Goal {
        figure: Figure::Bytes,
        peer: Contender::ColyseusBroadcast,
        at_most: 0.3,
        everywhere: true,
    },
    Goal {
        figure: Figure::Age,
        peer: Contender::Control,
        at_most: 1.05,
        everywhere: true,
    },
];

/// Most bytes that an idle connection may take.
const IDLE_AT_MOST: f64 = 11_000.0;

/// Rounds below which a page is a draft.
const ROUNDS_AT_LEAST: usize = 5;

/// Writes page and plots.
pub fn write(peers: &Path, results: &Path, docs: &Path) -> Result<()> {
    let figures = Figures::new(results::read(results)?);
    let plots = docs.join("benchmarks");
    fs::create_dir_all(&plots)?;
    for figure in Figure::ALL {
        let path = plots.join(format!("{}.svg", figure.file()));
        fs::write(&path, plot_of(&figures, figure)).with_context(|| path.display().to_string())?;
    }
    fs::write(plots.join("idle.svg"), plot_of_idle(&figures))?;
    let page = page(&figures, &machine::rows(peers, &figures.revisions())?)?;
    let path = docs.join("benchmarks.md");
    fs::write(&path, page).with_context(|| path.display().to_string())?;
    println!("wrote {}", path.display());
    Ok(())
}

fn page(figures: &Figures, machine: &[(String, String)]) -> Result<String> {
    let mut out = String::from(
        "# Benchmarks\n\n\
         The relay beside its peers, measured by `cargo xtask bench` in one run, turn about: same seeded walking trace, same\n\
         precision (1 cm, 1.4 degrees, 15 Hz), each peer in its best setting. This page is written by that command; how it\n\
         measures is told in [tests/bench](../tests/bench/README.md).\n\n",
    );
    let rounds = figures.fewest_rounds();
    if rounds < ROUNDS_AT_LEAST {
        writeln!(
            out,
            "**A draft: medians of at least {rounds} rounds, where {ROUNDS_AT_LEAST} are asked for.**\n"
        )?;
    } else {
        writeln!(out, "Figures are medians of at least {rounds} rounds.\n")?;
    }
    if figures.void > 0 {
        writeln!(
            out,
            "{} further rounds were void (generator, host or other programs in the way) and are not in here.\n",
            figures.void
        )?;
    }
    out.push_str("| | |\n|---|---|\n");
    for (what, which) in machine {
        writeln!(out, "| {what} | {which} |")?;
    }
    goals(&mut out, figures)?;
    losses(&mut out, figures)?;
    out.push_str("\n## Crowds\n");
    for figure in Figure::ALL {
        writeln!(out, "\n![{}](benchmarks/{}.svg)", figure.title(), figure.file())?;
    }
    for scene in figures.scenes() {
        table(&mut out, figures, scene)?;
    }
    idle(&mut out, figures)?;
    Ok(out)
}

fn goals(out: &mut String, figures: &Figures) -> Result<()> {
    let scenes = figures.scenes();
    out.push_str("\n## Against the goals\n\nOur figure over the peer's, median of all turns.\n\n| |");
    for scene in &scenes {
        write!(out, " {} |", scene.title())?;
    }
    out.push_str(" goal |\n|---|");
    out.push_str(&"---|".repeat(scenes.len() + 1));
    out.push('\n');
    for goal in GOALS {
        write!(out, "| {}: over {} |", goal.figure.title(), goal.peer.title())?;
        for scene in &scenes {
            match figures.ratio(*scene, Contender::Relay, goal.peer, goal.figure) {
                Some(ratio) if goal.everywhere || !scene.is_everyone() => {
                    let missed = if ratio > goal.at_most { " missed" } else { "" };
                    write!(out, " {ratio:.2}{missed} |")?;
                }
                _ => out.push_str(" – |"),
            }
        }
        writeln!(out, " {:.2} |", goal.at_most)?;
    }
    out.push_str("| for comparison, the control's CPU over Bun's |");
    for scene in &scenes {
        match figures.ratio(*scene, Contender::Control, Contender::Bun, Figure::Cpu) {
            Some(ratio) => write!(out, " {ratio:.2} |")?,
            None => out.push_str(" – |"),
        }
    }
    out.push_str(" |\n");
    let ours = figures
        .idle()
        .into_iter()
        .find(|(contender, _)| *contender == Contender::Relay);
    if let Some((_, bytes)) = ours {
        let missed = if bytes > IDLE_AT_MOST { ", missed" } else { "" };
        writeln!(
            out,
            "\nAn idle connection takes {:.1} KB of the relay's memory{missed}; the goal is {:.0} KB.",
            bytes / 1e3,
            IDLE_AT_MOST / 1e3
        )?;
    }
    Ok(())
}

/// Every point at which a peer does better.
fn losses(out: &mut String, figures: &Figures) -> Result<()> {
    out.push_str("\n## Where others do better\n\n");
    let before = out.len();
    for figure in Figure::ALL {
        for scene in figures.scenes() {
            for peer in figures.contenders(scene) {
                let Some(ratio) = figures.ratio(scene, Contender::Relay, peer, figure) else {
                    continue;
                };
                // A hundredth either way is noise.
                if peer != Contender::Relay && ratio > 1.01 {
                    writeln!(
                        out,
                        "- {}, {}: {ratio:.2} times {}",
                        figure.title(),
                        scene.title(),
                        peer.title()
                    )?;
                }
            }
        }
    }
    let idle = figures.idle();
    let ours = idle.iter().find(|(contender, _)| *contender == Contender::Relay);
    if let Some((_, ours)) = ours {
        for (peer, theirs) in idle.iter().filter(|(_, theirs)| theirs * 1.01 < *ours) {
            writeln!(
                out,
                "- memory of an idle connection: {:.2} times {}",
                ours / theirs,
                peer.title()
            )?;
        }
    }
    if out.len() == before {
        out.push_str("Nowhere in these figures.\n");
    }
    Ok(())
}

fn table(out: &mut String, figures: &Figures, scene: Scene) -> Result<()> {
    writeln!(
        out,
        "\n### {}\n\n| | CPU µs per update | bytes per update | age p50 ms | age p99 ms | on time | core used |\n\
         |---|---|---|---|---|---|---|",
        scene.title()
    )?;
    for contender in figures.contenders(scene) {
        let median =
            |of: fn(&results::Round) -> f64| figures.median(scene, contender, of).unwrap_or_default();
        let saturated = if figures.is_saturated(scene, contender) {
            ", **saturated: not compared**"
        } else {
            ""
        };
        writeln!(
            out,
            "| {}{saturated} | {:.3} | {:.2} | {:.1} | {:.1} | {:.2} % | {:.0} % |",
            contender.title(),
            median(results::Round::cpu_us),
            median(results::Round::bytes_each),
            median(|round| round.age_p50_ms),
            median(|round| round.age_p99_ms),
            median(results::Round::delivered) * 100.0,
            median(results::Round::load) * 100.0,
        )?;
    }
    Ok(())
}

fn idle(out: &mut String, figures: &Figures) -> Result<()> {
    let Some((few, many)) = figures.idle_span() else {
        return Ok(());
    };
    writeln!(
        out,
        "\n## Idle connections\n\n![memory of an idle connection](benchmarks/idle.svg)\n\n\
         Proportional set size of the server, slope from {few} to {many} connections.\n\n| | KB per connection |\n|---|---|"
    )?;
    for (contender, bytes) in figures.idle() {
        writeln!(out, "| {} | {:.1} |", contender.title(), bytes / 1e3)?;
    }
    Ok(())
}

fn plot_of(figures: &Figures, figure: Figure) -> String {
    let group = |scene: Scene| {
        let bar = |contender: Contender| Bar {
            label: contender.title(),
            value: figures.median(scene, contender, |round| figure.of(round)),
            ours: contender == Contender::Relay,
            remark: if figures.is_saturated(scene, contender) {
                "saturated"
            } else {
                ""
            },
        };
        let bars = figures.contenders(scene).into_iter().map(bar).collect();
        (scene.title(), bars)
    };
    let groups: Vec<_> = figures.scenes().into_iter().map(group).collect();
    plot::bars(figure.title(), &groups)
}

fn plot_of_idle(figures: &Figures) -> String {
    let bar = |(contender, bytes): (Contender, f64)| Bar {
        label: contender.title(),
        value: Some(bytes / 1e3),
        ours: contender == Contender::Relay,
        remark: "",
    };
    let bars = figures.idle().into_iter().map(bar).collect();
    plot::bars(
        "memory of an idle connection, KB",
        &[("nobody walks".to_owned(), bars)],
    )
}
