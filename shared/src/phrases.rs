//! Ready-made sentences: sent as an index, shown in each reader's own language.

/// The keys of the phrases, by wire index: the text of `hello` is the message `phrase-hello` of a language's
/// Fluent files. Only appended within a protocol version.
pub const PHRASES: [&str; 16] = [
    "hello",
    "welcome",
    "thanks",
    "sorry",
    "yes",
    "no",
    "please-wait",
    "follow-me",
    "where-is-this",
    "beautiful",
    "take-photo",
    "need-help",
    "i-help",
    "slowly-is-fine",
    "see-you",
    "congratulations",
];

/// The key of a phrase; none for an index that a newer peer may know.
pub fn key(index: u16) -> Option<&'static str> {
    PHRASES.get(usize::from(index)).copied()
}
