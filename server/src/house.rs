//! What all callers of this server share.

use crate::{clock::Clock, hints, password::Passwords, places::Places, site::Site, token};
use domain::DeviceId;
use std::sync::{Mutex, PoisonError};
use store::Store;
use sync::ServerKey;
use tokio::sync::watch;

pub struct House {
    pub store: Store,
    pub keys: ServerKey,
    pub clock: Clock,
    pub passwords: Passwords,
    pub site: Site,
    /// How many streams of hints each device holds.
    pub streams: Places<DeviceId>,
    /// Started with `--demo`: a browser on this machine may come in by itself.
    pub is_demo: bool,
    /// Backups are made by themselves.
    pub has_backup_key: bool,
    /// In front of it stands a proxy that says truly whom it speaks for.
    pub has_trusted_proxy: bool,
    /// The word of the set-up link, as long as the salon has not been founded. A new one at every start.
    pub set_up_word: SetUpWord,
    /// True once the program is to end: streams that would never end by themselves do.
    pub is_closing: watch::Sender<bool>,
}

impl House {
    pub fn new(store: Store, keys: ServerKey, site: Site) -> Self {
        Self {
            store,
            keys,
            site,
            clock: Clock::default(),
            passwords: Passwords::default(),
            streams: Places::new(hints::PER_DEVICE),
            is_demo: false,
            has_backup_key: false,
            has_trusted_proxy: false,
            set_up_word: SetUpWord::default(),
            is_closing: watch::Sender::new(false),
        }
    }
}

/// Good once; only its hash is held.
#[derive(Default)]
pub struct SetUpWord(Mutex<Option<[u8; 32]>>);

impl SetUpWord {
    pub fn give_out(&self) -> String {
        let word = token::new();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token::hash(&word));
        word
    }

    /// Of two who come at once, one gets it.
    pub fn take(&self, word: &str) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_right = *held == Some(token::hash(word));
        if is_right {
            *held = None;
        }
        is_right
    }

    /// It was taken, and what it was taken for did not come about.
    pub fn put_back(&self, word: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token::hash(word));
    }
}
