//! What the visitor reads when the page itself breaks: plain words and the next step, prepared while all is well.

use std::cell::RefCell;

thread_local! {
    static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the words in the visitor's language.
pub fn prepare(words: String) {
    WORDS.with(|kept| *kept.borrow_mut() = words);
}

/// From now on a panic is shown to the visitor and told to the console, instead of leaving a page that does not answer.
pub fn arm() {
    yew::set_custom_panic_hook(Box::new(|info| {
        super::warn(&info.to_string());
        show();
    }));
}

/// Nothing can be done here about what fails: the page is broken already.
fn show() {
    let document = super::window().and_then(|window| window.document());
    let Some((document, body)) = document.and_then(|document| Some((document.clone(), document.body()?)))
    else {
        return;
    };
    let Ok(element) = document.create_element("p") else {
        return;
    };
    element.set_class_name("apology");
    let _ = element.set_attribute("role", "alert");
    let words = WORDS.with(|kept| kept.try_borrow().map(|words| words.clone()).unwrap_or_default());
    element.set_text_content(Some(&words));
    let _ = body.append_child(&element);
}
