//! Speech, by voices that are on the device: what is to be spoken never leaves it.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Speaks a text after what is being spoken, 0 to 1 loud. Says nothing where the device has no voice of its own for the
/// language.
pub fn say(text: &str, language: &str, volume: f32) {
    let Some(speech) = synthesis() else { return };
    if let Some(voice) = voice(&speech, language)
        && let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text)
    {
        utterance.set_voice(Some(&voice));
        utterance.set_lang(&voice.lang());
        utterance.set_volume(volume);
        speech.speak(&utterance);
    }
}

/// Falls silent.
pub fn hush() {
    if let Some(speech) = synthesis() {
        speech.cancel();
    }
}

fn synthesis() -> Option<SpeechSynthesis> {
    let window = super::window()?;
    // Where there is none, the browser's own types know of one all the same.
    let speech = Reflect::get(&window, &"speechSynthesis".into()).ok()?;
    speech.is_object().then(|| speech.unchecked_into())
}

/// A voice of the device for a language, in whatever region.
fn voice(speech: &SpeechSynthesis, language: &str) -> Option<SpeechSynthesisVoice> {
    let primary = |tag: &str| {
        tag.split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let wanted = primary(language);
    let voices = speech.get_voices();
    let mut voices = voices.iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    voices.find(|voice| voice.local_service() && primary(&voice.lang()) == wanted)
}
