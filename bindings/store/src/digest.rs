//! The chain of digests over a log.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The digest of a turn and all turns before it: SHA-256 of the digest before it and the text of the turn.
///
/// Two logs with the same digest at a turn are the same up to there. It is written in 64 hexadecimal digits.
///
/// ```
/// use frontdesk_store::Digest;
///
/// let first = Digest::START.then("one");
/// assert_ne!(first.then("two"), first.then("three"));
/// assert_eq!(first.to_string().parse(), Ok(first));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest before the first turn.
    pub const START: Digest = Digest([0; 32]);

    /// Returns the digest of a text that follows.
    #[must_use]
    pub fn then(self, text: &str) -> Digest {
        Digest(Sha256::new().chain_update(self.0).chain_update(text).finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Digest, NoDigest> {
        let digits: Vec<u8> = text.chars().map_while(|digit| digit.to_digit(16)).map(|digit| digit as u8).collect();
        let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        match <[u8; 32]>::try_from(bytes) {
            Ok(bytes) if text.len() == 64 => Ok(Digest(bytes)),
            _ => Err(NoDigest),
        }
    }
}

/// The error of a text that is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 hexadecimal digits")]
pub struct NoDigest;
