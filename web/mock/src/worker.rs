//! The made-up world as the browser loads it: the inside of a web worker.

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, Uint8Array};
    use made_up::{Told, World};
    use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

    /// A world that answers one page.
    #[wasm_bindgen]
    pub struct Mock(World);

    #[wasm_bindgen]
    impl Mock {
        /// Of a compiled city and the name of a scene.
        #[wasm_bindgen(constructor)]
        pub fn new(city: &[u8], scene: &str) -> Result<Mock, JsError> {
            Ok(Self(World::new(city, scene)?))
        }

        /// Takes in a message of the page. The answers: bytes, or a close code.
        pub fn hear(&mut self, message: &[u8], now_ms: f64) -> Array {
            told(self.0.hear(message, now_ms as u64))
        }

        /// What a tick brings.
        pub fn tick(&mut self, now_ms: f64) -> Array {
            told(self.0.tick(now_ms as u64))
        }
    }

    fn told(all: Vec<Told>) -> Array {
        let value = |told| match told {
            Told::Message(message) => Uint8Array::from(message.encode().as_slice()).into(),
            Told::Close(code) => JsValue::from(code),
        };
        all.into_iter().map(value).collect()
    }
}

fn main() {}
