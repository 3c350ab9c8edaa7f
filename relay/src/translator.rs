//! Asks the translator that the operator has named (`--translate-url`): a server that speaks as LibreTranslate does.
//!
//! In: a few short texts and two languages. Out: as many texts, cleaned as chat lines are, or why there are none. Whatever
//! that server does, it keeps nobody here waiting for long, and what it sends is plain text: no redirect is followed, and
//! nothing is read beyond what a translation can need.

use std::time::Duration;

use anyhow::Context as _;
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use shared::text::clean_translation;
use tokio::{sync::Semaphore, time::timeout};

use crate::options::ServeOptions;

/// How long a visitor is kept waiting.
const WITHIN: Duration = Duration::from_secs(5);

/// Questions under way at once; further ones wait, no longer than that.
const AT_ONCE: usize = 8;

/// The largest answer that is read: some ten times what the longest line can become.
const ANSWER_BYTES: usize = 32 << 10;

/// A translator.
pub struct Translator {
    way: Way,
    /// Where it translates.
    uri: Uri,
    key: Option<String>,
    places: Semaphore,
}

/// How it is reached.
enum Way {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

/// Why there is no translation.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It took too long.
    #[error("no answer within {WITHIN:?}")]
    Slow,
    /// It cannot be reached, or broke off.
    #[error("it cannot be reached")]
    Unreachable(#[from] hyper_util::client::legacy::Error),
    /// It answered with something else than a translation.
    #[error("it answered with status {0}")]
    Status(StatusCode),
    /// Its answer broke off, or is too long.
    #[error("its answer cannot be read")]
    Unreadable(#[from] Box<dyn std::error::Error + Send + Sync>),
    /// Its answer holds no translation of what was asked.
    #[error("its answer is no translation")]
    NotUnderstood,
}

impl Translator {
    /// The one that the options name; none where they name none.
    pub fn new(options: &ServeOptions) -> anyhow::Result<Option<Self>> {
        let Some(uri) = &options.translate_url else {
            return Ok(None);
        };
        let clients = Client::builder(TokioExecutor::new());
        let way = if uri.scheme_str() == Some("https") {
            let builder = HttpsConnectorBuilder::new()
                .with_native_roots()
                .context("an https translator needs this system's certificates (Debian: ca-certificates)")?;
            Way::Tls(clients.build(builder.https_only().enable_http1().build()))
        } else {
            Way::Plain(clients.build(HttpConnector::new()))
        };
        Ok(Some(Self {
            way,
            uri: uri.clone(),
            key: options.translate_key.clone(),
            places: Semaphore::new(AT_ONCE),
        }))
    }

    /// Translates some texts from one language into another, by their tags.
    pub async fn translate(&self, texts: &[String], from: &str, to: &str) -> Result<Vec<String>, Failure> {
        let answered = async {
            // The semaphore is never closed.
            let _place = self.places.acquire().await.map_err(|_| Failure::Slow)?;
            let answer = self.ask(self.question(texts, from, to)).await?;
            if answer.status() != StatusCode::OK {
                return Err(Failure::Status(answer.status()));
            }
            let body = Limited::new(answer.into_body(), ANSWER_BYTES).collect().await?;
            translations(&body.to_bytes(), texts.len()).ok_or(Failure::NotUnderstood)
        };
        timeout(WITHIN, answered).await.unwrap_or(Err(Failure::Slow))
    }

    async fn ask(&self, question: Vec<u8>) -> Result<Response<Incoming>, Failure> {
        let mut request = Request::new(Full::from(question));
        *request.method_mut() = axum::http::Method::POST;
        *request.uri_mut() = self.uri.clone();
        let mime = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::CONTENT_TYPE, mime.clone());
        request.headers_mut().insert(header::ACCEPT, mime);
        let answer = match &self.way {
            Way::Plain(client) => client.request(request),
            Way::Tls(client) => client.request(request),
        };
        Ok(answer.await?)
    }

    fn question(&self, texts: &[String], from: &str, to: &str) -> Vec<u8> {
        let mut question = json!({
            // Not every such server understands a list.
            "q": if let [text] = texts { json!(text) } else { json!(texts) },
            "source": code(from),
            "target": code(to),
            "format": "text",
        });
        if let Some(key) = &self.key {
            question["api_key"] = json!(key);
        }
        question.to_string().into_bytes()
    }
}

/// What these servers call a language: by its first letters alone, and Chinese in traditional writing by a name of its own.
fn code(tag: &str) -> &str {
    if tag.eq_ignore_ascii_case("zh-Hant") {
        return "zt";
    }
    tag.split('-').next().unwrap_or_default()
}

/// So many translations from the body of an answer.
fn translations(body: &[u8], count: usize) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let texts = match answer.get("translatedText")? {
        Value::Array(texts) => texts.as_slice(),
        text => std::slice::from_ref(text),
    };
    let texts: Option<Vec<String>> = texts
        .iter()
        .map(|text| clean_translation(text.as_str()?))
        .collect();
    texts.filter(|texts| texts.len() == count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_as_translators_name_them() {
        for (tag, name) in [
            ("ko", "ko"),
            ("zh-Hans", "zh"),
            ("zh-Hant", "zt"),
            ("pt-BR", "pt"),
        ] {
            assert_eq!(code(tag), name);
        }
    }

    #[test]
    fn an_answer_is_as_many_plain_texts_as_were_asked_for() {
        let one = |body: &str| translations(body.as_bytes(), 1);
        assert_eq!(
            one(r#"{"translatedText":" a\u0000\u202e <b>\n b "}"#),
            Some(vec!["a <b> b".to_owned()])
        );
        assert_eq!(one(r#"{"translatedText":["a"]}"#), Some(vec!["a".to_owned()]));
        let long = format!(r#"{{"translatedText":"{}"}}"#, "a".repeat(2_000));
        for wrong in [
            "",
            "<html>",
            "[]",
            r#""a""#,
            r#"{"error":"no such language"}"#,
            r#"{"translatedText":null}"#,
            r#"{"translatedText":{"a":"b"}}"#,
            r#"{"translatedText":""}"#,
            r#"{"translatedText":["a","b"]}"#,
            r#"{"translatedText":[]}"#,
            &long,
        ] {
            assert_eq!(one(wrong), None, "{wrong}");
        }
    }
}
