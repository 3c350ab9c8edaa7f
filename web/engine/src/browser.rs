//! Messages of the page to the stage, and reports back.

use std::cell::RefCell;

use engine::gpu::{self, Acquired, Canvas, Gpu};
use engine::place::PlaceModel;
use engine::stage::Stage;
use engine::targets::Budget;
use js_sys::{JsString, Reflect, Uint8Array};
use shared::city::City;
use shared::stage::{self, Command, Frame, Quality, Report};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};
use web_sys::{DedicatedWorkerGlobalScope, OffscreenCanvas, WebGl2RenderingContext, WebglLoseContext};

/// How far this worker's life has come.
enum Phase {
    /// Nothing has come yet.
    New,
    /// The device is being opened: what comes meanwhile waits.
    Opening(Vec<JsValue>),
    /// Draws.
    Running(Box<Running>),
    /// Has reported its end: what comes is not for it any more.
    Lost,
}

/// What a running worker holds.
struct Running {
    canvas: Canvas,
    gpu: Gpu,
    size: (u32, u32),
    adapter: String,
    quality: Quality,
    stage: Option<Stage>,
}

impl Running {
    /// Gives the canvas the pixels that the quality allows, more while the camera stands still; its style stretches
    /// it over the same place.
    fn fit(&mut self, still: bool) {
        let (width, height) = Budget::of(self.quality).fit(self.size, still);
        self.canvas.resize(&self.gpu, width, height);
    }
}

thread_local! {
    static PHASE: RefCell<Phase> = const { RefCell::new(Phase::New) };
    static CANVAS: RefCell<Option<OffscreenCanvas>> = const { RefCell::new(None) };
}

/// Tells whoever changes the code why it panicked. In a bundle for visitors a panic is a trap without words, which the page
/// hears of as an error of its worker.
pub fn start() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| {
        report(&Report::Lost {
            reason: info.to_string(),
        });
    }));
}

/// Takes one message of the page.
#[wasm_bindgen]
// What JavaScript calls is given its values.
#[allow(clippy::needless_pass_by_value)]
pub fn receive(message: JsValue) {
    let waits = PHASE.with_borrow_mut(|phase| match phase {
        Phase::Opening(queue) => {
            queue.push(message.clone());
            true
        }
        Phase::Lost => true,
        Phase::New | Phase::Running(_) => false,
    });
    if !waits {
        handle(&message);
    }
}

fn handle(message: &JsValue) {
    let field = |name: &str| {
        Reflect::get(message, &JsString::from(name))
            .ok()
            .filter(JsValue::is_truthy)
    };
    if field("lose").is_some() {
        lose();
    } else if let Some(bytes) = field("frame") {
        match Frame::decode(&Uint8Array::new(&bytes).to_vec()) {
            Some(frame) => draw(&frame),
            None => lost("a frame that cannot be read".into()),
        }
    } else if let Some(bytes) = field("command") {
        match stage::decode(&Uint8Array::new(&bytes).to_vec()) {
            Some(command) => obey(command, field("canvas")),
            None => lost("a command that cannot be read".into()),
        }
    }
}

fn obey(command: Command, canvas: Option<JsValue>) {
    match (command, canvas) {
        (Command::Size { width, height }, Some(canvas)) => open(canvas.unchecked_into(), (width, height)),
        (command, _) => PHASE.with_borrow_mut(|phase| {
            let Phase::Running(running) = phase else { return };
            match command {
                Command::Size { width, height } => {
                    running.size = (width, height);
                    running.fit(false);
                }
                Command::Quality(quality) => {
                    running.quality = bearable(quality, &running.adapter);
                    running.fit(false);
                    if let Some(stage) = &mut running.stage {
                        stage.set_quality(running.quality);
                    }
                }
                Command::WithoutLevels => {
                    if let Some(stage) = &mut running.stage {
                        stage.leave_levels_out();
                    }
                }
                Command::Place { city, place } => match show(running, &city, &place) {
                    Ok(()) => report(&Report::Ready {
                        adapter: running.adapter.clone(),
                    }),
                    Err(reason) => report(&Report::Lost { reason }),
                },
            }
        }),
    }
}

fn show(running: &mut Running, city: &[u8], place: &str) -> Result<(), String> {
    let City {
        id,
        places,
        utc_offset_min,
        ..
    } = City::decode(city).map_err(|error| error.to_string())?;
    let place = places.into_iter().find(|known| known.id == place);
    let place = place.ok_or_else(|| format!("the city {id} has no such place"))?;
    let model = PlaceModel::new(place, utc_offset_min);
    let stage = running
        .stage
        .get_or_insert_with(|| Stage::new(&running.gpu, running.canvas.view_format, running.quality));
    stage.set_place(model);
    Ok(())
}

fn draw(frame: &Frame) {
    PHASE.with_borrow_mut(|phase| {
        let Phase::Running(running) = phase else { return };
        let sharp = Budget::of(running.quality).fit(running.size, true);
        let still = running
            .stage
            .as_mut()
            .is_some_and(|stage| stage.watch(&frame.header, sharp));
        running.fit(still);
        let Running {
            canvas,
            gpu,
            stage: Some(stage),
            ..
        } = &mut **running
        else {
            return;
        };
        let from = now_ms();
        let drawn = match canvas.acquire(gpu) {
            Acquired::Frame(picture) => {
                let drawn = stage.draw(frame, &canvas.view(&picture), canvas.size());
                gpu.queue.present(picture);
                drawn
            }
            Acquired::NotNow => engine::stage::Drawn::default(),
            Acquired::Lost(reason) => return report(&Report::Lost { reason }),
        };
        let done = Report::Drawn {
            sequence: frame.header.sequence,
            cpu_ms: (now_ms() - from) as f32,
            draws: drawn.draws,
            triangles: drawn.triangles,
        };
        // WebGPU takes any number of frames before it has drawn one: told at once, the page would go on handing over frames
        // that are seconds old when they are seen. WebGL holds back by itself.
        #[cfg(feature = "webgpu")]
        gpu.queue.on_submitted_work_done(move || report(&done));
        #[cfg(not(feature = "webgpu"))]
        report(&done);
    });
}

fn open(canvas: OffscreenCanvas, size: (u32, u32)) {
    PHASE.set(Phase::Opening(Vec::new()));
    let on_lost = Closure::<dyn FnMut()>::new(|| lost("the browser took the WebGL context away".into()));
    // Only says that it cannot listen when the event's name is no string.
    let _ = canvas.add_event_listener_with_callback("webglcontextlost", on_lost.as_ref().unchecked_ref());
    on_lost.forget();
    canvas.set_width(size.0.max(1));
    canvas.set_height(size.1.max(1));
    CANVAS.set(Some(canvas.clone()));
    wasm_bindgen_futures::spawn_local(async move {
        match opened(canvas, size).await {
            Ok(running) => {
                let queue = PHASE.replace(Phase::Running(Box::new(running)));
                if let Phase::Opening(queue) = queue {
                    queue.into_iter().for_each(receive);
                }
            }
            Err(error) => lost(error.to_string()),
        }
    });
}

async fn opened(canvas: OffscreenCanvas, size: (u32, u32)) -> Result<Running, gpu::GpuError> {
    let instance = gpu::instance();
    let surface = instance
        .create_surface(wgpu::SurfaceTarget::OffscreenCanvas(canvas))
        .map_err(|error| gpu::GpuError::NoSurface(error.to_string()))?;
    let (adapter, gpu) = gpu::open(&instance, Some(&surface), lost).await?;
    let canvas = Canvas::new(surface, &adapter, size)?;
    let adapter_name = adapter_name(&gpu);
    let quality = bearable(Quality::default(), &adapter_name);
    let mut running = Running {
        adapter: adapter_name,
        canvas,
        gpu,
        size: (size.0.max(1), size.1.max(1)),
        quality,
        stage: None,
    };
    running.fit(false);
    Ok(running)
}

/// Adapters that are no hardware, by a word of their names.
const SOFTWARE: [&str; 5] = ["swiftshader", "llvmpipe", "softpipe", "basic render", "software"];

/// What an adapter without hardware can bear of the asked quality: there, several samples a pixel alone cost a second.
fn bearable(asked: Quality, adapter: &str) -> Quality {
    // Without the tables of all scripts that `to_lowercase` and `contains` would bring along.
    let names = |word: &&str| {
        let mut parts = adapter.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    if SOFTWARE.iter().any(names) {
        Quality::Low
    } else {
        asked
    }
}

/// The adapter's name; WebGPU tells a vendor and an architecture where it keeps the name to itself.
fn adapter_name(gpu: &Gpu) -> String {
    #[cfg(feature = "webgpu")]
    if let Some(device) = gpu.device.as_webgpu() {
        let get = |of: &JsValue, name: &str| Reflect::get(of, &JsString::from(name)).unwrap_or_default();
        let info = get(device.as_ref(), "adapterInfo");
        let words = ["vendor", "architecture", "description"].map(|name| get(&info, name).as_string());
        let words: Vec<String> = words
            .into_iter()
            .flatten()
            .filter(|word| !word.is_empty())
            .collect();
        if !words.is_empty() {
            return words.join(" ");
        }
    }
    gpu.adapter.clone()
}

/// Tells the page that this worker's picture is over.
fn lost(reason: String) {
    report(&Report::Lost { reason });
    // A loss that is told while a frame is being drawn leaves the phase as it is: the page ends the worker anyway.
    PHASE.with(|phase| {
        if let Ok(mut phase) = phase.try_borrow_mut()
            && !matches!(*phase, Phase::Lost)
        {
            // What is running is not dropped but left: its context is gone.
            std::mem::forget(std::mem::replace(&mut *phase, Phase::Lost));
        }
    });
}

/// Makes the graphics context go, for tests of what the page does then.
fn lose() {
    let context = CANVAS.with_borrow(|canvas| {
        canvas
            .as_ref()
            .and_then(|canvas| canvas.get_context("webgl2").ok()?)
    });
    let extension = context
        .and_then(|context| context.dyn_into::<WebGl2RenderingContext>().ok())
        .and_then(|context| context.get_extension("WEBGL_lose_context").ok()?);
    if let Some(extension) = extension {
        extension.unchecked_into::<WebglLoseContext>().lose_context();
        return;
    }
    let device = PHASE.with_borrow(|phase| match phase {
        Phase::Running(running) => Some(running.gpu.device.clone()),
        _ => None,
    });
    if let Some(device) = device {
        device.destroy();
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn now_ms() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

fn report(report: &Report) {
    let bytes = Uint8Array::from(stage::encode(report).as_slice());
    // Posting a plain array of bytes fails only when the page is gone.
    let _ = scope().post_message(&bytes);
}
