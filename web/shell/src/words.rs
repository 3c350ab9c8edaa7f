//! The texts of the interface and of the city, in one language, by key (Fluent).
//!
//! Texts live in `assets/locales/<lang>/*.ftl` and in the city pack; there are none in the code.

use std::{borrow::Cow, cell::OnceCell, rc::Rc};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use intl_memoizer::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

/// What a text can hold.
pub type Value<'a> = FluentValue<'a>;

/// Formats numbers within texts for readers of the page's language; none for what it leaves to Fluent.
pub type Formatter = fn(&FluentValue<'_>, &IntlLangMemoizer) -> Option<String>;

/// All texts in one language. Cheap to clone; equal when it is the same set.
#[derive(Clone)]
pub struct Words(Rc<Inner>);

struct Inner {
    language: String,
    bundle: FluentBundle<FluentResource>,
    /// What came later.
    later: OnceCell<FluentBundle<FluentResource>>,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    /// The texts of a language from Fluent sources. Broken messages are left out: the reader sees their keys.
    pub fn new(language: &str, sources: &[String], formatter: Option<Formatter>) -> Self {
        Self(Rc::new(Inner {
            language: language.to_owned(),
            bundle: bundle(language, sources, formatter),
            later: OnceCell::new(),
        }))
    }

    /// Adds a source to all clones, once. True when it was added.
    pub fn add(&self, source: String) -> bool {
        let bundle = bundle(&self.0.language, &[source], None);
        self.0.later.set(bundle).is_ok()
    }

    /// The language, a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.0.language
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.format(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// A text with something in it. Numbers are formatted for the language.
    pub fn say_with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(Cow::Owned((*name).to_owned()), value.clone());
        }
        self.format(key, Some(&args)).unwrap_or_else(|| key.to_owned())
    }

    /// A text of the city's pack, or what it names when the pack has no text for it.
    pub fn of_city(&self, kind: &str, id: &str) -> String {
        self.format(&format!("{kind}-{id}"), None)
            .unwrap_or_else(|| id.to_owned())
    }

    /// A text that need not be there.
    pub fn find(&self, key: &str) -> Option<String> {
        self.format(key, None)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let of = |bundle: &FluentBundle<FluentResource>| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            Some(bundle.format_pattern(pattern, args, &mut errors).into_owned())
        };
        of(&self.0.bundle).or_else(|| of(self.0.later.get()?))
    }
}

fn bundle(language: &str, sources: &[String], formatter: Option<Formatter>) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![locale]);
    // Names are cleaned of everything that reorders text, and elements keep directions apart.
    bundle.set_use_isolating(false);
    bundle.set_formatter(formatter);
    for source in sources {
        let resource = match FluentResource::try_new(source.clone()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A number in a text; plural forms are chosen by it.
pub fn number(number: impl Into<f64>) -> Value<'static> {
    FluentValue::from(number.into())
}

/// Something in a text.
pub fn text(text: &str) -> Value<'_> {
    FluentValue::from(text)
}

#[cfg(test)]
mod tests;
