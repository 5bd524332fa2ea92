//! The day on which something was said or done: today unless somebody says otherwise, never one that is still to come.

use super::{I18n, TextField, use_i18n};
use crate::i18n::td_string;
use crate::replica::{Replica, use_replica};
use chrono::NaiveDate;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct PastDay {
    typed: RwSignal<String>,
    is_tried: RwSignal<bool>,
    i18n: I18n,
    replica: Replica,
}

/// What is wrong with it is told once `is_tried`.
pub fn use_past_day(is_tried: RwSignal<bool>) -> PastDay {
    let replica = use_replica();
    PastDay { typed: RwSignal::new(replica.today().to_string()), is_tried, i18n: use_i18n(), replica }
}

impl PastDay {
    pub fn day(self) -> Result<NaiveDate, &'static str> {
        let day: NaiveDate = self.typed.get().parse().map_err(|_| td_string!(self.i18n, form.bad_day))?;
        if day > self.replica.today() { Err(td_string!(self.i18n, form.future_day)) } else { Ok(day) }
    }

    /// `None` inside: it was today.
    pub fn earlier(self) -> Result<Option<NaiveDate>, &'static str> {
        self.day().map(|day| Some(day).filter(|day| *day != self.replica.today()))
    }
}

#[component]
pub fn PastDayField(label: &'static str, day: PastDay) -> impl IntoView {
    let wrong = Signal::derive(move || day.day().err().filter(|_| day.is_tried.get()).map(str::to_owned));
    view! { <TextField label value=day.typed kind="date" width="is-middle" wrong/> }
}
