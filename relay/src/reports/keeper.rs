//! The thread that writes reports: disks may take their time, and no room waits for one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use shared::protocol::{Notice, RelayMessage};

use super::{FILE, Report};
use crate::outbox::Outbox;

/// Reports that may wait to be written.
const WAITING: usize = 64;

/// The file grows to this size, and no further: some thousand reports that nobody has looked at.
const MAX_BYTES: u64 = 64 << 20;

/// Where reports go.
#[derive(Clone, Debug, Default)]
pub struct Reports(Option<SyncSender<Waiting>>);

#[derive(Debug)]
struct Waiting {
    report: Report,
    reporter: Outbox,
}

impl Reports {
    /// Opens the file in a data directory, and makes both where they are missing.
    pub fn open(data: &Path) -> io::Result<Self> {
        fs::create_dir_all(data)?;
        let file = open(&data.join(FILE))?;
        File::open(data)?.sync_all()?;
        let (sender, waiting) = sync_channel(WAITING);
        thread::Builder::new()
            .name("reports".to_owned())
            .spawn(move || keep(file, &waiting))?;
        Ok(Self(Some(sender)))
    }

    /// Keeps a report; the reporter is told when it is on the disk, or that it could not be kept.
    pub fn keep(&self, report: Report, reporter: Outbox) {
        let waiting = Waiting { report, reporter };
        let Some(sender) = &self.0 else {
            return tell(&waiting.reporter, Notice::NotReported);
        };
        if let Err(refused) = sender.try_send(waiting) {
            tracing::error!("a report could not be kept: too many wait, or their thread has ended");
            let (std::sync::mpsc::TrySendError::Full(waiting)
            | std::sync::mpsc::TrySendError::Disconnected(waiting)) = refused;
            tell(&waiting.reporter, Notice::NotReported);
        }
    }
}

fn tell(reporter: &Outbox, notice: Notice) {
    reporter.send(&RelayMessage::Notice(notice));
}

/// Opened for others to read nothing of. A line that was cut off by a crash is ended first.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last != [b'\n'] {
        file.write_all(b"\n")?;
    }
    Ok(file)
}

fn keep(mut file: File, waiting: &Receiver<Waiting>) {
    while let Ok(Waiting { report, reporter }) = waiting.recv() {
        let notice = match write(&mut file, &report) {
            Ok(()) => Notice::Reported,
            Err(error) => {
                tracing::error!(%error, "a report could not be kept");
                Notice::NotReported
            }
        };
        tell(&reporter, notice);
    }
}

/// One line, in one write, on the disk.
fn write(file: &mut File, report: &Report) -> io::Result<()> {
    let mut line = serde_json::to_vec(report)?;
    line.push(b'\n');
    if file.metadata()?.len() + line.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!(
            "the file has reached {MAX_BYTES} bytes: read it with `relay reports`, and move it away"
        )));
    }
    file.write_all(&line)?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use shared::protocol::VisitorId;
    use tempfile::TempDir;

    use super::{
        super::{Person, at},
        *,
    };

    fn report() -> Report {
        Report {
            when: at(1_800_000_000_000),
            by: Person::new(VisitorId(u64::MAX), "지민"),
            about: Person::new(VisitorId(2), "Eve"),
            place: "yard".to_owned(),
            channel: 1,
            lines: Vec::new(),
        }
    }

    fn told(reporter: &Outbox) -> RelayMessage {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(message) = reporter.take() {
                return RelayMessage::decode(&message).unwrap();
            }
            assert!(Instant::now() < until, "the reporter is told nothing");
            thread::yield_now();
        }
    }

    #[test]
    fn a_report_is_in_the_file_before_the_reporter_is_told_and_stays_when_the_relay_starts_again() {
        let data = TempDir::new().unwrap();
        let path = data.path().join(FILE);
        let reporter = Outbox::detached();
        Reports::open(data.path())
            .unwrap()
            .keep(report(), reporter.clone());
        assert_eq!(told(&reporter), RelayMessage::Notice(Notice::Reported));
        // As after a loss of power in the middle of a line.
        OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"{\"when\":")
            .unwrap();
        Reports::open(data.path())
            .unwrap()
            .keep(report(), reporter.clone());
        assert_eq!(told(&reporter), RelayMessage::Notice(Notice::Reported));
        let text = fs::read_to_string(&path).unwrap();
        let whole: Vec<Report> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        assert_eq!(whole, [report(), report()]);
    }

    #[test]
    fn where_nothing_can_be_kept_the_reporter_is_told() {
        let reporter = Outbox::detached();
        Reports::default().keep(report(), reporter.clone());
        assert_eq!(told(&reporter), RelayMessage::Notice(Notice::NotReported));
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Reports::open(file.path()).is_err());
    }

    #[test]
    fn a_full_file_takes_no_more() {
        let data = TempDir::new().unwrap();
        let full = File::create(data.path().join(FILE)).unwrap();
        full.set_len(MAX_BYTES).unwrap();
        let reporter = Outbox::detached();
        Reports::open(data.path())
            .unwrap()
            .keep(report(), reporter.clone());
        assert_eq!(told(&reporter), RelayMessage::Notice(Notice::NotReported));
    }
}
