//! The page of figures: `engine-benchmarks.md`, with the ratios against the goals, every point at which three.js does better, plots,
//! tables, and pictures of what was drawn.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use super::{Backend, Contender, Figures, Round};
use crate::{
    machine,
    plot::{self, Bar},
};

/// A figure of a round, less of which is better.
struct Measure {
    title: &'static str,
    file: &'static str,
    of: fn(&Round) -> f64,
}

const FRAME: Measure = Measure {
    title: "time for a frame, ms",
    file: "frame",
    of: |round| round.frame_ms,
};
const SCRIPT: Measure = Measure {
    title: "CPU of the scripts' threads for a frame, ms",
    file: "script",
    of: Round::script_ms,
};
const MEASURES: [Measure; 2] = [FRAME, SCRIPT];

/// A goal: one of ours over three.js, as much for so many people.
struct Goal {
    measure: Measure,
    ours: Contender,
    at_most: fn(usize) -> f64,
    told: &'static str,
}

const GOALS: [Goal; 3] = [
    Goal {
        measure: FRAME,
        ours: Contender::Finest,
        at_most: |_| 1.1,
        told: "1.10",
    },
    Goal {
        measure: FRAME,
        ours: Contender::Levels,
        at_most: |_| 0.5,
        told: "0.50",
    },
    Goal {
        measure: SCRIPT,
        ours: Contender::Levels,
        at_most: |people| if people < 1_000 { 0.5 } else { 0.25 },
        told: "0.50, from 1,000 on 0.25",
    },
];

/// Least likeness of the pictures with levels of detail and without.
const LIKENESS_AT_LEAST: f64 = 0.98;

/// Rounds below which a page is a draft.
const ROUNDS_AT_LEAST: usize = 3;

/// The ring whose pictures are shown.
const SHOWN: (Backend, usize) = (Backend::Webgl, 500);

const WHAT_DIFFERS: &str = "\
- The people, their mesh, their looks and their steps are the same, and so are the size of the picture, the eye, one sun, haze, a tone\n\
  curve, a soft shadow at each one's feet, one sample a pixel, and no shadow maps of figures (our quality \"low\", which is what our\n\
  engine takes by itself where there is no graphics card).\n\
- Whether worn or not, all pieces of hair and clothes are in one mesh and go through the vertex shader, there and here with all\n\
  finely; with levels of detail ours leaves out clothes of other cuts than a figure's.\n\
- three.js plays poses that were baked beforehand: it knows no other gait, no wave and no turn of the head than those in its table.\n\
  Ours poses figures anew for each frame out of what a frame tells, and blends motions: all with all finely, else the nearest,\n\
  while those beyond walk in poses that many have. That is our way, and counted against us.\n\
- three.js has one colour of ground and one of sky. Ours has sand, clouds and blocks at the horizon, which in this quality are kept as a\n\
  picture while the eye stands still, as it does here: what is painted behind the people is cheap in both. Each pixel of a figure then\n\
  looks up whether the kept city hides it.\n\
- three.js draws on the page's own thread, ours in a worker, with a message there and one back for each frame.\n\
- CPU is that of the page's thread and of workers, by the system's account, the browser's own part included. Where everyone is, is\n\
  reckoned in JavaScript in both.\n";

/// Writes page, plots and pictures.
pub fn write(peers: &Path, results: &Path, pictures: &Path, docs: &Path) -> Result<()> {
    let figures = Figures::read(results)?;
    let beside = docs.join("engine-benchmarks");
    fs::create_dir_all(&beside)?;
    for measure in MEASURES {
        let path = beside.join(format!("{}.svg", measure.file));
        fs::write(&path, plot_of(&figures, &measure)).with_context(|| path.display().to_string())?;
    }
    for contender in Contender::ALL {
        let name = picture(contender);
        let from = pictures.join(format!("webgl-{}-{name}", SHOWN.1));
        fs::copy(&from, beside.join(&name)).with_context(|| from.display().to_string())?;
    }
    let path = docs.join("engine-benchmarks.md");
    fs::write(&path, page(&figures, &machine::packages(&peers.join("engine"))?)?)
        .with_context(|| path.display().to_string())?;
    println!("wrote {}", path.display());
    Ok(())
}

/// The file of a contender's picture.
fn picture(contender: Contender) -> String {
    let name = match contender {
        Contender::Levels => "levels",
        Contender::Finest => "finest",
        Contender::Three => "three",
    };
    format!("{name}.png")
}

fn page(figures: &Figures, packages: &[(String, String)]) -> Result<String> {
    let mut out = String::from(
        "# The engine beside three.js\n\n\
         Rings of people who walk, drawn by our engine and by three.js at its best, in one run, turn about, in the same browser on the\n\
         same backend, as fast as it goes: 600 frames, or as many as go into six seconds of each round. This page is written by `cargo xtask bench --engine`; how it measures is told in\n\
         [tests/bench/engine](../tests/bench/engine/README.md).\n\n",
    );
    if figures.any().is_some_and(|round| !round.card) {
        out.push_str(
            "**There was no graphics card:** the processor drew, so that a frame takes as long as its corners and pixels do on its cores,\n\
             and times for a frame say nothing of phones and desks, but for how ours and theirs compare.\n\n",
        );
    }
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
            "{} further rounds were void (host or other programs in the way) and are not in here.\n",
            figures.void
        )?;
    }
    out.push_str("| | |\n|---|---|\n");
    for (what, which) in machine::own_rows()? {
        writeln!(out, "| {what} | {which} |")?;
    }
    for (what, which) in [
        (
            "browser",
            figures.all(|round| format!("Chromium {}", round.browser)),
        ),
        (
            "drawn by",
            figures.all(|round| format!("{}: {}", round.backend.title(), round.adapter)),
        ),
        ("picture", "640 by 360 pixels".to_owned()),
        (
            "engine",
            format!("revision {}", figures.all(|round| round.revision.clone())),
        ),
    ] {
        writeln!(out, "| {what} | {which} |")?;
    }
    for (package, version) in packages {
        writeln!(out, "| {package} | {version} |")?;
    }
    goals(&mut out, figures)?;
    losses(&mut out, figures)?;
    write!(out, "\n## What is the same, and what differs\n\n{WHAT_DIFFERS}")?;
    out.push_str("\n## All figures\n");
    for measure in MEASURES {
        writeln!(
            out,
            "\n![{}](engine-benchmarks/{}.svg)",
            measure.title, measure.file
        )?;
    }
    table(&mut out, figures)?;
    writeln!(out, "\n## What was drawn: {} people\n", SHOWN.1)?;
    for contender in Contender::ALL {
        let name = contender.title();
        writeln!(
            out,
            "{name}:\n\n![{name}](engine-benchmarks/{})\n",
            picture(contender)
        )?;
    }
    // One end of line, not two.
    out.pop();
    Ok(out)
}

/// The rings that have people.
fn crowds(figures: &Figures) -> Vec<(Backend, usize)> {
    figures
        .rings()
        .into_iter()
        .filter(|(_, people)| *people > 0)
        .collect()
}

/// Time for a frame of one of ours over three.js's, less what a frame without people takes.
fn people_alone(figures: &Figures, ring: (Backend, usize), ours: Contender) -> Option<f64> {
    let alone = |contender| {
        let [all, empty] = [ring, (ring.0, 0)].map(|ring| figures.median(ring, contender, FRAME.of));
        Some(all? - empty?)
    };
    Some(alone(ours)? / alone(Contender::Three)?)
}

fn goals(out: &mut String, figures: &Figures) -> Result<()> {
    let rings = crowds(figures);
    out.push_str("\n## Against the goals\n\nOurs over theirs, median of all turns.\n\n| |");
    for (backend, people) in &rings {
        write!(out, " {}, {people} |", backend.title())?;
    }
    out.push_str(" goal |\n|---|");
    out.push_str(&"---|".repeat(rings.len() + 1));
    out.push('\n');
    for goal in GOALS {
        write!(out, "| {}: {} |", goal.measure.title, goal.ours.title())?;
        for ring in &rings {
            match figures.ratio(*ring, goal.ours, goal.measure.of) {
                Some(ratio) => {
                    let missed = if ratio > (goal.at_most)(ring.1) {
                        " missed"
                    } else {
                        ""
                    };
                    write!(out, " {ratio:.2}{missed} |")?;
                }
                None => out.push_str(" – |"),
            }
        }
        writeln!(out, " at most {} |", goal.told)?;
    }
    for ours in [Contender::Finest, Contender::Levels] {
        write!(
            out,
            "| for comparison, {} less a frame without people: {} |",
            FRAME.title,
            ours.title()
        )?;
        for ring in &rings {
            match people_alone(figures, *ring, ours) {
                Some(ratio) => write!(out, " {ratio:.2} |")?,
                None => out.push_str(" – |"),
            }
        }
        out.push_str(" |\n");
    }
    out.push_str("| likeness (SSIM) to all finely: this engine |");
    for ring in &rings {
        match figures.likeness(*ring) {
            Some(ssim) => {
                let missed = if ssim < LIKENESS_AT_LEAST { " missed" } else { "" };
                write!(out, " {ssim:.3}{missed} |")?;
            }
            None => out.push_str(" – |"),
        }
    }
    writeln!(out, " at least {LIKENESS_AT_LEAST} |")?;
    out.push_str("| draw calls: this engine |");
    for ring in &rings {
        let draws = figures.median(*ring, Contender::Levels, |round| f64::from(round.draws));
        write!(out, " {} |", draws.unwrap_or_default())?;
    }
    out.push_str(" as many for any number of people |\n");
    Ok(())
}

/// Every point at which three.js does better.
fn losses(out: &mut String, figures: &Figures) -> Result<()> {
    out.push_str("\n## Where three.js does better\n\n");
    let before = out.len();
    for measure in MEASURES {
        for ring in crowds(figures) {
            for ours in [Contender::Levels, Contender::Finest] {
                // A hundredth either way is noise.
                if let Some(ratio) = figures
                    .ratio(ring, ours, measure.of)
                    .filter(|ratio| *ratio > 1.01)
                {
                    let (backend, people) = (ring.0.title(), ring.1);
                    writeln!(
                        out,
                        "- {}, {backend}, {people} people: {} takes {ratio:.2} times as much",
                        measure.title,
                        ours.title()
                    )?;
                }
            }
        }
    }
    if out.len() == before {
        out.push_str("Nowhere in these figures.\n");
    }
    Ok(())
}

fn table(out: &mut String, figures: &Figures) -> Result<()> {
    let mut shown = None;
    for ring in figures.rings() {
        let (backend, people) = ring;
        if shown.replace(backend) != Some(backend) {
            writeln!(
                out,
                "\n### {}\n\n| people | | frames | ms for a frame | CPU of scripts, ms | of that in workers | CPU of what draws, ms | draw calls | triangles |\n\
                 |---|---|---|---|---|---|---|---|---|",
                backend.title()
            )?;
        }
        for contender in Contender::ALL {
            let median = |of: fn(&Round) -> f64| figures.median(ring, contender, of).unwrap_or_default();
            let frames: usize = figures.rounds(ring, contender).map(|round| round.frames).sum();
            writeln!(
                out,
                "| {people} | {} | {frames} | {:.2} | {:.3} | {:.3} | {:.2} | {} | {} |",
                contender.title(),
                median(|round| round.frame_ms),
                median(Round::script_ms),
                median(|round| round.workers_ms),
                median(|round| round.drawing_ms),
                median(|round| f64::from(round.draws)),
                median(|round| f64::from(round.triangles)),
            )?;
        }
    }
    Ok(())
}

fn plot_of(figures: &Figures, measure: &Measure) -> String {
    let group = |ring: (Backend, usize)| {
        let bar = |contender: Contender| Bar {
            label: contender.title(),
            value: figures.median(ring, contender, measure.of),
            ours: contender == Contender::Levels,
            remark: "",
        };
        let bars = Contender::ALL.into_iter().map(bar).collect();
        (format!("{}, {} people", ring.0.title(), ring.1), bars)
    };
    let groups: Vec<_> = crowds(figures).into_iter().map(group).collect();
    plot::bars(measure.title, &groups)
}
