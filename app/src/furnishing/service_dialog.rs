//! A service: what it is called and how long it takes.

use super::keep::KeepFoot;
use crate::i18n::td_string;
use crate::ui::{Dialog, SaveLine, TextField, bad_text_words, use_i18n, use_save};
use domain::{Action, Name, Service, ServiceId};
use leptos::prelude::*;

#[component]
pub fn ServiceDialog(id: ServiceId, service: Option<Service>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let [name, minutes] = match service {
        Some(service) => [String::from(service.name), service.minutes.to_string()],
        None => [String::new(), "60".to_owned()],
    }
    .map(RwSignal::new);
    let is_tried = RwSignal::new(false);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let read = move |typed: String| typed.trim().parse::<u16>().ok().filter(|minutes| (1..=600).contains(minutes));
    let minutes_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && read(minutes.get()).is_none();
        is_bad.then(|| td_string!(i18n, refusal.minutes).to_owned())
    });
    let submit = move || {
        is_tried.set(true);
        if let (Ok(name), Some(minutes)) = (Name::new(&name.get_untracked()), read(minutes.get_untracked())) {
            save.commit(Action::OfferService { service: id, is: Service { name, minutes } }, move || on_close.run(()));
        }
    };

    view! {
        <Dialog title=td_string!(i18n, furnishing.service) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, furnishing.name) value=name wrong=name_wrong is_required=true is_first=true/>
                <TextField label=td_string!(i18n, furnishing.minutes) value=minutes wrong=minutes_wrong inputmode="numeric" width="is-short" is_required=true/>
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}
