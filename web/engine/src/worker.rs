//! The engine as the browser loads it: the inside of a web worker.
//!
//! In come messages `{command}` (with `canvas` beside the first size) and `{frame}`, out go reports; `{lose}` makes
//! the graphics context go, as a driver would. See [`shared::stage`].

#[cfg(target_arch = "wasm32")]
mod browser;

fn main() {
    #[cfg(target_arch = "wasm32")]
    browser::start();
}
