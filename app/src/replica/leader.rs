//! One tab talks to the salon for all. The leader holds a Web Lock and beats; a visible tab that has heard no beat for a
//! while takes the lock, because a frozen tab keeps it. Two leaders for a moment do no harm: the ledger sees to it.

use super::{Held, Phase, Replica, here, vault::SealedRow};
use domain::{Moment, Seq, Version};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::collections::BTreeMap;
use sync::{Client, Entry, Event, Limits, Place, RowId, Stored};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

const NAME: &str = "xinyan";
const BEAT_MS: u32 = 2_000;
const SILENCE_MS: i64 = 6_000;
/// A stream of hints that is not there by then is asked for again.
const HINTS_WITHIN_MS: i64 = 10_000;

/// What tabs tell one another: what changed, never what it says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    Beat {
        is_signed_in: bool,
    },
    Committed {
        seq: Seq,
        row: RowId,
    },
    Rows(Vec<RowId>),
    Entries,
    Seen(Seq),
    Wanted(RowId),
    /// Whoever worked here has gone, in every tab.
    Left,
    /// This browser is another device now.
    BegunAnew,
}

#[derive(Debug)]
pub struct Channel {
    channel: Option<web_sys::BroadcastChannel>,
    last_beat: Cell<Moment>,
    leader_is_signed_in: Cell<bool>,
}

impl Replica {
    /// Listens to the other tabs and asks for the lead.
    pub(crate) fn join(&self) {
        let replica = *self;
        let channel = web_sys::BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                if let Some(news) = event.data().as_string().and_then(|text| serde_json::from_slice(text.as_bytes()).ok()) {
                    replica.heard(news);
                }
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
        }
        let joined = Channel { channel, last_beat: Cell::new(here::device_now()), leader_is_signed_in: Cell::new(true) };
        let _ = self.inner().channel.set(joined);
        self.ask_for_lead(false);
        spawn_local(async move {
            loop {
                here::rest(BEAT_MS).await;
                replica.beat();
            }
        });
    }

    fn beat(&self) {
        let inner = self.inner();
        let is_signed_in = inner.session.borrow().is_some();
        if inner.is_leader.get() {
            let is_deaf = inner.hints.borrow().as_ref().is_none_or(|stream| stream.ready_state() != web_sys::EventSource::OPEN);
            let is_open = matches!(inner.phase.get_untracked(), Phase::Open(_));
            // One that was refused never comes again by itself, nor does one that a network has swallowed.
            if is_deaf && is_open && here::is_online() && here::device_now().since(inner.hints_asked.get()) > HINTS_WITHIN_MS {
                self.follow_hints();
            }
            return self.tell(&News::Beat { is_signed_in });
        }
        let Some(channel) = inner.channel.get() else {
            return;
        };
        let is_silent = here::device_now().since(channel.last_beat.get()) > SILENCE_MS;
        // A leader without keys can hand in but not fetch.
        let is_blind = is_signed_in && !channel.leader_is_signed_in.get();
        if here::is_visible() && (is_silent || is_blind) {
            channel.last_beat.set(here::device_now());
            self.ask_for_lead(true);
        }
    }

    pub(crate) fn tell(&self, news: &News) {
        if let (Some(Channel { channel: Some(channel), .. }), Ok(text)) =
            (self.inner().channel.get(), serde_json::to_string(news))
        {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }

    pub(crate) fn forward(&self, event: &Event) {
        match event {
            Event::Seen(seq) => self.tell(&News::Seen(*seq)),
            Event::Wanted(row) => self.tell(&News::Wanted(*row)),
            _ => {}
        }
    }

    pub(crate) fn announce_commit(&self, seq: Seq, entry: Entry) {
        self.tell(&News::Committed { seq, row: entry.row });
        self.receive(Event::Committed { seq, entry });
    }

    fn heard(&self, news: News) {
        let replica = *self;
        let is_leader = self.inner().is_leader.get();
        match news {
            News::Beat { is_signed_in } => {
                if let Some(channel) = self.inner().channel.get() {
                    channel.last_beat.set(here::device_now());
                    channel.leader_is_signed_in.set(is_signed_in);
                }
            }
            News::Left => self.leave_here(),
            News::BegunAnew => here::reload(),
            News::Committed { seq, row } => spawn_local(async move {
                replica.reload_entries().await;
                replica.row_changed(row);
                let entry = replica.inner().held.borrow().get(&seq).map(|held| held.entry.clone());
                if let (true, Some(entry)) = (is_leader, entry) {
                    replica.receive(Event::Committed { seq, entry });
                }
            }),
            News::Rows(ids) => {
                if ids.contains(&RowId::Salon) {
                    self.reload_salon();
                }
                self.rows_changed(&ids);
            }
            News::Entries => spawn_local(async move {
                let rows = replica.reload_entries().await;
                replica.rows_changed(&rows);
            }),
            News::Seen(seq) if is_leader => self.receive(Event::Seen(seq)),
            News::Wanted(row) if is_leader => self.receive(Event::Wanted(row)),
            News::Seen(_) | News::Wanted(_) => {}
        }
    }

    /// Reads the outbox anew; answers the rows that any entry lies over, before or after.
    pub(crate) async fn reload_entries(&self) -> Vec<RowId> {
        let inner = self.inner();
        let Some(outbox) = inner.outbox.get() else {
            return Vec::new();
        };
        let Ok(stored) = outbox.entries().await else {
            return Vec::new();
        };
        let session = inner.session.borrow().clone().filter(|_| matches!(inner.phase.get_untracked(), Phase::Open(_)));
        let mut rows: Vec<RowId> = inner.held.borrow().values().map(|held| held.entry.row).collect();
        let opened = stored.into_iter().map(|(seq, stored)| {
            let envelope = session.as_ref().and_then(|session| session.vault.open_envelope(seq, &stored.bytes.0));
            (seq, Held { entry: stored.entry, envelope })
        });
        let mut opened: BTreeMap<Seq, Held> = opened.collect();
        // What was saved here while the stores were being read.
        let last = opened.keys().next_back().copied().unwrap_or_default();
        opened.extend(inner.held.borrow().range(last.next()..).map(|(seq, held)| (*seq, held.clone())));
        rows.extend(opened.values().map(|held| held.entry.row));
        rows.sort();
        rows.dedup();
        *inner.held.borrow_mut() = opened;
        self.count_entries();
        rows
    }

    fn ask_for_lead(&self, steal: bool) {
        let replica = *self;
        let granted = Closure::<dyn FnMut(JsValue) -> js_sys::Promise>::new(move |_| {
            spawn_local(async move { replica.lead().await });
            // Held until the page goes or another tab takes it.
            js_sys::Promise::new(&mut |_, _| {})
        });
        let lost = Closure::<dyn FnMut(JsValue)>::new(move |_| replica.inner().is_leader.set(false));
        match request_lock(steal, granted.as_ref().unchecked_ref()) {
            Some(held) => {
                let _ = held.catch(&lost);
            }
            // A browser without Web Locks: every tab speaks for itself, which the ledger allows.
            None => spawn_local(async move { replica.lead().await }),
        }
        granted.forget();
        lost.forget();
    }

    pub(crate) async fn lead(&self) {
        let inner = self.inner();
        self.reload_entries().await;
        let is_current = inner.cache.is_current();
        let version = |row: &SealedRow| if is_current { row.version } else { Version::default() };
        let rows = inner.cache.load().into_iter().map(|(id, row)| (id, version(&row))).collect();
        let entries = inner.held.borrow().iter().map(|(seq, held)| (*seq, held.entry.clone())).collect();
        // Another set than any: the list of what to hold is gone through once more.
        let place = inner.cache.place().map(|place| if is_current { place } else { Place { members: -1, ..place } });
        let stored = Stored { place, entries, rows };
        *inner.client.borrow_mut() = Client::new(Limits::default(), stored);
        inner.is_leader.set(true);
        self.tell(&News::Beat { is_signed_in: inner.session.borrow().is_some() });
        if inner.session.borrow().is_some() {
            self.follow_hints();
            self.receive(Event::SignedIn);
        } else {
            self.receive(Event::Woken);
        }
    }

    /// The stream of hints. A lost one costs one poll.
    pub(crate) fn follow_hints(&self) {
        let replica = *self;
        let Ok(stream) = web_sys::EventSource::new("/api/hints") else {
            return;
        };
        let heard = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            #[derive(Deserialize)]
            struct Hint {
                version: domain::Version,
            }
            if let Some(hint) = event.data().as_string().and_then(|text| serde_json::from_slice::<Hint>(text.as_bytes()).ok()) {
                replica.receive(Event::Hint(hint.version));
            }
        });
        let _ = stream.add_event_listener_with_callback("hint", heard.as_ref().unchecked_ref());
        heard.forget();
        // The stream tries again by itself: when it is back, so is the salon.
        let back = Closure::<dyn FnMut()>::new(move || replica.receive(Event::Woken));
        stream.set_onopen(Some(back.as_ref().unchecked_ref()));
        back.forget();
        // Refused: whoever works here may have been signed out elsewhere.
        let refused = Closure::<dyn FnMut()>::new(move || {
            let is_closed = |stream: &web_sys::EventSource| stream.ready_state() == web_sys::EventSource::CLOSED;
            if replica.inner().hints.borrow().as_ref().is_some_and(is_closed) {
                spawn_local(async move { replica.look_whether_signed_in().await });
            }
        });
        stream.set_onerror(Some(refused.as_ref().unchecked_ref()));
        refused.forget();
        self.inner().hints_asked.set(here::device_now());
        if let Some(earlier) = self.inner().hints.replace(Some(stream)) {
            earlier.close();
        }
    }
}

/// `navigator.locks.request(name, { steal }, callback)`; `None` where there is no such thing.
fn request_lock(steal: bool, granted: &js_sys::Function) -> Option<js_sys::Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    let request: js_sys::Function = js_sys::Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"steal".into(), &steal.into()).ok()?;
    request.call3(&locks, &NAME.into(), &options, granted).ok()?.dyn_into().ok()
}
