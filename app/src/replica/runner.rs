//! Carries out what the client decides, one effect after the other, so that rows are always written before the cursor.

use super::{
    Held, Replica, here,
    leader::News,
    outbox::Stored,
    patience::{PATIENCE_MS, patiently},
};
use crate::api::{self, Door, Fault};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use sync::{ApiFault, Effect, EntryState, Event, Fetch, Halt, Push, Reply, Request, Sealed};

#[derive(Debug, Default)]
pub struct Runner {
    queue: RefCell<VecDeque<Effect>>,
    is_running: Cell<bool>,
    /// Only the newest request's answer, and only the newest alarm, counts.
    flight: Cell<u64>,
    alarm: Cell<u64>,
}

impl Runner {
    fn next(counter: &Cell<u64>) -> u64 {
        counter.set(counter.get() + 1);
        counter.get()
    }

    /// An answer that is still under way counts no more.
    pub fn forget_flight(&self) {
        Self::next(&self.flight);
    }
}

impl Replica {
    /// Tells the client; where another tab leads, that tab is told.
    pub(crate) fn receive(&self, event: Event) {
        let inner = self.inner();
        if !inner.is_leader.get() {
            return self.forward(&event);
        }
        let effects = inner.client.borrow_mut().receive(self.now(), event);
        inner.runner.queue.borrow_mut().extend(effects);
        if !inner.runner.is_running.replace(true) {
            let replica = *self;
            spawn_local(async move { replica.run().await });
        }
    }

    async fn run(&self) {
        let inner = self.inner();
        loop {
            let effect = inner.runner.queue.borrow_mut().pop_front();
            match effect {
                Some(effect) => self.carry_out(effect).await,
                None => break inner.runner.is_running.set(false),
            }
        }
    }

    async fn carry_out(&self, effect: Effect) {
        let inner = self.inner();
        match effect {
            Effect::Send(request) => self.send(request),
            Effect::PutRows(rows) => self.put_rows(rows).await,
            Effect::DropRows(ids) => self.drop_rows(&ids).await,
            Effect::Outdate => {
                inner.cache.outdate();
                // They would win over a row of a lower number.
                if let Some(outbox) = inner.outbox.get() {
                    let _ = outbox.drop_all_kept().await;
                }
            }
            Effect::PutPlace(place) => inner.cache.put_place(place),
            Effect::PutEntry(seq, state) => {
                if let Some(outbox) = inner.outbox.get() {
                    let _ = outbox.put_state(seq, state.clone()).await;
                }
                self.entry_now(seq, Some(state));
                self.tell(&News::Entries);
            }
            Effect::DropEntry(seq) => {
                if let Some(outbox) = inner.outbox.get() {
                    let _ = outbox.remove(seq).await;
                }
                self.entry_now(seq, None);
                self.tell(&News::Entries);
            }
            Effect::Wake(span) => self.wake_in(here::draw(span.least, span.most)),
            Effect::Halt(halt) => {
                inner.mark.update(|mark| mark.halt = Some(halt));
                match halt {
                    Halt::Wipe => self.wipe().await,
                    Halt::Stolen => self.wipe_all().await,
                    Halt::Forked | Halt::Upgrade | Halt::Hole => {}
                }
            }
        }
    }

    fn wake_in(&self, milliseconds: u32) {
        let replica = *self;
        let alarm = Runner::next(&self.inner().runner.alarm);
        spawn_local(async move {
            here::rest(milliseconds).await;
            if replica.inner().runner.alarm.get() == alarm {
                replica.receive(Event::Woken);
            }
        });
    }

    fn send(&self, request: Request) {
        let replica = *self;
        let flight = Runner::next(&self.inner().runner.flight);
        let is_current = move || replica.inner().runner.flight.get() == flight;
        let is_push = matches!(request, Request::Push { .. });
        spawn_local(async move {
            replica.end_session().await;
            let mut answer = replica.ask(request.clone()).await;
            if is_push && matches!(answer, Err(ApiFault::SignedOut)) && replica.is_this_device_again().await {
                answer = replica.ask(request).await;
            }
            if is_current() {
                Runner::next(&replica.inner().runner.flight);
                replica.answered(answer, is_push);
            }
        });
        spawn_local(async move {
            here::rest(PATIENCE_MS).await;
            if is_current() {
                Runner::next(&replica.inner().runner.flight);
                replica.answered(Err(ApiFault::Unreachable), is_push);
            }
        });
    }

    /// Handing in needs the device alone: where the salon no longer knows it, its browser may have lost the cookie.
    pub(crate) async fn is_this_device_again(&self) -> bool {
        matches!(self.look_at_door().await, Ok(Door { device: Some(_), .. }))
    }

    fn answered(&self, answer: Result<Reply, ApiFault>, is_push: bool) {
        match &answer {
            Err(ApiFault::Unreachable) => self.note_silence(),
            // Her session is over: she signed out elsewhere, or may no longer come in.
            Err(ApiFault::SignedOut | ApiFault::Locked) if !is_push => self.session_is_over(),
            Ok(_) | Err(_) => self.note_contact(),
        }
        // Nobody is here any more with whose key it could be kept.
        let is_sealed_off = !is_push && self.inner().session.borrow().is_none();
        let answer = answer.and_then(|reply| if is_sealed_off { Err(ApiFault::SignedOut) } else { Ok(reply) });
        self.receive(answer.map_or_else(Event::Failed, Event::Replied));
    }

    /// Asks for nothing; the answer's refusal tells.
    pub(crate) async fn look_whether_signed_in(&self) {
        let answer = patiently(api::fetch(Fetch::of(Vec::new()))).await;
        if matches!(answer, Err(Fault(ApiFault::SignedOut | ApiFault::Locked))) {
            self.session_is_over();
        }
    }

    /// Somebody who works on without having seen the server is not thrown out: what she records is handed in all the same.
    fn session_is_over(&self) {
        self.note_contact();
        let inner = self.inner();
        let working = inner.session.borrow().as_ref().filter(|session| session.was_offline).map(|session| session.person);
        let Some(person) = working else {
            return self.lock();
        };
        inner.mark.update(|mark| mark.needs_sign_in = true);
        let replica = *self;
        spawn_local(async move {
            // Whoever no longer works here is another matter.
            let door = replica.look_at_door().await;
            if door.is_ok_and(|door| door.device.is_some() && door.people.iter().all(|tile| tile.id != person)) {
                replica.leave();
            }
        });
    }

    async fn ask(&self, request: Request) -> Result<Reply, ApiFault> {
        match request {
            Request::Push { epoch, oldest, seqs } => {
                let inner = self.inner();
                let outbox = inner.outbox.get().ok_or(ApiFault::Unreachable)?;
                let device = outbox.owner();
                let stored = outbox.entries().await.map_err(|_| ApiFault::Unreachable)?;
                let mut size = 0;
                let entries: Vec<Sealed> = seqs
                    .into_iter()
                    .filter_map(|seq| {
                        let Stored { bytes, sealed_as, .. } = stored.get(&seq)?.clone();
                        Some(Sealed { seq, bytes, sealed_as })
                    })
                    .take_while(|sealed| {
                        let is_first = size == 0;
                        size += sealed.bytes.0.len();
                        is_first || size <= Push::MOST_BYTES
                    })
                    .collect();
                // Nothing of what should go lies here: asking at once again would never end.
                if entries.is_empty() {
                    return Err(ApiFault::Unreachable);
                }
                Ok(Reply::Pushed(api::push(Push { epoch, oldest, entries, device }).await?))
            }
            Request::Pull(pull) => Ok(api::pull(pull).await?.map_or(Reply::Reset, Reply::Pulled)),
            Request::Manifest => Ok(Reply::Manifest(api::manifest().await?)),
            Request::Fetch(fetch) => Ok(Reply::Fetched(api::fetch(fetch).await?)),
        }
    }

    fn entry_now(&self, seq: domain::Seq, state: Option<EntryState>) {
        let inner = self.inner();
        let row = {
            let mut held = inner.held.borrow_mut();
            match state {
                Some(state) => held.get_mut(&seq).map(|held| {
                    held.entry.state = state;
                    held.entry.row
                }),
                None => held.remove(&seq).map(|held: Held| held.entry.row),
            }
        };
        self.count_entries();
        row.into_iter().for_each(|row| self.row_changed(row));
    }
}
