//! The texts of the interface and of the city, in one language, by key (Fluent).
//!
//! Texts live in `assets/locales/<lang>/*.ftl` and in the city pack; there are none in the code. Fluent's own parser
//! reads them. What stands for a number, and which plural form goes with it, the browser knows for every language: a
//! bundle that brings rules and numerals of its own made the page 26 KB larger. Functions and attributes are not read.

use std::{cell::OnceCell, collections::BTreeMap, fmt::Write as _, rc::Rc};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
    unicode::unescape_unicode,
};

/// Texts that name texts that name texts: deeper than this they name themselves.
const DEEPEST: usize = 8;

/// How much of a source is read at once, in bytes: a slow device answers in between.
const PIECE: usize = 8_192;

/// What a text can hold.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Something to read.
    Text(&'a str),
    /// A number; plural forms are chosen by it.
    Number(f64),
}

/// What a language does with numbers.
#[derive(Clone, Copy)]
pub struct Numerals {
    /// A number as readers of a language (BCP 47) write it.
    pub write: fn(&str, f64) -> String,
    /// The plural form that goes with a number in a language: a category of CLDR, such as `one` or `other`.
    pub plural: fn(&str, f64) -> String,
}

/// All texts in one language. Cheap to clone; equal when it is the same set.
#[derive(Clone)]
pub struct Words(Rc<Inner>);

struct Inner {
    language: String,
    numerals: Numerals,
    texts: Texts,
    /// What came later.
    later: OnceCell<Texts>,
}

/// Texts that have been read: by the key of a message, or `-` and that of a term.
#[derive(Default)]
pub struct Texts(BTreeMap<String, Pattern<String>>);

/// The values that a text was given, by name.
type Values<'a> = [(&'a str, Value<'a>)];

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    /// The texts of a language.
    pub fn new(language: &str, texts: Texts, numerals: Numerals) -> Self {
        Self(Rc::new(Inner {
            language: language.to_owned(),
            numerals,
            texts,
            later: OnceCell::new(),
        }))
    }

    /// Adds a source to all clones, once. True when it was added.
    pub fn add(&self, source: &str) -> bool {
        self.0.later.set(source.into()).is_ok()
    }

    /// The language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.0.language
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A text with something in it. Numbers are written as the language writes them.
    pub fn say_with(&self, key: &str, values: &Values<'_>) -> String {
        self.format(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// A text of the city's pack, or what it names when the pack has no text for it.
    pub fn of_city(&self, kind: &str, id: &str) -> String {
        self.find(&format!("{kind}-{id}"))
            .unwrap_or_else(|| id.to_owned())
    }

    /// A text that need not be there.
    pub fn find(&self, key: &str) -> Option<String> {
        self.format(key, &[])
    }

    fn format(&self, key: &str, values: &Values<'_>) -> Option<String> {
        let mut out = String::new();
        self.write(self.pattern(key)?, values, DEEPEST, &mut out);
        Some(out)
    }

    fn pattern(&self, key: &str) -> Option<&Pattern<String>> {
        let texts = &self.0.texts.0;
        texts.get(key).or_else(|| self.0.later.get()?.0.get(key))
    }

    fn write(&self, pattern: &Pattern<String>, values: &Values<'_>, depth: usize, out: &mut String) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => out.push_str(value),
                PatternElement::Placeable { expression } => self.place(expression, values, depth, out),
            }
        }
    }

    fn place(&self, expression: &Expression<String>, values: &Values<'_>, depth: usize, out: &mut String) {
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                if let Some(variant) = self.chosen(selector, variants, values) {
                    self.write(&variant.value, values, depth, out);
                }
                return;
            }
        };
        match inline {
            InlineExpression::StringLiteral { value } => {
                // Writing to a string does not fail.
                let _ = unescape_unicode(out, value);
            }
            InlineExpression::NumberLiteral { value } => out.push_str(value),
            InlineExpression::VariableReference { id } => match value_of(&id.name, values) {
                Some(Value::Text(text)) => out.push_str(text),
                Some(Value::Number(number)) => {
                    let numerals = &self.0.numerals;
                    out.push_str(&(numerals.write)(&self.0.language, number));
                }
                None => missing(&id.name, out),
            },
            InlineExpression::MessageReference { id, .. } => self.name(&id.name, values, depth, out),
            InlineExpression::TermReference { id, .. } => {
                self.name(&format!("-{}", id.name), values, depth, out);
            }
            InlineExpression::Placeable { expression } => self.place(expression, values, depth, out),
            InlineExpression::FunctionReference { id, .. } => missing(&id.name, out),
        }
    }

    /// Writes the text of another key.
    fn name(&self, key: &str, values: &Values<'_>, depth: usize, out: &mut String) {
        match (self.pattern(key), depth.checked_sub(1)) {
            (Some(pattern), Some(depth)) => self.write(pattern, values, depth, out),
            _ => missing(key, out),
        }
    }

    /// The variant for a value: the one with the very number or word, else the one of its plural form, else the default.
    fn chosen<'a>(
        &self,
        selector: &InlineExpression<String>,
        variants: &'a [Variant<String>],
        values: &Values<'_>,
    ) -> Option<&'a Variant<String>> {
        let value = match selector {
            InlineExpression::VariableReference { id } => value_of(&id.name, values),
            _ => None,
        };
        let called = |word: &str| {
            variants
                .iter()
                .find(|variant| matches!(&variant.key, VariantKey::Identifier { name } if name == word))
        };
        let found = match value {
            Some(Value::Text(text)) => called(text),
            Some(Value::Number(number)) => variants
                .iter()
                .find(|variant| match &variant.key {
                    VariantKey::NumberLiteral { value } => value
                        .parse()
                        .is_ok_and(|whole: i32| (f64::from(whole) - number).abs() < f64::EPSILON),
                    VariantKey::Identifier { .. } => false,
                })
                .or_else(|| {
                    // Most languages here have one form only: nobody has to know their rules.
                    let has_forms = |variant: &Variant<String>| {
                        !variant.default && matches!(variant.key, VariantKey::Identifier { .. })
                    };
                    variants.iter().find(|variant| has_forms(variant))?;
                    called(&(self.0.numerals.plural)(&self.0.language, number))
                }),
            None => None,
        };
        found.or_else(|| variants.iter().find(|variant| variant.default))
    }
}

impl Texts {
    /// Reads a Fluent source. A later message of the same key takes the place of the former; broken ones are left out: the
    /// reader sees their keys.
    pub fn read(&mut self, source: &str) {
        let resource = match parser::parse_runtime(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    if let Some(pattern) = message.value {
                        self.0.insert(message.id.name, pattern);
                    }
                }
                Entry::Term(term) => {
                    self.0.insert(format!("-{}", term.id.name), term.value);
                }
                _ => {}
            }
        }
    }
}

impl From<&str> for Texts {
    fn from(source: &str) -> Self {
        let mut texts = Self::default();
        texts.read(source);
        texts
    }
}

/// A source in pieces of some kilobytes, each of whole messages: one begins where a line begins with a letter.
pub fn pieces(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let lines = rest.as_bytes().windows(2).skip(PIECE);
        let ends = |pair: &[u8]| matches!(pair, [b'\n', next] if next.is_ascii_alphabetic());
        let end = lines.clone().position(ends).map(|at| PIECE + at + 1);
        let (piece, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn value_of<'a>(name: &str, values: &Values<'a>) -> Option<Value<'a>> {
    let found = values.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| *value)
}

/// What a reader sees in the place of something that is not there.
fn missing(name: &str, out: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(out, "{{{name}}}");
}

/// A number in a text; plural forms are chosen by it.
pub fn number(number: impl Into<f64>) -> Value<'static> {
    Value::Number(number.into())
}

/// Something in a text.
pub fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

#[cfg(test)]
mod tests;
