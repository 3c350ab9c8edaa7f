//! One life of the engine: a worker, a canvas of its own, and the frames on their way between.
//!
//! The worker sets out first: its program is on the way while the page still makes room for the canvas.

use gloo_events::EventListener;
use js_sys::{Array, Object, Reflect, Uint8Array};
use shared::stage::{self, Command, Report};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlCanvasElement, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::ladder::Build;

/// Frames on their way at most: more would only make the picture older.
const MOST_UNDERWAY: u32 = 2;

/// Where a frame takes longer than this, in milliseconds, only one is on its way: a second would be old news.
const SLOW_FRAME_MS: f64 = 60.0;

/// What a life tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Sign {
    /// A report of the engine.
    Report(Report),
    /// The worker failed, or cannot draw on this device.
    Failed(String),
}

/// A canvas in the page. Dropping it takes it away.
pub struct Canvas(HtmlCanvasElement);

impl Drop for Canvas {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// A worker, and its canvas once there is room for one. Dropping it ends both.
pub struct Engine {
    worker: Worker,
    canvas: Option<Canvas>,
    _listeners: [EventListener; 2],
    underway: u32,
    /// How long the last frame took, in milliseconds.
    pub frame_ms: f64,
    /// Whether it is built and takes frames.
    pub ready: bool,
    /// Frames that it has drawn.
    pub frames: u32,
    /// When it last gave a sign, or was last asked for nothing.
    pub alive_ms: f64,
}

impl Engine {
    /// Starts a worker, which fetches the program of its build. An error when the browser cannot.
    pub fn load(url: &str, build: Build, now_ms: f64, on: &Callback<Sign>) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_name(build.name());
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(url, &options)?;

        let reports = on.clone();
        let failures = on.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else {
                    return;
                };
                if let Some(reason) = data.as_string() {
                    reports.emit(Sign::Failed(reason));
                } else if let Some(report) = stage::decode(&Uint8Array::new(&data).to_vec()) {
                    reports.emit(Sign::Report(report));
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                let message = Reflect::get(event, &"message".into())
                    .ok()
                    .and_then(|message| message.as_string());
                failures.emit(Sign::Failed(
                    message.unwrap_or_else(|| "the engine's worker failed".to_owned()),
                ));
            }),
        ];
        Ok(Self {
            worker,
            canvas: None,
            _listeners: listeners,
            underway: 0,
            frame_ms: 0.0,
            ready: false,
            frames: 0,
            alive_ms: now_ms,
        })
    }

    /// Whether it has a canvas.
    pub fn is_open(&self) -> bool {
        self.canvas.is_some()
    }

    /// Gives it a new canvas in `host`, and replays the commands, [`Command::Size`] being the first. An error when the
    /// browser cannot.
    pub fn open(&mut self, host: &Element, label: &str, commands: &[Command]) -> Result<(), JsValue> {
        let document = host.owner_document().ok_or("no document")?;
        let element: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
        element.set_attribute("role", "img")?;
        element.set_attribute("aria-label", label)?;
        host.append_child(&element)?;
        let mut canvas = Some(element.transfer_control_to_offscreen()?);
        self.canvas = Some(Canvas(element));
        for command in commands {
            let message = Object::new();
            Reflect::set(
                &message,
                &"command".into(),
                &Uint8Array::from(stage::encode(command).as_slice()),
            )?;
            let transfer = Array::new();
            if let Some(canvas) = canvas.take() {
                Reflect::set(&message, &"canvas".into(), &canvas)?;
                transfer.push(&canvas);
            }
            self.worker.post_message_with_transfer(&message, &transfer)?;
        }
        Ok(())
    }

    /// Ends the worker. What its canvas showed last is left over.
    pub fn end(mut self) -> Option<Canvas> {
        self.canvas.take()
    }

    /// Passes a command on.
    pub fn command(&self, command: &Command) {
        let message = Object::new();
        let bytes = Uint8Array::from(stage::encode(command).as_slice());
        if Reflect::set(&message, &"command".into(), &bytes).is_ok() {
            let _ = self.worker.post_message(&message);
        }
    }

    /// Whether a frame can be taken now.
    pub fn has_room(&self) -> bool {
        self.ready
            && self.underway
                < if self.frame_ms > SLOW_FRAME_MS {
                    1
                } else {
                    MOST_UNDERWAY
                }
    }

    /// Hands a frame over.
    pub fn post(&mut self, frame: &stage::Frame, now_ms: f64) {
        let buffer = Uint8Array::from(frame.encode().as_slice()).buffer();
        let message = Object::new();
        let posted = Reflect::set(&message, &"frame".into(), &buffer).and_then(|_| {
            self.worker
                .post_message_with_transfer(&message, &Array::of1(&buffer))
        });
        if posted.is_ok() {
            if self.underway == 0 {
                self.alive_ms = now_ms;
            }
            self.underway += 1;
        }
    }

    /// A frame came back drawn.
    pub fn drawn(&mut self, now_ms: f64) {
        self.underway = self.underway.saturating_sub(1);
        self.frame_ms = now_ms - self.alive_ms;
        self.frames = self.frames.saturating_add(1);
        self.alive_ms = now_ms;
    }

    /// Whether an answer is due.
    pub fn owes(&self) -> bool {
        !self.ready || self.underway > 0
    }

    /// Names the picture for those who do not see it.
    pub fn label(&self, label: &str) {
        if let Some(Canvas(element)) = &self.canvas {
            let _ = element.set_attribute("aria-label", label);
        }
    }

    /// Makes the engine lose its context: for tests.
    pub fn lose(&self) {
        let message = Object::new();
        if Reflect::set(&message, &"lose".into(), &JsValue::TRUE).is_ok() {
            let _ = self.worker.post_message(&message);
        }
    }

    /// Ends the worker as a crash of it would: for tests.
    pub fn kill(&self) {
        self.worker.terminate();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
