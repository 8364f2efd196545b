//! Open streams: so many for each holder, phone and address, and of all places a share (`G4`).

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use super::{Comer, Share};
use crate::permits::Origin;

/// Streams of one holder: a console, a desk and a wall of screens may stand on one pass.
pub(super) const HOLDER_STREAMS: u32 = 64;
/// Streams of one phone: its open pages.
pub(super) const PHONE_STREAMS: u32 = 12;
/// Streams of all phones of one address: the largest hall twelve times over.
pub(super) const HALL_STREAMS: u32 = 24_000;
/// Streams of everybody else at one address: screens, and programs that look.
pub(super) const OTHER_STREAMS: u32 = 600;
/// Of the places for connections so many quarters may be streams of whoever has no pass: the rest stays for requests, for
/// the way to help above all, and for holders (`G4`).
pub(super) const QUARTERS: u32 = 3;

/// How many streams each share has open; only those that have any are kept.
pub(super) struct Streams {
    /// Most of whoever has no pass.
    pub(super) without_pass: AtomicU32,
    salt: RandomState,
    pub(super) open: Mutex<HashMap<u64, u32>>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { without_pass: AtomicU32::new(u32::MAX), salt: RandomState::new(), open: Mutex::default() }
    }
}

impl Streams {
    pub(super) fn open(self: &Arc<Self>, comer: Comer, address: Origin) -> Option<Open> {
        let all = (Share::WithoutPass, self.without_pass.load(Ordering::Relaxed));
        let bounds: &[(Share, u32)] = &match comer {
            Comer::Holder(pass) => vec![(Share::Holder(pass), HOLDER_STREAMS)],
            Comer::Known(phone) | Comer::New(phone) => {
                vec![(Share::Phone(phone), PHONE_STREAMS), (Share::Phones(address), HALL_STREAMS), all]
            }
            Comer::Other => vec![(Share::Others(address), OTHER_STREAMS), all],
        };
        let keys: Vec<u64> = bounds.iter().map(|(share, _)| self.salt.hash_one(share)).collect();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |(key, (_, most)): (&u64, &(Share, u32))| open.get(key).is_none_or(|count| count < most);
        if !keys.iter().zip(bounds).all(fits) {
            return None;
        }
        keys.iter().for_each(|key| *open.entry(*key).or_default() += 1);
        Some(Open { streams: Arc::clone(self), keys })
    }
}

/// One open stream, until it is dropped.
pub(super) struct Open {
    streams: Arc<Streams>,
    keys: Vec<u64>,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            if let Some(count) = open.get_mut(key) {
                *count -= 1;
                if *count == 0 {
                    open.remove(key);
                }
            }
        }
    }
}

/// A stream's body, byte for byte, with its place among the open ones.
pub(super) struct Counted {
    pub(super) body: Body,
    pub(super) _open: Open,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
