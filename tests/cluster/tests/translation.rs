//! Lines of the chat in another language: what pages get, whatever the operator's translator does.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{any, post},
};
use cluster::{Relay, Start};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::{net::TcpListener, time::Instant};

/// Questions that the relay has under way at once.
const AT_ONCE: usize = 8;

/// A translator that does what the text says.
#[derive(Clone, Default)]
struct Translator {
    questions: Arc<Mutex<Vec<Value>>>,
    /// Questions under way now, and the most there ever were.
    open: Arc<AtomicUsize>,
    most_open: Arc<AtomicUsize>,
    /// Requests to where it redirects.
    followed: Arc<AtomicUsize>,
}

impl Translator {
    async fn start(&self) -> Result<SocketAddr> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (asked, followed) = (self.clone(), self.clone());
        let routes = Router::new()
            .route(
                "/translate",
                post(move |body: Bytes| async move { asked.answer(&body).await }),
            )
            .route(
                "/elsewhere",
                any(move || async move {
                    followed.followed.fetch_add(1, Ordering::Relaxed);
                    json!({ "translatedText": "from elsewhere" }).to_string()
                }),
            );
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(address)
    }

    async fn answer(&self, body: &[u8]) -> Response {
        let question: Value = serde_json::from_slice(body).unwrap_or_default();
        let asked = question["q"].clone();
        self.noted().push(question);
        let good = |text: Value| json!({ "translatedText": text }).to_string().into_response();
        match asked.as_str() {
            Some("hang") => {
                let open = self.open.fetch_add(1, Ordering::Relaxed) + 1;
                self.most_open.fetch_max(open, Ordering::Relaxed);
                // Also when the one who asked has gone.
                let _leaves = Leaves(self.open.clone());
                std::future::pending().await
            }
            Some("fail") => (StatusCode::INTERNAL_SERVER_ERROR, "{\"translatedText\":\"a\"}").into_response(),
            Some("redirect") => {
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response()
            }
            Some("huge") => good(json!("a".repeat(20 << 20))),
            Some("long") => good(json!("a".repeat(5_000))),
            Some("page") => ([(header::CONTENT_TYPE, "text/html")], "<html><p>Hello").into_response(),
            Some("other") => json!({ "error": "no such language" }).to_string().into_response(),
            Some("empty") => good(json!("")),
            Some("more") => good(json!(["a", "b"])),
            Some("markup") => good(json!("<img src=x onerror=alert(1)>\u{202e}\u{0} now")),
            Some(text) => good(json!(format!("[{text}]"))),
            None => good(asked),
        }
    }

    fn asked(&self) -> Vec<Value> {
        self.noted().clone()
    }

    fn noted(&self) -> MutexGuard<'_, Vec<Value>> {
        self.questions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Leaves(Arc<AtomicUsize>);

impl Drop for Leaves {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn with(translator: SocketAddr) -> Start {
    Start::alone().with("--translate-url", &format!("http://{translator}"))
}

/// What a page of the relay gets: the status, and the answer's body.
async fn ask(relay: &Relay, body: &Value) -> Result<(u16, Value)> {
    let origin = format!("http://{}", relay.host());
    ask_from(relay, &[("Origin", &origin)], body).await
}

async fn ask_from(relay: &Relay, headers: &[(&str, &str)], body: &Value) -> Result<(u16, Value)> {
    let answer = relay
        .post_as("/api/translate", headers, &body.to_string())
        .await?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no head")?;
    let status = head.split(' ').nth(1).context("no status")?.parse()?;
    Ok((status, serde_json::from_str(body).unwrap_or_default()))
}

fn line(text: &str) -> Value {
    json!({ "source": "ko", "target": "en", "texts": [text] })
}

#[tokio::test]
async fn a_line_is_translated_and_nothing_but_the_line_is_told() -> Result<()> {
    let translator = Translator::default();
    let address = translator.start().await?;
    let relay = Relay::start(with(address).environment("RELAY_TRANSLATE_KEY", "sesame")).await?;
    let answer = ask(&relay, &line("안녕하세요")).await?;
    assert_eq!(answer, (200, json!({ "texts": ["[안녕하세요]"] })));
    assert_eq!(
        translator.asked(),
        [json!({ "q": "안녕하세요", "source": "ko", "target": "en", "format": "text", "api_key": "sesame" })]
    );
    let pieces = json!({ "source": "zh-Hans", "target": "ja", "texts": ["一", "二"] });
    assert_eq!(
        ask(&relay, &pieces).await?,
        (200, json!({ "texts": ["一", "二"] }))
    );
    let question = translator.asked().pop().context("a second question")?;
    assert_eq!(question["source"], "zh");
    assert_eq!(question["q"], json!(["一", "二"]));
    assert!((relay.metric("seoul_translations_asked_total").await? - 2.0).abs() < 0.5);
    assert!(relay.metric("seoul_translations_failed_total").await? < 0.5);
    Ok(())
}

#[tokio::test]
async fn a_translator_that_lies_gives_no_translation_and_markup_is_text() -> Result<()> {
    let translator = Translator::default();
    let relay = Relay::start(with(translator.start().await?).with("--exempt", "127.0.0.1")).await?;
    let lies = [
        "fail", "redirect", "huge", "long", "page", "other", "empty", "more",
    ];
    for lie in lies {
        assert_eq!(ask(&relay, &line(lie)).await?, (502, Value::Null), "{lie}");
    }
    assert_eq!(
        translator.followed.load(Ordering::Relaxed),
        0,
        "and is not followed anywhere"
    );
    let markup = ask(&relay, &line("markup")).await?;
    assert_eq!(
        markup,
        (200, json!({ "texts": ["<img src=x onerror=alert(1)> now"] }))
    );
    let failed = relay.metric("seoul_translations_failed_total").await?;
    assert!((failed - lies.len() as f64).abs() < 0.5, "{failed}");
    // One that nobody can reach is no worse.
    let nobody = Relay::start(Start::alone().with("--translate-url", "http://127.0.0.1:1")).await?;
    assert_eq!(ask(&nobody, &line("hello")).await?.0, 502);
    Ok(())
}

#[tokio::test]
async fn a_translator_that_hangs_is_asked_a_few_things_at_once_and_keeps_nobody_waiting() -> Result<()> {
    let translator = Translator::default();
    let relay = Relay::start(with(translator.start().await?).with("--exempt", "127.0.0.1")).await?;
    let began = Instant::now();
    let hanging = line("hang");
    let answers = join_all((0..3 * AT_ONCE).map(|_| ask(&relay, &hanging))).await;
    for answer in answers {
        assert_eq!(answer?.0, 502);
    }
    assert!(began.elapsed() < Duration::from_secs(9), "{:?}", began.elapsed());
    assert_eq!(translator.most_open.load(Ordering::Relaxed), AT_ONCE);
    assert_eq!(ask(&relay, &line("hello")).await?.0, 200, "and then goes on");
    Ok(())
}

#[tokio::test]
async fn only_pages_of_the_relay_may_ask_and_only_for_lines() -> Result<()> {
    let translator = Translator::default();
    let relay = Relay::start(with(translator.start().await?).with("--exempt", "127.0.0.1")).await?;
    assert_eq!(ask_from(&relay, &[], &line("hello")).await?.0, 403);
    let elsewhere = [("Origin", "https://evil.example")];
    assert_eq!(ask_from(&relay, &elsewhere, &line("hello")).await?.0, 403);
    for (status, wrong) in [
        (400, line("")),
        (400, line(&"a".repeat(301))),
        (
            400,
            json!({ "source": "ko", "target": "en", "texts": vec!["a"; 41] }),
        ),
        (400, json!({ "source": "ko", "target": "en", "texts": [] })),
        (400, json!({ "source": "../x", "target": "en", "texts": ["a"] })),
        (400, json!({ "source": "ko", "target": "tlh", "texts": ["a"] })),
        (422, json!({ "source": "ko" })),
        (413, line(&"a".repeat(5_000))),
    ] {
        assert_eq!(ask(&relay, &wrong).await?.0, status, "{wrong}");
    }
    assert!(translator.asked().is_empty());
    Ok(())
}

#[tokio::test]
async fn one_address_cannot_keep_the_translator_to_itself() -> Result<()> {
    let translator = Translator::default();
    let relay = Relay::start(with(translator.start().await?)).await?;
    let hello = line("hello");
    let answers = join_all((0..40).map(|_| ask(&relay, &hello))).await;
    let statuses: Vec<u16> = answers
        .into_iter()
        .map(|answer| answer.map(|(status, _)| status))
        .collect::<Result<_>>()?;
    assert!(statuses.contains(&200) && statuses.contains(&429), "{statuses:?}");
    assert!(translator.asked().len() < 30);
    Ok(())
}

#[tokio::test]
async fn without_a_translator_nothing_is_offered() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    assert_eq!(ask(&relay, &line("hello")).await?.0, 404);
    Ok(())
}
