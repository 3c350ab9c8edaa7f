//! Going through a page by the arrows of a keypad: from what has the focus to what lies there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What can have the focus.
const FOCUSABLE: &str = "button:not(:disabled), input:not(:disabled), select, summary, [tabindex='0']";

/// What lies over everything else, the nearest first: the focus stays in it.
const OVER: &str = ".still, dialog[open], .attract";

/// Parts of the page, in the order in which one goes from each to the next.
const PARTS: [&str; 6] = ["#scene", ".easy", ".panel", ".dock", ".kiosk-bar", ".keyboard"];

/// A direction on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Whether the focus is on the picture, or on nothing: then arrows walk.
pub fn is_on_picture() -> bool {
    find(OVER).is_none()
        && active().is_none_or(|active| active.id() == "scene" || active.tag_name() == "BODY")
}

/// Moves the focus that way: to the nearest thing there, else on in the order of the page. What has it then, in words.
pub fn go(way: Way) -> Option<String> {
    let over = find(OVER);
    let root = over.or_else(|| find(".page"))?;
    let all: Vec<HtmlElement> = elements(&root, FOCUSABLE)
        .into_iter()
        .filter(|element| element.offset_width() > 0)
        .collect();
    let from = active();
    let at = from
        .as_ref()
        .and_then(|from| all.iter().position(|element| **element == *from));
    let somewhere = from.as_ref().filter(|from| from.tag_name() != "BODY");
    let next = somewhere.and_then(|from| nearest(&all, from, way)).or_else(|| {
        let back = matches!(way, Way::Up | Way::Left);
        let count = all.len().max(1);
        let next = match at {
            Some(at) => (at + if back { count - 1 } else { 1 }) % count,
            None => 0,
        };
        all.get(next)
    })?;
    focus(next)
}

/// Moves the focus to the next part of the page that is there. What has it then, in words.
pub fn next_part() -> Option<String> {
    if find(OVER).is_some() {
        return None;
    }
    let here = active().and_then(|active| {
        PARTS
            .iter()
            .position(|part| active.closest(part).is_ok_and(|found| found.is_some()))
    });
    let first = here.unwrap_or(0) + 1;
    (first..first + PARTS.len()).find_map(|index| {
        let part = find(PARTS.get(index % PARTS.len())?)?;
        let inside = elements(&part, FOCUSABLE)
            .into_iter()
            .find(|element| element.offset_width() > 0);
        focus(&inside.or_else(|| part.dyn_into().ok())?)
    })
}

/// Presses what has the focus, as a key of a keypad that no browser knows.
pub fn press() {
    if let Some(active) = active().and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        active.click();
    }
}

/// The nearest of all that lies that way.
fn nearest<'a>(all: &'a [HtmlElement], from: &Element, way: Way) -> Option<&'a HtmlElement> {
    let (x, y) = middle(from);
    let mut best: Option<(f64, &HtmlElement)> = None;
    for element in all {
        let (to_x, to_y) = middle(element);
        let (dx, dy) = (to_x - x, to_y - y);
        let (along, aside) = match way {
            Way::Up => (-dy, dx),
            Way::Down => (dy, dx),
            Way::Left => (-dx, dy),
            Way::Right => (dx, dy),
        };
        let far = along + 2.0 * aside.abs();
        if along > 2.0 && aside.abs() < 2.0 * along && best.is_none_or(|(least, _)| far < least) {
            best = Some((far, element));
        }
    }
    best.map(|(_, element)| element)
}

fn middle(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0)
}

fn focus(element: &HtmlElement) -> Option<String> {
    let _ = element.focus();
    let label = element.get_attribute("aria-label");
    label
        .or_else(|| element.text_content())
        .filter(|label| !label.is_empty())
}

fn active() -> Option<Element> {
    super::window()?.document()?.active_element()
}

fn find(selector: &str) -> Option<Element> {
    super::window()?.document()?.query_selector(selector).ok()?
}

fn elements(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(all) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..all.length())
        .filter_map(|index| all.item(index)?.dyn_into().ok())
        .collect()
}
