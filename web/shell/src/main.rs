//! The page.

use yew::{Html, component, html};

#[component]
fn App() -> Html {
    html! { <main>{ "Metaverse Seoul" }</main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
