//! What a manager does about one person at once: dismissed, taken back, or given a new password.

use crate::api::{self, FirstPassword};
use crate::i18n::td_string;
use crate::replica::{Replica, here, use_replica};
use crate::ui::{Confirm, I18n, Notice, Tone, door_refusal_words, use_asking, use_i18n};
use domain::{Name, StaffId};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonAct {
    Dismiss,
    TakeBack,
    Reset,
}

impl PersonAct {
    pub fn word(self, i18n: I18n) -> &'static str {
        match self {
            Self::Dismiss => td_string!(i18n, people.dismiss),
            Self::TakeBack => td_string!(i18n, people.take_back),
            Self::Reset => td_string!(i18n, people.reset),
        }
    }

    /// `visits` of hers are still to come.
    fn said(self, i18n: I18n, name: &Name, visits: usize) -> String {
        match self {
            Self::Dismiss if visits > 0 => td_string!(i18n, people.dismiss_with_visits, name = name.as_str(), count = visits),
            Self::Dismiss => td_string!(i18n, people.dismiss_said, name = name.as_str()),
            Self::TakeBack => td_string!(i18n, people.take_back_said, name = name.as_str()),
            Self::Reset => td_string!(i18n, people.reset_said, name = name.as_str()),
        }
    }
}

/// A new password, for as long as this page is open: nobody can look it up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helped {
    name: Name,
    password: String,
}

const WRITTEN_DOWN_WITHIN_S: u32 = 180;

/// The first password is shown once: the screen does not lock while somebody writes it down.
fn stay_open_a_while(replica: Replica) {
    let is_shown = StoredValue::new(());
    spawn_local(async move {
        for _ in 0..WRITTEN_DOWN_WITHIN_S / 5 {
            here::rest(5_000).await;
            if is_shown.try_get_value().is_none() {
                return;
            }
            replica.stay_open();
        }
    });
}

impl Helped {
    pub fn new(name: Name, FirstPassword(password): FirstPassword) -> Self {
        Self { name, password }
    }

    pub fn shown(self, i18n: I18n) -> impl IntoView {
        stay_open_a_while(use_replica());
        view! {
            <Notice tone=Tone::Good title=td_string!(i18n, people.password_of, name = self.name.as_str()) text=td_string!(i18n, people.password_said)>
                <p class="enrol-code"><span class="enrol-code__code">{self.password}</span></p>
            </Notice>
        }
    }
}

#[component]
pub fn PersonActDialog(
    act: PersonAct,
    id: StaffId,
    name: Name,
    doing: RwSignal<Option<PersonAct>>,
    helped: RwSignal<Option<Helped>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let asking = use_asking();
    let said = act.said(i18n, &name, untrack(|| use_replica().visits_ahead_of(id)));
    let done = move || {
        doing.set(None);
        on_change.run(());
    };
    let yes = move || match act {
        PersonAct::Dismiss => asking.ask(api::set_at_work(id, false), door_refusal_words, move |()| done()),
        PersonAct::TakeBack => asking.ask(api::set_at_work(id, true), door_refusal_words, move |()| done()),
        PersonAct::Reset => {
            let name = name.clone();
            asking.ask(api::reset_password(id), door_refusal_words, move |password| {
                helped.set(Some(Helped::new(name, password)));
                doing.set(None);
            });
        }
    };

    view! {
        <Confirm title=act.word(i18n) text=said yes=act.word(i18n) asking on_yes=move |()| yes() on_close=move |()| doing.set(None)/>
    }
}
