//! What the relay wrote into the page: which city, texts and engine go with it.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The boot data, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boot {
    /// Address of the compiled city.
    pub city: String,
    /// Languages that the interface speaks, the city's own first: each with what it calls itself.
    pub languages: Vec<(String, String)>,
    /// Per language: addresses of the city's texts.
    pub texts: Vec<(String, Vec<String>)>,
    /// Per language: addresses of the interface's texts.
    pub locales: Vec<(String, Vec<String>)>,
    /// Per language: addresses of those that are not needed at once.
    pub later: Vec<(String, Vec<String>)>,
    /// Address of the engine's WebGPU build.
    pub webgpu: Option<String>,
    /// Address of the engine's WebGL2 build.
    pub webgl: Option<String>,
    /// The place that the address names, or the city's arrival place.
    pub place: String,
    /// The spot that the address names.
    pub spot: Option<String>,
    /// People in the place when the page was served.
    pub people: u32,
    /// Whether the address led to nothing, and this is where the visitor comes in instead.
    pub missing: bool,
    /// The directory of the made-up world that stands in for the relay, for those who work on the page: `?mock=`.
    pub mock: Option<String>,
}

impl Boot {
    /// Reads the element that the relay put into the page. None when it is missing: the page was not served by a relay.
    pub fn read() -> Option<Self> {
        let element = super::window()?.document()?.get_element_by_id("boot")?;
        let json = JSON::parse(&element.text_content()?).ok()?;
        let engine = get(&json, "engine");
        Some(Self {
            city: string(&json, "city")?,
            languages: pairs(&get(&json, "languages")),
            texts: by_language(&get(&json, "texts")),
            locales: by_language(&get(&json, "locales")),
            later: by_language(&get(&json, "later")),
            webgpu: string(&engine, "webgpu"),
            webgl: string(&engine, "webgl"),
            place: string(&json, "place").unwrap_or_default(),
            spot: string(&json, "spot"),
            people: get(&json, "people").as_f64().unwrap_or(0.0) as u32,
            missing: get(&json, "missing").is_truthy(),
            mock: string(&json, "mock"),
        })
    }

    /// Addresses of texts that are not needed at once.
    pub fn later_in(&self, language: &str) -> Vec<String> {
        let found = self.later.iter().find(|(tag, _)| tag == language);
        found.map(|(_, urls)| urls.clone()).unwrap_or_default()
    }

    /// Addresses of all texts in a language.
    pub fn texts_in(&self, language: &str) -> Vec<String> {
        let of = |all: &[(String, Vec<String>)]| {
            let found = all
                .iter()
                .find(|(tag, _)| tag == language)
                .or_else(|| all.first());
            found.map(|(_, urls)| urls.clone()).unwrap_or_default()
        };
        let mut urls = of(&self.locales);
        urls.extend(of(&self.texts));
        urls
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    if object.is_object() {
        Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
    } else {
        JsValue::UNDEFINED
    }
}

fn string(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

fn strings(array: &JsValue) -> Vec<String> {
    let array = array.dyn_ref::<js_sys::Array>();
    let strings = array.map(|array| array.iter().filter_map(|string| string.as_string()).collect());
    strings.unwrap_or_default()
}

fn pairs(array: &JsValue) -> Vec<(String, String)> {
    let pair = |pair: JsValue| {
        let [first, second] = strings(&pair).try_into().ok()?;
        Some((first, second))
    };
    let pairs = array
        .dyn_ref::<js_sys::Array>()
        .map(|array| array.iter().filter_map(pair).collect());
    pairs.unwrap_or_default()
}

fn by_language(object: &JsValue) -> Vec<(String, Vec<String>)> {
    let Some(object) = object.dyn_ref::<Object>() else {
        return Vec::new();
    };
    Object::entries(object)
        .iter()
        .filter_map(|entry| {
            let entry = entry.dyn_into::<js_sys::Array>().ok()?;
            Some((entry.get(0).as_string()?, strings(&entry.get(1))))
        })
        .collect()
}
