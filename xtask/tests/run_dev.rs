//! `cargo xtask run --dev` in a copy of the checkout: whatever is broken there is told, and served again once mended.
//!
//! The browser's crates are not built: a page that only says which city it is takes their bundle's place.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Where the relay writes which city it is.
const PAGE: &str = "<!doctype html><html lang=\"ko\"><head><title></title><!--boot--></head><body><!--first--></body></html>";

/// A relay may have to be built first, on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(10);

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What is printed when something is wrong.
const WAITS: &str = "waiting for the next change";

#[test]
fn what_is_broken_is_told_and_served_again_once_mended() {
    let checkout = Checkout::copy();
    let whole_page = checkout.take_away("dist");
    let trunk = checkout.broken("Trunk.toml");
    let port = free_port();
    let mut dev = Dev::start(&checkout, port);

    dev.says("building the browser bundle");
    dev.says(WAITS);
    assert!(
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err(),
        "nothing to serve yet"
    );

    fs::rename(whole_page, checkout.root.join("dist")).unwrap();
    checkout.write("Trunk.toml", &trunk);
    dev.says(&format!("serving http://127.0.0.1:{port}"));
    let first = city_of(port).unwrap();

    let manifest = checkout.broken("assets/cities/seoul/manifest.json");
    dev.says("manifest.json");
    dev.says(WAITS);
    assert_eq!(
        city_of(port),
        Some(first.clone()),
        "the last sound city goes on being served"
    );

    let changed = |by: &str| manifest.replacen("\"attribution\": \"", &format!("\"attribution\": \"{by}"), 1);
    checkout.write("assets/cities/seoul/manifest.json", &changed("Changed. "));
    dev.says("serving http://");
    let second = city_of(port).unwrap();
    assert_ne!(second, first, "what a page asks for tells it of the change");

    dev.kill_relay();
    dev.says("the relay ended by itself");
    dev.says(WAITS);
    checkout.write("assets/cities/seoul/manifest.json", &changed("Changed again. "));
    dev.says("serving http://");
    assert_ne!(city_of(port).unwrap(), second);
}

/// A copy of this checkout, with a bundle in it.
struct Checkout {
    root: PathBuf,
}

impl Checkout {
    /// Always in the same place, so that cargo finds what it built for an earlier copy.
    fn copy() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("run_dev");
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        copy(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(), &root);
        let checkout = Self { root };
        checkout.bundle();
        checkout
    }

    /// Makes a bundle for the sources as they are, by what Trunk calls at its end.
    fn bundle(&self) {
        for (name, content) in [
            ("index.html", PAGE),
            ("worker.js", ""),
            ("mock_worker.js", ""),
            ("engine_webgl.js", ""),
            ("engine_webgl_bg.wasm", ""),
        ] {
            self.write(&format!("dist/{name}"), content);
        }
        let finished = self
            .xtask()
            .arg("bundle")
            .env("TRUNK_STAGING_DIR", self.root.join("dist"))
            .env_remove("TRUNK_PROFILE")
            .env_remove("XTASK_SOURCES")
            .status()
            .unwrap();
        assert!(finished.success());
    }

    /// `cargo xtask`, as if it had been typed here.
    fn xtask(&self) -> Command {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        xtask
            .env("CARGO_MANIFEST_DIR", self.root.join("xtask"))
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap(),
            )
            .current_dir(&self.root);
        xtask
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Saves a file half written; the answer is what it was.
    fn broken(&self, name: &str) -> String {
        let whole = fs::read_to_string(self.root.join(name)).unwrap();
        self.write(name, &whole[..=whole.find(['{', '"']).unwrap()]);
        whole
    }

    /// Puts something where nobody looks for it; the answer is where.
    fn take_away(&self, name: &str) -> PathBuf {
        let away = self.root.join(format!("{name}-away"));
        fs::rename(self.root.join(name), &away).unwrap();
        away
    }
}

/// Copies what belongs to a checkout, with the times at which it was changed: cargo goes by them.
fn copy(from: &Path, to: &Path) {
    const MADE_HERE: &[&str] = &[".git", "target", "dist", "node_modules"];
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        let name = entry.file_name();
        if MADE_HERE.iter().any(|made| name == *made) || path.join("CACHEDIR.TAG").exists() {
            continue;
        }
        if kind.is_dir() {
            copy(&path, &to.join(name));
        } else if kind.is_file() {
            fs::copy(&path, to.join(&name)).unwrap();
            let changed = entry.metadata().unwrap().modified().unwrap();
            fs::File::options()
                .write(true)
                .open(to.join(&name))
                .and_then(|copy| copy.set_modified(changed))
                .unwrap();
        }
    }
}

/// A running `cargo xtask run --dev`, ended with everything it started when the test is over.
struct Dev {
    process: Child,
    printed: Arc<Mutex<String>>,
    /// How much of it was looked at.
    read: usize,
}

impl Dev {
    fn start(checkout: &Checkout, port: u16) -> Self {
        let data = checkout.root.join("state");
        let mut process = checkout
            .xtask()
            .args(["run", "--dev", "--port", &port.to_string(), "--", "--data"])
            .arg(data)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let printed = Arc::new(Mutex::new(String::new()));
        keep(process.stdout.take().unwrap(), printed.clone());
        keep(process.stderr.take().unwrap(), printed.clone());
        Self {
            process,
            printed,
            read: 0,
        }
    }

    /// Waits for words, after those that were waited for before.
    fn says(&mut self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let printed = self.printed.lock().unwrap().clone();
            if let Some(at) = printed[self.read..].find(words) {
                self.read += at + words.len();
                return;
            }
            let ended = self.process.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < deadline,
                "{words:?} was not said ({ended:?}). All that was said:\n{printed}"
            );
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Ends the one process that it started and that still runs.
    fn kill_relay(&self) {
        let id = self.process.id();
        let relay = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        let killed = Command::new("kill")
            .args(["-s", "KILL", relay.trim()])
            .status()
            .unwrap();
        assert!(killed.success());
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-s", "TERM", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// Collects the lines of a process in the order in which they come.
fn keep(output: impl Read + Send + 'static, printed: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let mut printed = printed.lock().unwrap();
            printed.push_str(&line);
            printed.push('\n');
        }
    });
}

/// The address of the city that the page asks for, if the page is served.
fn city_of(port: u16) -> Option<String> {
    let mut relay = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    write!(
        relay,
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut page = String::new();
    relay.read_to_string(&mut page).ok()?;
    let (_, city) = page.split_once("\"city\":\"")?;
    city.split('"').next().map(str::to_owned)
}

/// Below the ports that the system gives to whoever connects, and beside those of other tests.
fn free_port() -> u16 {
    (28_000..30_000)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .unwrap()
}
