//! The engine as the browser loads it, inside a worker: one export, called by the page's bootstrap.

#[cfg(target_arch = "wasm32")]
mod export {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Brings the engine up. Resolves when it can draw.
    #[wasm_bindgen]
    pub async fn start() {
        std::future::ready(()).await;
    }
}

fn main() {}
