//! `relay reports`: the file of reports as a table for people.

use std::{
    fmt::Write as _,
    fs, io,
    io::Write as _,
    time::{Duration, SystemTime},
};

use anyhow::Context as _;
use shared::text::clean_line;

use super::{FILE, Report};
use crate::{options::ReportsOptions, serve::default_data};

/// Prints what the file holds.
pub fn run(options: &ReportsOptions) -> anyhow::Result<()> {
    let path = options.data.clone().map_or_else(default_data, Ok)?.join(FILE);
    let text = match fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    let (reports, damaged) = read(&text, options.since);
    match io::stdout().write_all(table(&reports).as_bytes()) {
        // Whoever reads through `head` has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
        written => written.context("printing the table")?,
    }
    eprintln!("{} reports in {}", reports.len(), path.display());
    if damaged > 0 {
        eprintln!("{damaged} lines cannot be read: they were cut off, or altered");
    }
    Ok(())
}

/// A time, or how long ago: `2026-11-29`, `2026-11-29 18:00`, `24h`, `7d`.
pub fn since(text: &str) -> Result<SystemTime, String> {
    let text = text.trim();
    let ago = || SystemTime::now().checked_sub(humantime::parse_duration(text).ok()?);
    let days_time = |time: &str| humantime::parse_rfc3339_weak(&format!("{text}{time}")).ok();
    ["", ":00", " 00:00:00"]
        .into_iter()
        .find_map(days_time)
        .or_else(ago)
        .ok_or_else(|| "it should look like 2026-11-29, \"2026-11-29 18:00\", 24h or 7d".to_owned())
}

/// The reports since a time, and how many lines are none.
fn read(text: &str, since: Option<SystemTime>) -> (Vec<Report>, usize) {
    let (mut reports, mut damaged) = (Vec::new(), 0);
    for line in text.lines().filter(|line| !line.is_empty()) {
        let Ok(report) = serde_json::from_str::<Report>(line) else {
            damaged += 1;
            continue;
        };
        let when = humantime::parse_rfc3339(&report.when).ok();
        // To the second: what happened in the very one that was named is wanted.
        let late = |since: SystemTime| when.is_none_or(|when| when + Duration::from_secs(1) > since);
        if since.is_none_or(late) {
            reports.push(report);
        }
    }
    (reports, damaged)
}

/// One row for each report, and below it what was said.
fn table(reports: &[Report]) -> String {
    let head = ["when (UTC)", "place", "about", "number", "by", "number"].map(str::to_owned);
    let rows: Vec<[String; 6]> = reports.iter().map(row).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().chain([&head]).map(|row| width(&row[column]));
            cells.max().unwrap_or_default()
        })
        .collect();
    let line = |cells: &[String; 6]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide.saturating_sub(width(cell)))))
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut out = if rows.is_empty() {
        String::new()
    } else {
        line(&head)
    };
    for (report, row) in reports.iter().zip(&rows) {
        out.push_str(&line(row));
        for said in &report.lines {
            let to = if said.to_all { " (to all)" } else { "" };
            let when = said.when.get(11..19).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "    {when} {}{to}: {}",
                shown(&said.who.name),
                shown(&said.text)
            );
        }
    }
    out
}

fn row(report: &Report) -> [String; 6] {
    [
        shown(&report.when.replace('T', " ").replace('Z', "")),
        format!("{}, {}", shown(&report.place), report.channel),
        shown(&report.about.name),
        shown(&report.about.visitor),
        shown(&report.by.name),
        shown(&report.by.visitor),
    ]
}

/// The file may have been altered: nothing in it may move the cursor of a terminal.
fn shown(text: &str) -> String {
    clean_line(text).unwrap_or_default()
}

/// Columns of a terminal that a text takes: two for each character of Korean, Japanese and Chinese.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0x1_F300..=0x1_FAFF | 0x2_0000..=0x3_FFFD);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use shared::protocol::VisitorId;

    use super::{
        super::{Person, ReportedLine, at},
        *,
    };

    fn report(at_ms: u64, name: &str) -> Report {
        Report {
            when: at(at_ms),
            by: Person::new(VisitorId(7), "지민"),
            about: Person::new(VisitorId(8), name),
            place: "yard".to_owned(),
            channel: 2,
            lines: vec![ReportedLine {
                when: at(at_ms - 5_000),
                who: Person::new(VisitorId(8), name),
                to_all: true,
                text: "go \u{1b}[2Jaway".to_owned(),
            }],
        }
    }

    #[test]
    fn a_table_has_a_row_for_each_report_with_the_lines_below() {
        let table = table(&[
            report(1_800_000_005_000, "Eve"),
            report(1_800_000_065_000, "이브"),
        ]);
        let rows: Vec<&str> = table.lines().collect();
        assert_eq!(rows.len(), 5, "{table}");
        assert!(
            rows[1].starts_with("2027-01-15 08:00:05  yard, 2  Eve "),
            "{table}"
        );
        assert_eq!(rows[2], "    08:00:00 Eve (to all): go [2Jaway");
        // Columns stand below one another, also where letters are wide.
        assert_eq!(
            rows[1].find(" 8 ").unwrap(),
            rows[3].find(" 8 ").unwrap() - "이브".len() + 4
        );
        assert_eq!(super::table(&[]), "");
    }

    #[test]
    fn only_what_came_since_is_told_and_damaged_lines_are_counted() {
        let line = |report: &Report| serde_json::to_string(report).unwrap();
        let (old, new) = (report(1_700_000_000_000, "Old"), report(1_800_000_000_000, "New"));
        let text = format!("{}\n{{\"when\":\n\n{}\n", line(&old), line(&new));
        let (all, damaged) = read(&text, None);
        assert_eq!((all.len(), damaged), (2, 1));
        assert_eq!(read(&text, since("2026-06-01").ok()).0, [new]);
    }

    #[test]
    fn a_time_is_a_day_a_minute_or_a_while_ago() {
        assert_eq!(
            since("2027-01-15")
                .map(|time| humantime::format_rfc3339(time).to_string())
                .as_deref(),
            Ok("2027-01-15T00:00:00Z")
        );
        assert_eq!(
            since("2027-01-15 08:30")
                .map(|time| humantime::format_rfc3339(time).to_string())
                .as_deref(),
            Ok("2027-01-15T08:30:00Z")
        );
        let day = SystemTime::now().duration_since(since("24h").unwrap()).unwrap();
        assert!(day.as_secs().abs_diff(86_400) < 60);
        assert!(since("yesterday").is_err() && since("9999999999999999d").is_err());
    }
}
