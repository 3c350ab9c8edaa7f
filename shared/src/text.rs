//! What names and chat lines may hold: plain text that cannot disturb the page, the reader or the next line.

/// Longest name, in characters.
pub const NAME_CHARS: usize = 24;

/// Longest chat line, in characters.
pub const LINE_CHARS: usize = 300;

/// Most combining marks kept on one character: more only serves to smear over the neighbouring lines.
const MARKS_IN_A_ROW: usize = 2;

/// A name fit to show: cleaned, at most [`NAME_CHARS`] characters; none when nothing visible is left.
pub fn clean_name(raw: &str) -> Option<String> {
    clean(raw, NAME_CHARS)
}

/// A chat line fit to show: cleaned, at most [`LINE_CHARS`] characters; none when nothing visible is left.
pub fn clean_line(raw: &str) -> Option<String> {
    clean(raw, LINE_CHARS)
}

/// Longest translation of a chat line, in characters: few words of one language can need many letters of another.
pub const TRANSLATION_CHARS: usize = 4 * LINE_CHARS;

/// A translation fit to show: cleaned as a chat line is; none when nothing visible is left, or when it is too long to be one.
pub fn clean_translation(raw: &str) -> Option<String> {
    let cleaned = clean(raw, TRANSLATION_CHARS + 1)?;
    (cleaned.chars().count() <= TRANSLATION_CHARS).then_some(cleaned)
}

/// Longest name of a kiosk, in bytes.
const KIOSK_NAME_BYTES: usize = 32;

/// Whether a kiosk may report under a name: small Latin letters, digits and hyphens, few of them.
pub fn is_kiosk_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=KIOSK_NAME_BYTES).contains(&name.len()) && name.bytes().all(is_plain)
}

/// The language to serve to someone who asks for one by its tag (BCP 47): the very one, else another of its writings or
/// regions, such as `zh-Hans` for `zh-TW`.
pub fn served_language<'a>(served: impl Iterator<Item = &'a str> + Clone, asked: &str) -> Option<&'a str> {
    let primary = |tag: &'a str| tag.split(['-', '_']).next().unwrap_or_default();
    let asked_primary = asked.split(['-', '_']).next()?;
    let mut exact = served.clone().filter(|tag| tag.eq_ignore_ascii_case(asked));
    let mut kin = served.filter(|tag| primary(tag).eq_ignore_ascii_case(asked_primary));
    exact.next().or_else(|| kin.next())
}

/// Drops control and formatting characters, folds white space, limits combining marks, cuts at `max_chars`.
fn clean(raw: &str, max_chars: usize) -> Option<String> {
    let mut out = String::new();
    let (mut chars, mut marks) = (0, 0);
    for c in raw.chars() {
        if chars == max_chars {
            break;
        }
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
                chars += 1;
            }
            continue;
        }
        if is_disruptive(c) {
            continue;
        }
        if is_combining(c) {
            marks += 1;
            if marks > MARKS_IN_A_ROW || out.is_empty() {
                continue;
            }
        } else {
            marks = 0;
        }
        out.push(c);
        chars += 1;
    }
    // Joiners alone would make a name that nobody can see or click.
    let visible = out.chars().any(|c| !c.is_whitespace() && !is_joiner(c));
    let trimmed = out.trim_end();
    (visible && !trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// Controls, bidirectional overrides and isolates, invisible operators, tags, private use, non-characters.
fn is_disruptive(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B | 0x200E..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFDD0..=0xFDEF | 0xFFFE..=0xFFFF
            | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE000..=0xF8FF | 0xE_0000..=0xE_0FFF | 0xF_0000..=0x10_FFFF)
}

/// Marks that stack on the character before them (Unicode blocks of combining diacritics).
fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Joiners and variation selectors: part of emoji and of some scripts, invisible alone.
fn is_joiner(c: char) -> bool {
    matches!(u32::from(c), 0x200C..=0x200D | 0xFE00..=0xFE0F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_served_in_the_writing_there_is() {
        let served = ["ko", "en", "zh-Hans", "zh-Latn"];
        let answer = |asked| served_language(served.iter().copied(), asked);
        assert_eq!(answer("en-GB"), Some("en"));
        assert_eq!(answer("zh-TW"), Some("zh-Hans"));
        assert_eq!(answer("ZH-latn"), Some("zh-Latn"));
        assert_eq!((answer("fr"), answer("")), (None, None));
    }

    #[test]
    fn a_kiosk_has_a_plain_short_name() {
        assert!(is_kiosk_name("city-hall-1"));
        for name in ["", "City", "a b", "시청", "a\"} 1", &"a".repeat(33)] {
            assert!(!is_kiosk_name(name), "{name:?}");
        }
    }

    #[test]
    fn ordinary_names_pass_unchanged() {
        for name in ["지민", "Ana María", "山田 太郎", "👩‍🚀", "O'Neil-2"] {
            assert_eq!(clean_name(name).as_deref(), Some(name));
        }
    }

    #[test]
    fn overrides_and_controls_are_dropped() {
        assert_eq!(
            clean_name("\u{202E}evil\u{0007}\u{2066}x").as_deref(),
            Some("evilx")
        );
        assert_eq!(clean_line("a\r\n\t b").as_deref(), Some("a b"));
    }

    #[test]
    fn nothing_visible_is_no_name() {
        for name in ["", "   ", "\u{200B}", "\u{3164}", "\u{200D}\u{FE0F}", "\u{0301}"] {
            assert_eq!(clean_name(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_translation_may_be_longer_than_its_line_and_is_never_cut() {
        let long = "a".repeat(TRANSLATION_CHARS);
        assert_eq!(clean_translation(&long), Some(long.clone()));
        assert_eq!(clean_translation(&format!("{long}a")), None);
        assert_eq!(clean_translation(" a\u{202E}\n<b> ").as_deref(), Some("a <b>"));
    }

    #[test]
    fn length_is_cut_and_smears_are_thinned() {
        assert_eq!(
            clean_name(&"🦊".repeat(10_000)).map(|n| n.chars().count()),
            Some(NAME_CHARS)
        );
        assert_eq!(
            clean_line(&format!("e{}", "\u{0301}".repeat(50))).map(|l| l.chars().count()),
            Some(3)
        );
    }
}
