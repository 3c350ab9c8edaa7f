//! What the relay gives beside the world: previews, QR codes, frames, plain pages, the manifest.

use anyhow::{Context as _, Result};
use cluster::{Relay, Start};
use serde_json::Value;

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

fn json(answer: &str) -> Result<Value> {
    serde_json::from_str(body(answer)).with_context(|| answer.to_owned())
}

/// The content of an Open Graph element.
fn told<'a>(page: &'a str, property: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<meta property=\"{property}\" content=\""))?;
    rest.split('"').next()
}

#[tokio::test]
async fn a_link_tells_messengers_its_whole_address_and_a_picture_that_is_there() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let page = relay.get("/downtown/sungnyemun?lang=en&channel=2").await?;
    let here = format!("http://{}", relay.host());
    assert_eq!(
        told(&page, "og:url"),
        Some(format!("{here}/downtown/sungnyemun").as_str())
    );
    assert_eq!(told(&page, "og:title"), Some("Sungnyemun Gate"));
    let picture = told(&page, "og:image").context("no picture")?;
    let path = picture.strip_prefix(&here).context("not a whole address")?;
    let answer = relay.get(path).await?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{picture}");
    assert_eq!(header(&answer, "content-type"), Some("image/jpeg"));
    Ok(())
}

#[tokio::test]
async fn only_a_trusted_proxy_is_believed_to_end_tls_and_an_option_decides_before_both() -> Result<()> {
    let headers = [("Host", "seoul.example"), ("X-Forwarded-Proto", "https")];
    for (start, url) in [
        (Start::alone(), "http://seoul.example/downtown/ddp"),
        (
            Start::alone().with("--trust-proxy", "127.0.0.1"),
            "https://seoul.example/downtown/ddp",
        ),
        (
            Start::alone().with("--origin", "https://city.example/"),
            "https://city.example/downtown/ddp",
        ),
    ] {
        let relay = Relay::start(start).await?;
        let page = relay.get_as("/downtown/ddp", &headers).await?;
        assert_eq!(told(&page, "og:url"), Some(url));
    }
    let relay = Relay::start(Start::alone()).await?;
    let page = relay
        .get_as("/downtown/ddp", &[("Host", "x\"><script>alert(1)</script>")])
        .await?;
    assert!(told(&page, "og:url").is_none() && !page.contains("alert(1)"));
    Ok(())
}

#[tokio::test]
async fn a_spot_has_a_qr_code_and_what_is_no_spot_has_none() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let answer = relay.get("/qr/downtown/sungnyemun.svg?channel=2").await?;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(header(&answer, "content-type"), Some("image/svg+xml"));
    assert_ne!(
        body(&answer),
        body(&relay.get("/qr/downtown/sungnyemun.svg?channel=3").await?)
    );
    assert_eq!(
        body(&relay.get("/qr/downtown/sungnyemun.svg").await?),
        body(&relay.get("/qr/downtown/sungnyemun.svg?channel=999").await?)
    );
    for nothing in [
        "/qr/downtown/nowhere.svg",
        "/qr/nowhere/sungnyemun.svg",
        "/qr/downtown/sungnyemun",
    ] {
        assert!(relay.get(nothing).await?.starts_with("HTTP/1.1 404"), "{nothing}");
    }
    Ok(())
}

#[tokio::test]
async fn without_an_option_no_site_may_frame_a_page_and_oembed_offers_a_link() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let page = relay.get("/downtown/sungnyemun").await?;
    assert!(
        header(&page, "content-security-policy")
            .context("no policy")?
            .contains("frame-ancestors 'none'")
    );
    assert_eq!(header(&page, "x-frame-options"), Some("DENY"));
    let (_, link) = page
        .split_once("type=\"application/json+oembed\"")
        .context("no link to oEmbed")?;
    let link = link
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .context("no address")?;
    let here = format!("http://{}", relay.host());
    let told = json(&relay.get(link.strip_prefix(&here).context("not here")?).await?)?;
    assert_eq!((&told["version"], &told["type"]), (&"1.0".into(), &"link".into()));
    assert!(
        told["html"].is_null()
            && told["thumbnail_url"]
                .as_str()
                .is_some_and(|url| url.starts_with(&here))
    );
    Ok(())
}

#[tokio::test]
async fn the_sites_that_are_named_may_frame_a_page_and_oembed_gives_the_frame() -> Result<()> {
    let sites = "https://news.example,https://blog.example:8443";
    let relay = Relay::start(Start::alone().with("--embed-from", sites)).await?;
    let page = relay.get("/downtown/sungnyemun").await?;
    let policy = header(&page, "content-security-policy").context("no policy")?;
    assert!(
        policy.contains("frame-ancestors 'self' https://news.example https://blog.example:8443;"),
        "{policy}"
    );
    assert_eq!(header(&page, "x-frame-options"), None);
    // A file is no page.
    assert_eq!(
        header(&relay.get("/healthz").await?, "x-frame-options"),
        Some("DENY")
    );

    let ask = |url: &str, more: &str| {
        format!(
            "/oembed?url={}{more}",
            url.replace(':', "%3A").replace('/', "%2F")
        )
    };
    let url = format!("http://{}/downtown/sungnyemun?channel=2", relay.host());
    let told = json(&relay.get(&ask(&url, "&maxwidth=400&maxheight=300")).await?)?;
    assert_eq!(
        (&told["type"], &told["width"], &told["height"]),
        (&"rich".into(), &400.into(), &300.into())
    );
    let html = told["html"].as_str().context("no frame")?;
    assert!(
        html.contains(&format!(
            "<iframe src=\"http://{}/downtown/sungnyemun\" width=\"400\" height=\"300\"",
            relay.host()
        )),
        "{html}"
    );
    let nowhere = format!("http://{}/downtown/nowhere", relay.host());
    for (url, more, status) in [
        ("https://elsewhere.example/downtown/sungnyemun", "", 404),
        (nowhere.as_str(), "", 404),
        ("javascript:alert(1)", "", 404),
        (url.as_str(), "&format=xml", 501),
    ] {
        let answer = relay.get(&ask(url, more)).await?;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{url}{more}: {answer}"
        );
    }
    assert!(relay.get("/oembed").await?.starts_with("HTTP/1.1 400"));
    Ok(())
}

#[tokio::test]
async fn plain_pages_come_in_the_readers_language_without_any_script() -> Result<()> {
    let relay = Relay::start(Start::alone().with("--contact", "help@seoul.example")).await?;
    for (accepted, asked, title) in [
        ("ko-KR,ko;q=0.9", "", "이용 약속"),
        ("ko", "?lang=ja", "利用のきまり"),
        ("zh-TW", "", "使用规则"),
        ("fr, en;q=0.5", "", "Rules of use"),
        ("xx", "?lang=klingon", "이용 약속"),
    ] {
        let page = relay
            .get_as(&format!("/rules{asked}"), &[("Accept-Language", accepted)])
            .await?;
        assert!(
            page.starts_with("HTTP/1.1 200") && page.contains(&format!("<h1>{title}</h1>")),
            "{page}"
        );
        assert!(!page.contains("<script") && page.contains("mailto:help@seoul.example"));
        let policy = header(&page, "content-security-policy").context("no policy")?;
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
    }
    // What the reader has chosen in the city stays chosen, and nothing else can be written into the page.
    let page = relay.get("/privacy?lang=en&colours=high&text=200").await?;
    assert!(page.contains("<html lang=\"en\" data-colours=\"high\" data-text=\"200\">"));
    assert!(page.contains("href=\"/rules?lang=en&amp;colours=high&amp;text=200\""));
    let page = relay.get("/privacy?colours=%22%3E%3Cscript%3E&text=300").await?;
    assert!(page.contains("<html lang=\"ko\">"), "{page}");
    Ok(())
}

#[tokio::test]
async fn the_manifest_speaks_the_readers_language_and_names_icons_that_are_there() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let manifest = json(&relay.get("/app.webmanifest?lang=ja").await?)?;
    assert_eq!(
        (&manifest["name"], &manifest["lang"]),
        (&"メタバースソウル".into(), &"ja".into())
    );
    let icons = manifest["icons"].as_array().context("no icons")?;
    for icon in icons {
        let answer = relay.get(icon["src"].as_str().context("no address")?).await?;
        assert!(answer.starts_with("HTTP/1.1 200"), "{icon}");
        assert_eq!(header(&answer, "content-type"), icon["type"].as_str());
    }
    for shortcut in manifest["shortcuts"].as_array().context("no shortcuts")? {
        let answer = relay.get(shortcut["url"].as_str().context("no address")?).await?;
        assert!(answer.starts_with("HTTP/1.1 200"), "{shortcut}");
    }
    Ok(())
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_and_leads_in_all_the_same() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let long = format!("/downtown/{}?{}", "x".repeat(8_000), "y".repeat(8_000));
    for path in [
        "/nowhere",
        "/downtown/nowhere",
        "/downtown/sungnyemun/more",
        &long,
    ] {
        let page = relay
            .get(&format!(
                "{path}{}",
                if path.contains('?') {
                    "&lang=en"
                } else {
                    "?lang=en"
                }
            ))
            .await?;
        assert!(page.starts_with("HTTP/1.1 404"), "{path}");
        assert!(page.contains("What this link leads to is not there"), "{path}");
        assert!(page.contains("<h1>Seoul Plaza</h1>"), "{path}");
    }
    let page = relay.get("/downtown/sungnyemun?lang=en").await?;
    assert!(page.starts_with("HTTP/1.1 200") && !page.contains("What this link leads to"));
    Ok(())
}
