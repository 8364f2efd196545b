//! The server's own key: by it phones' tokens are known as ours (`G3`).
//!
//! It is the first line of a stream of its own. The store refuses a second first line, so that nodes that begin at once
//! mean the same key, and it is there after a restart and in a backup that is served again.

use nadwa_domain::{Instant, Who};
use serde::{Deserialize, Serialize};

use crate::edge;
use crate::store::{NewLine, Store, StoreError};

/// The kind of its stream in the store.
const KIND: &str = "key";
/// How often it is looked for: another node may have been first.
const TRIES: u32 = 4;

#[derive(Serialize, Deserialize)]
struct Made {
    key: String,
}

/// Reads the key, and makes it if there is none yet.
///
/// # Errors
/// [`StoreError`] if the store cannot be read or written.
pub async fn server_key(store: &dyn Store, now: Instant) -> Result<String, StoreError> {
    let unreadable = || StoreError::Corrupt("the server's key cannot be read".into());
    let stream = edge::derived_id("server key", &[]);
    store.create_stream(stream, KIND).await?;
    for _ in 0..TRIES {
        if let Some(line) = store.read(stream, 0).await?.into_iter().next() {
            let made: Made = serde_json::from_str(&line.fact).map_err(|_| unreadable())?;
            return Ok(made.key);
        }
        let json = |value: serde_json::Result<String>| value.map_err(|_| unreadable());
        let fact = json(serde_json::to_string(&Made { key: edge::fresh_secret() }))?;
        let by = json(serde_json::to_string(&Who::Server))?;
        match store.append(stream, 0, vec![NewLine { at: now.0, by, fact, words: None }]).await {
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(unreadable())
}
