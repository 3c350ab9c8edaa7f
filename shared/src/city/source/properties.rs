//! Reading one feature's properties: each by name, with its range, and nothing left over unread.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::space::Heading;

/// Notes for authors, allowed on every feature and not compiled.
const NOTES: [&str; 5] = ["kit", "name", "level", "source", "guess"];

/// The properties of a feature.
pub(super) struct Properties {
    map: Map<String, Value>,
    read: RefCell<Vec<&'static str>>,
}

impl Properties {
    pub(super) fn new(map: Map<String, Value>) -> Self {
        Self {
            map,
            read: RefCell::default(),
        }
    }

    pub(super) fn get(&self, name: &'static str) -> Option<&Value> {
        self.read.borrow_mut().push(name);
        self.map.get(name)
    }

    /// A length in metres between `low` and `high`, as centimetres.
    pub(super) fn metres(&self, name: &'static str, low: f64, high: f64) -> Result<u32, String> {
        let value = self
            .get(name)
            .ok_or_else(|| format!("property {name} is missing (metres, {low} to {high})"))?;
        in_metres(name, value, low, high)
    }

    /// As [`Self::metres`], with a default in metres.
    pub(super) fn metres_or(
        &self,
        name: &'static str,
        low: f64,
        high: f64,
        default: f64,
    ) -> Result<u32, String> {
        match self.get(name) {
            Some(value) => in_metres(name, value, low, high),
            None => Ok((default * 100.0) as u32),
        }
    }

    /// A whole number between `low` and `high`.
    pub(super) fn count(
        &self,
        name: &'static str,
        low: u8,
        high: u8,
        default: Option<u8>,
    ) -> Result<u8, String> {
        let Some(value) = self.get(name) else {
            return default
                .ok_or_else(|| format!("property {name} is missing (a whole number, {low} to {high})"));
        };
        let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
        number
            .and_then(|number| u8::try_from(number).ok())
            .filter(|number| (low..=high).contains(number))
            .ok_or_else(|| format!("property {name}: {value} is not a whole number from {low} to {high}"))
    }

    /// An azimuth in degrees clockwise from north.
    pub(super) fn heading(&self, name: &'static str) -> Result<Heading, String> {
        let value = self
            .get(name)
            .and_then(Value::as_f64)
            .filter(|v| (-360.0..=360.0).contains(v));
        let degrees =
            value.ok_or_else(|| format!("property {name}: expected degrees clockwise from north"))?;
        Ok(Heading::from_radians((degrees as f32).to_radians()))
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<bool, String> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(set)) => Ok(*set),
            Some(other) => Err(format!("property {name}: {other} is neither true nor false")),
        }
    }

    pub(super) fn text(&self, name: &'static str) -> Result<Option<String>, String> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(format!("property {name}: {other} is not a text")),
        }
    }

    /// A list; empty when there is none. `of` says of what.
    pub(super) fn list<T: DeserializeOwned>(&self, name: &'static str, of: &str) -> Result<Vec<T>, String> {
        let Some(value) = self.get(name) else {
            return Ok(Vec::new());
        };
        serde_json::from_value(value.clone())
            .map_err(|error| format!("property {name}: expected a list of {of} ({error})"))
    }

    /// Something with members. `of` says which.
    pub(super) fn record<T: DeserializeOwned>(&self, name: &'static str, of: &str) -> Result<T, String> {
        let value = self
            .get(name)
            .ok_or_else(|| format!("property {name} is missing ({of})"))?;
        serde_json::from_value(value.clone())
            .map_err(|error| format!("property {name}: expected {of} ({error})"))
    }

    /// One of a set of words, each an enum's variant in lower case.
    pub(super) fn word<T: DeserializeOwned>(&self, name: &'static str, words: &[&str]) -> Result<T, String> {
        let text = self
            .text(name)?
            .ok_or_else(|| format!("property {name} is missing ({})", words.join(" | ")))?;
        let variant: String = text
            .char_indices()
            .map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c })
            .collect();
        words
            .contains(&text.as_str())
            .then(|| serde_json::from_value(Value::String(variant)).ok())
            .flatten()
            .ok_or_else(|| format!("property {name}: {text:?} is none of {}", words.join(" | ")))
    }

    /// Complains of a property that nothing read: most likely a misspelt one.
    pub(super) fn finish(&self) -> Result<(), String> {
        let read = self.read.borrow();
        match self
            .map
            .keys()
            .find(|key| !NOTES.contains(&key.as_str()) && !read.contains(&key.as_str()))
        {
            Some(key) => Err(format!(
                "property {key:?} is unknown for this kit; known: {}",
                read.join(", ")
            )),
            None => Ok(()),
        }
    }
}

/// A number or, as OpenStreetMap has it, a text such as `"12"` or `"12.5 m"`.
fn in_metres(name: &str, value: &Value, low: f64, high: f64) -> Result<u32, String> {
    let parsed = value
        .as_f64()
        .or_else(|| value.as_str()?.trim_end_matches('m').trim().parse().ok());
    parsed
        .filter(|metres| (low..=high).contains(metres))
        .map(|metres| (metres * 100.0).round() as u32)
        .ok_or_else(|| format!("property {name}: {value} is not a length from {low} to {high} metres"))
}
