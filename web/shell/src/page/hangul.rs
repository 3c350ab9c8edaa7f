//! Hangul as it is typed on a keyboard of two sets (2-beolsik): single letters (jamo) become syllables, and come apart
//! again letter by letter.
//!
//! In: the text so far, the next letter. Out: the text after it. Letters are those of the compatibility block, which is
//! what stands on keys.

/// First letters of syllables, in the order of Unicode.
const LEADS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

/// Vowels.
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";

/// Last letters; the first stands for none.
const TAILS: &str = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// Letters of two strokes: the first, the second, both together.
const PAIRS: &str = "ㅗㅏㅘㅗㅐㅙㅗㅣㅚㅜㅓㅝㅜㅔㅞㅜㅣㅟㅡㅣㅢㄱㅅㄳㄴㅈㄵㄴㅎㄶㄹㄱㄺㄹㅁㄻㄹㅂㄼㄹㅅㄽㄹㅌㄾㄹㅍㄿㄹㅎㅀㅂㅅㅄ";

const FIRST_SYLLABLE: u32 = 0xAC00;

/// Whether it is a single letter.
pub fn is_jamo(c: char) -> bool {
    ('ㄱ'..='ㅣ').contains(&c)
}

/// Types a letter at the end of a text. The last syllable takes it in when it is `open`: being written right now.
pub fn write(text: &mut String, letter: char, open: bool) {
    let last = text.pop();
    let (mut before, mut after) = (last, Some(letter));
    if open && let Some(last) = last {
        (before, after) = join(last, letter);
    }
    text.extend(before);
    text.extend(after);
}

/// Takes the last stroke of a text away: of an `open` syllable its last letter, otherwise a whole character. Whether the
/// last syllable is open then.
pub fn erase(text: &mut String, open: bool) -> bool {
    let rest = text.pop().filter(|_| open).and_then(undo);
    text.extend(rest);
    rest.is_some()
}

/// What becomes of a syllable, or single letter, when another letter follows.
fn join(last: char, letter: char) -> (Option<char>, Option<char>) {
    let apart = (Some(last), Some(letter));
    let is_vowel = place(VOWELS, letter).is_some();
    match (split(last), is_vowel) {
        // A consonant, and its vowel.
        ((Some(lead), None, None), true) => {
            syllable(lead, letter, ' ').map_or(apart, |whole| (Some(whole), None))
        }
        // A second stroke of the vowel.
        ((lead, Some(vowel), None), true) => match (pair(vowel, letter), lead) {
            (Some(both), Some(lead)) => (syllable(lead, both, ' '), None),
            (Some(both), None) => (Some(both), None),
            (None, _) => apart,
        },
        // What had ended the syllable begins the next.
        ((Some(lead), Some(vowel), Some(tail)), true) => {
            let (stays, goes) = halves(tail).unwrap_or((' ', tail));
            match syllable(goes, letter, ' ') {
                Some(next) => (syllable(lead, vowel, stays), Some(next)),
                None => apart,
            }
        }
        ((Some(lead), Some(vowel), tail), false) => {
            let ends = match tail {
                None => Some(letter),
                Some(tail) => pair(tail, letter),
            };
            match ends.and_then(|ends| syllable(lead, vowel, ends)) {
                Some(whole) => (Some(whole), None),
                None => apart,
            }
        }
        _ => apart,
    }
}

/// A syllable, or a letter, without its last stroke.
fn undo(c: char) -> Option<char> {
    match split(c) {
        (Some(lead), Some(vowel), Some(tail)) => {
            syllable(lead, vowel, halves(tail).map_or(' ', |(first, _)| first))
        }
        (Some(lead), Some(vowel), None) => match halves(vowel) {
            Some((first, _)) => syllable(lead, first, ' '),
            None => Some(lead),
        },
        (None, Some(vowel), None) => halves(vowel).map(|(first, _)| first),
        _ => None,
    }
}

/// First letter, vowel and last letter of a syllable, or of a letter that stands alone.
fn split(c: char) -> (Option<char>, Option<char>, Option<char>) {
    if !('가'..='힣').contains(&c) {
        let vowel = Some(c).filter(|c| place(VOWELS, *c).is_some());
        return (Some(c).filter(|c| place(LEADS, *c).is_some()), vowel, None);
    }
    let index = c as usize - FIRST_SYLLABLE as usize;
    let tail = TAILS.chars().nth(index % 28).filter(|tail| *tail != ' ');
    let vowel = VOWELS.chars().nth(index / 28 % 21);
    (LEADS.chars().nth(index / 28 / 21), vowel, tail)
}

fn syllable(lead: char, vowel: char, tail: char) -> Option<char> {
    let (lead, vowel, tail) = (place(LEADS, lead)?, place(VOWELS, vowel)?, place(TAILS, tail)?);
    char::from_u32(FIRST_SYLLABLE + ((lead * 21 + vowel) * 28 + tail) as u32)
}

fn place(letters: &str, letter: char) -> Option<usize> {
    letters.chars().position(|other| other == letter)
}

/// The letter that two strokes make.
fn pair(first: char, second: char) -> Option<char> {
    pairs()
        .find(|[one, two, _]| (*one, *two) == (first, second))
        .map(|[.., both]| both)
}

/// The two strokes of a letter.
fn halves(letter: char) -> Option<(char, char)> {
    pairs()
        .find(|[.., both]| *both == letter)
        .map(|[first, second, _]| (first, second))
}

fn pairs() -> impl Iterator<Item = [char; 3]> {
    let mut letters = PAIRS.chars();
    std::iter::from_fn(move || Some([letters.next()?, letters.next()?, letters.next()?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(letters: &str) -> String {
        let mut text = String::new();
        for letter in letters.chars() {
            let began = !text.is_empty();
            write(&mut text, letter, began);
        }
        text
    }

    #[test]
    fn letters_become_syllables() {
        for (letters, text) in [
            ("ㅇㅏㄴㄴㅕㅇㅎㅏㅅㅔㅇㅛ", "안녕하세요"),
            ("ㅅㅓㅇㅜㄹ", "서울"),
            ("ㄱㅗㅏㄴㄱㅎㅗㅏㅁㅜㄴ", "관ㄱ화문"),
            ("ㄱㅗㅏㅇㅎㅗㅏㅁㅜㄴ", "광화문"),
            ("ㄷㅏㄹㄱ", "닭"),
            ("ㄷㅏㄹㄱㅣ", "달기"),
            ("ㅇㅣㄹㄱㅇㅓ", "읽어"),
            ("ㅇㅓㅂㅅㅇㅓ", "없어"),
            ("ㅇㅓㅂㅅㅓ", "업서"),
            ("ㄱㅏㅄㅏ", "갑사"),
            ("ㄸㅗㄱ", "똑"),
            ("ㅇㅏㅃㅏ", "아빠"),
            ("ㅇㅏㄲㅏ", "아까"),
            ("ㅇㅢㅈㅏ", "의자"),
            ("ㅇㅡㅣㅈㅏ", "의자"),
            ("ㅋㅋㅋ", "ㅋㅋㅋ"),
            ("ㅠㅠ", "ㅠㅠ"),
            ("ㅗㅏ", "ㅘ"),
            ("ㅏㄱㅏ", "ㅏ가"),
        ] {
            assert_eq!(typed(letters), text, "{letters}");
        }
    }

    #[test]
    fn a_closed_syllable_takes_nothing_in() {
        let mut text = "가".to_owned();
        write(&mut text, 'ㄴ', false);
        assert_eq!(text, "가ㄴ");
        let mut text = "a".to_owned();
        write(&mut text, 'ㅏ', true);
        assert_eq!(text, "aㅏ");
    }

    #[test]
    fn letters_come_off_one_by_one() {
        let mut text = "서없".to_owned();
        let mut open = true;
        let mut seen = Vec::new();
        while !text.is_empty() {
            open = erase(&mut text, open);
            seen.push(text.clone());
        }
        assert_eq!(seen, ["서업", "서어", "서ㅇ", "서", ""]);
        let mut text = "과".to_owned();
        assert!(erase(&mut text, true));
        assert_eq!(text, "고");
    }

    #[test]
    fn every_syllable_is_what_its_letters_make() {
        for c in '가'..='힣' {
            let (lead, vowel, tail) = split(c);
            let stroke = |letter: Option<char>| {
                letter.map_or(String::new(), |letter| {
                    halves(letter).map_or(letter.to_string(), |(first, second)| format!("{first}{second}"))
                })
            };
            let letters = stroke(lead) + &stroke(vowel) + &stroke(tail);
            assert_eq!(typed(&letters), c.to_string(), "{letters}");
        }
    }
}
