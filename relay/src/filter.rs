//! Words that are refused: in names those that belong to hosts, helpers and the city; in names and lines those that a host
//! has listed (`--filter`).
//!
//! In: lists of words, a name or a line. Out: whether it is refused. Letters count as the same in whatever case and width
//! they are written; in names also where one looks like another. A word is found where it stands alone; in writing without
//! spaces (Chinese, Japanese) anywhere, and in Korean also with something attached behind it, but for words with `=` before
//! them in the list.

use std::{fs, path::Path};

use anyhow::Context as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

use crate::{city::Pack, locales};

/// A file of this size holds some hundred thousand words: whatever is larger is no list of words.
const MAX_BYTES: u64 = 4 << 20;

/// The words.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of a host's list.
    listed: Vec<Word>,
    /// Of roles and of the city, in letters as they look.
    reserved: Vec<Word>,
}

/// A word, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// Folded; between single spaces.
    text: String,
    /// Whether something may stand before it, and behind it, in the same word.
    attached: [bool; 2],
}

impl Filter {
    /// The words of roles in all languages, those of a pack, and those of a host's file.
    pub fn load(pack: &Pack, file: Option<&Path>) -> anyhow::Result<Self> {
        let of_roles = locales::of_the_relay("reserved.txt").map(|(_, words)| words);
        let of_pack = pack.reserved.iter().map(String::as_str);
        let reserved = of_roles.chain(of_pack).flat_map(|list| words(list, looks));
        let listed = match file {
            Some(file) => {
                let size = fs::metadata(file).map(|metadata| metadata.len());
                let list = match size {
                    Ok(size) if size > MAX_BYTES => anyhow::bail!(
                        "{} is larger than {MAX_BYTES} bytes: it should hold one word a line",
                        file.display()
                    ),
                    _ => fs::read_to_string(file).with_context(|| {
                        format!("cannot read the words of --filter in {}", file.display())
                    })?,
                };
                words(&list, folded).collect()
            }
            None => Vec::new(),
        };
        Ok(Self {
            listed,
            reserved: reserved.collect(),
        })
    }

    /// Whether a line is not to be passed on.
    pub fn refuses_line(&self, line: &str) -> bool {
        let line = spaced(&folded(line));
        self.listed.iter().any(|word| word.is_in(&line))
    }

    /// Whether a name is not to be given; `may_claim` is whether its bearer has a role, and may say so.
    pub fn refuses_name(&self, name: &str, may_claim: bool) -> bool {
        if self.refuses_line(name) {
            return true;
        }
        let looks = spaced(&looks(name));
        // Letters apart from one another are read together.
        let together = spaced(&looks.replace(' ', ""));
        !may_claim
            && self
                .reserved
                .iter()
                .any(|word| word.is_in(&looks) || word.together().is_in(&together))
    }
}

impl Word {
    fn is_in(&self, spaced: &str) -> bool {
        let [before, behind] = self.attached.map(|attached| if attached { "" } else { " " });
        spaced.contains(&format!("{before}{}{behind}", self.text))
    }

    fn together(&self) -> Self {
        Self {
            text: self.text.replace(' ', ""),
            ..self.clone()
        }
    }
}

/// The words of a list: one a line; what stands behind `#` is for its readers.
fn words(list: &str, fold: fn(&str) -> String) -> impl Iterator<Item = Word> {
    list.lines().filter_map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        let (alone, word) = match line.strip_prefix('=') {
            Some(word) => (true, word),
            None => (false, line),
        };
        let text = spaced(&fold(word)).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let [first, last] = [word.chars().next()?, word.chars().next_back()?];
        let attached = [
            !alone && is_written_without_spaces(first),
            !alone && (is_written_without_spaces(last) || is_hangul(last)),
        ];
        Some(Word { text, attached })
    })
}

/// The same letters whatever their case and width.
fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// The same letters if they look the same, whatever their case, width and marks.
fn looks(text: &str) -> String {
    let is_mark = |c: &char| ('\u{300}'..='\u{36F}').contains(c);
    let bare: String = folded(text).nfd().filter(|c| !is_mark(c)).nfc().collect();
    skeleton(&bare).flat_map(char::to_lowercase).nfc().collect()
}

/// The words of a text between single spaces, with one before and one behind.
fn spaced(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!(" {} ", words.join(" "))
}

/// Han, Hiragana, Katakana.
fn is_written_without_spaces(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFD)
}

fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(list: &str) -> Filter {
        let of_roles = locales::of_the_relay("reserved.txt").map(|(_, words)| words);
        Filter {
            listed: words(list, folded).collect(),
            reserved: of_roles
                .chain(["=서울시\nSeoul City\n"])
                .flat_map(|list| words(list, looks))
                .collect(),
        }
    }

    #[test]
    fn names_that_imitate_those_who_have_a_role_are_refused_however_they_are_written() {
        let filter = filter("");
        for name in [
            "Official",
            "OFFICIAL Kim",
            "0fficial",
            "Оfficial",
            "Ｏｆｆｉｃｉａｌ",
            "o f f i c i a l",
            "Öfficial",
            "★Host★",
            "Seoul City",
            "seoul-city",
            "SeoulCity",
            "운영자",
            "운영자입니다",
            "관 리 자",
            "서울시",
            "公式アカウント",
            "市の担当者です",
            "官方小王",
            "管理员1",
        ] {
            assert!(filter.refuses_name(name, false), "{name}");
            assert!(!filter.refuses_name(name, true), "{name}");
        }
        for name in [
            "Ghost",
            "Hostess",
            "지민",
            "서울시민",
            "Officer Lee",
            "Seoul",
            "山田",
            "小王",
            "Mina",
            "Jun",
            "도윤",
            "Ana María",
            "👩‍🚀",
        ] {
            assert!(!filter.refuses_name(name, false), "{name}");
        }
    }

    #[test]
    fn no_given_name_is_refused() {
        let filter = filter("");
        let locales = crate::locales::Locales::new(&std::collections::BTreeMap::new(), "ko");
        for language in locales::languages() {
            let say = |key| locales.text(language, key, &[]);
            for first in say("names-first").split(',') {
                for second in say("names-second").split(',') {
                    let whole = locales.text_of(
                        language,
                        "names-whole",
                        &[("first", first.trim()), ("second", second.trim())],
                    );
                    assert!(!filter.refuses_name(&whole, false), "{whole}");
                }
            }
            assert!(!filter.refuses_name(
                &locales.text(language, "first-guest", &[("number", 1_234)]),
                false
            ));
        }
    }

    #[test]
    fn a_hosts_words_are_found_whole_in_names_and_lines_whoever_says_them() {
        let filter = filter("# not here\nfoo bar\nDamn # mild\n바보\n笨蛋\n=곰\n");
        for line in [
            "damn",
            "DAMN!",
            "ｄａｍｎ it",
            "so, foo  bar?",
            "너 바보야",
            "你是笨蛋吗",
            "곰",
        ] {
            assert!(filter.refuses_line(line), "{line}");
            assert!(filter.refuses_name(line, true), "{line}");
        }
        for line in [
            "damned",
            "foobar",
            "foo, then bar is not foo-baz",
            "바다",
            "not here",
            "곰곰이",
            "",
        ] {
            assert!(!filter.refuses_line(line), "{line}");
        }
    }
}
