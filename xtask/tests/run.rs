//! What `cargo xtask run` says, and when.

use std::{
    io::{BufRead as _, BufReader},
    net::{Ipv4Addr, TcpListener},
    process::{Command, Stdio},
};

fn xtask() -> Command {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
}

#[test]
fn a_port_in_use_is_told_before_anything_is_built() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    for dev in [&[][..], &["--dev"]] {
        let output = xtask().args(["run", "--port", &port]).args(dev).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains(&format!("port {port} is in use by another program")),
            "{said}"
        );
        assert!(said.contains("cargo xtask run --port 8081"), "{said}");
        assert!(!said.contains("--listen"), "{said}");
        assert!(output.stdout.is_empty(), "nothing was begun");
    }
}

/// Starts what tells that the relay in process `relay` can be visited, which the relay's own process does.
fn announce(relay: u32, port: u16) -> Command {
    let mut announce = xtask();
    announce
        .arg("announce")
        .arg(format!("--relay={relay}"))
        .arg(format!("--port={port}"));
    announce
}

#[test]
fn the_address_is_told_once_someone_listens_there() {
    // Not one of those that the system gives to whoever connects: nobody else may listen there in the meantime.
    let port = (30_000..32_000)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .unwrap();
    let mut waiting = announce(std::process::id(), port)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    assert!(waiting.try_wait().unwrap().is_none(), "nobody listens yet");
    let relay = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    let mut said = String::new();
    let output = waiting.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut said).unwrap();
    relay.accept().unwrap();
    assert_eq!(
        said,
        format!("serving http://127.0.0.1:{port} (Ctrl-C ends it)\n")
    );
    assert!(waiting.wait().unwrap().success());
}

#[test]
fn nothing_is_told_of_a_relay_that_has_ended() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let gone = {
        let mut process = Command::new("true").spawn().unwrap();
        process.wait().unwrap();
        process.id()
    };
    let output = announce(gone, other.local_addr().unwrap().port())
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(output.stdout.is_empty());
}
