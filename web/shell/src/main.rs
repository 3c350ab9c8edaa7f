//! The page of Metaverse Seoul.
//!
//! For: letting a visitor be in a place with others, on any device. In: what the relay wrote into the page, the city
//! pack, the relay's messages, the visitor's hands. Out: moves and words to the relay, frames to the engine, and three
//! views of one model. It needs no GPU and never knows which city it shows.
//!
//! | module | one idea |
//! |---|---|
//! | [`app`] | messages in, state changed in one place, the page out |
//! | [`page`] | the browser around the model: boot data, address, storage, document |
//! | [`session`] | the connection to a relay, as a machine of states |
//! | [`world`] | the one true model of what is around the visitor |
//! | [`views`] | the stage, the map and the narrator: three views of that model |
//! | [`sound`] | what is heard, made of noise and tones |
//! | [`ui`] | screens, panels and buttons |
//! | [`words`] | texts by key, in the visitor's language |

mod app;
mod page;
mod session;
mod sound;
mod ui;
mod views;
mod words;
mod world;

fn main() {
    page::apology::arm();
    page::address::take_invitation();
    let root = page::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"));
    match (root, page::boot::Boot::read()) {
        (Some(root), Some(boot)) => wasm_bindgen_futures::spawn_local(async {
            // What has just come to life took long enough by itself.
            page::breathe().await;
            yew::Renderer::<app::App>::with_root_and_props(root, app::Props { boot }).render();
        }),
        _ => page::apology::not_served(),
    }
}
