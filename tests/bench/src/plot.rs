//! Bar charts as SVG: groups of bars, each with its value written at its end.

use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 90.0;
const BAR: f64 = 18.0;
const GROUP_GAP: f64 = 34.0;
const TOP: f64 = 40.0;

/// A bar.
pub struct Bar {
    /// Who.
    pub label: &'static str,
    /// How long; none for what could not be measured.
    pub value: Option<f64>,
    /// Whether it is the one that the chart is about.
    pub ours: bool,
    /// What to write instead of the value alone.
    pub remark: &'static str,
}

/// A chart of groups of bars. Lengths follow the values from zero; one that is far longer than the others is cut, with a
/// mark.
pub fn bars(title: &str, groups: &[(String, Vec<Bar>)]) -> String {
    let count: usize = groups.iter().map(|(_, bars)| bars.len()).sum();
    let height = TOP + groups.len() as f64 * GROUP_GAP + count as f64 * BAR + 10.0;
    let longest = scale(groups);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{title}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"12\" y=\"24\" font-size=\"16\" font-weight=\"bold\" fill=\"#1e2124\">{title}</text>\n"
    );
    let mut y = TOP;
    for (name, bars) in groups {
        y += GROUP_GAP - 10.0;
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            out,
            "<text x=\"12\" y=\"{y}\" font-weight=\"bold\" fill=\"#464c53\">{name}</text>"
        );
        y += 10.0;
        for bar in bars {
            write_bar(&mut out, bar, y, longest);
            y += BAR;
        }
    }
    out.push_str("</svg>\n");
    out
}

fn write_bar(out: &mut String, bar: &Bar, y: f64, longest: f64) {
    let (fill, weight) = if bar.ours {
        ("#0b50d0", "bold")
    } else {
        ("#8a949e", "normal")
    };
    let value = bar.value.unwrap_or_default();
    let room = WIDTH - LEFT - RIGHT;
    let length = (value / longest).min(1.0) * room;
    let cut = if value > longest { " ⟩⟩" } else { "" };
    let text = bar.value.map(|value| format!("{value:.2}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" font-weight=\"{weight}\" fill=\"#1e2124\">{}</text>\
         <rect x=\"{LEFT}\" y=\"{}\" width=\"{length:.1}\" height=\"{}\" fill=\"{fill}\"/>\
         <text x=\"{:.1}\" y=\"{}\" font-weight=\"{weight}\" fill=\"#1e2124\">{text}{cut} {}</text>",
        LEFT - 8.0,
        y + 13.0,
        bar.label,
        y + 3.0,
        BAR - 5.0,
        LEFT + length + 6.0,
        y + 13.0,
        bar.remark
    );
}

/// The value of a full-length bar: the longest, but at most three times what four in five do not exceed.
fn scale(groups: &[(String, Vec<Bar>)]) -> f64 {
    let mut values: Vec<f64> = groups
        .iter()
        .flat_map(|(_, bars)| bars.iter().filter_map(|bar| bar.value))
        .collect();
    values.sort_by(f64::total_cmp);
    let longest = values.last().copied().unwrap_or_default();
    let most = values.get(values.len() * 4 / 5).copied().unwrap_or(longest);
    longest.min(most * 3.0).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_names_every_bar_and_cuts_what_is_far_too_long() {
        let bar = |label, value| Bar {
            label,
            value: Some(value),
            ours: false,
            remark: "",
        };
        let bars_of = (0..9)
            .map(|_| bar("near", 1.0))
            .chain([bar("far", 100.0)])
            .collect();
        let chart = bars("title", &[("group".to_owned(), bars_of)]);
        assert!(chart.contains(">far</text>") && chart.contains("100.00 ⟩⟩"));
        assert_eq!(chart.matches("<rect").count(), 11);
    }
}
