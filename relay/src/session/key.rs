//! The key that signs tickets: in a file beside the relay's data, or shared by all relays through Redis.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _};

/// Name of the key's file in the data directory.
const FILE: &str = "ticket.key";

/// Signs and verifies tickets.
#[derive(Clone)]
pub struct TicketKey(SigningKey);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The data directory cannot be used.
    #[error("cannot keep the key of tickets in {}: {error}. Name a directory that can be written with --data (or RELAY_DATA)", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file holds something else.
    #[error("{} is not a ticket key of 32 bytes: delete it, and a new one is made", .0.display())]
    Damaged(PathBuf),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl TicketKey {
    /// The key of a secret seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// A new key.
    pub fn random() -> Result<Self, KeyError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self::from_seed(seed))
    }

    /// The secret seed.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message)
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verifying_key().verify(message, signature).is_ok()
    }
}

impl std::fmt::Debug for TicketKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The seed must not reach a log.
        out.write_str("TicketKey")
    }
}

/// The key in a data directory, made there when there is none.
pub fn load_or_create(data: &Path) -> Result<TicketKey, KeyError> {
    let path = data.join(FILE);
    let failed = |error| KeyError::File {
        path: path.clone(),
        error,
    };
    match fs::read(&path) {
        Ok(bytes) => bytes
            .try_into()
            .map(TicketKey::from_seed)
            .map_err(|_| KeyError::Damaged(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = TicketKey::random()?;
            fs::create_dir_all(data).map_err(failed)?;
            write_secret(&path, &key.seed()).map_err(failed)?;
            Ok(key)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Writes a file that nobody else may read.
fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
