//! Entries that came in and could not be taken as they were: a manager decides about each.

use super::leave_out::LeaveOutDialog;
use crate::api::{self, DeviceCard, SetAside, Undecided, Verdict};
use crate::entries::{action_detail, action_words};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Asking, I18n, Icon, Lu, Notice, Show, Tone, WhyNot, moment, unfit_words, use_asking, use_i18n, use_now};
use domain::{Dot, Name, Unfit};
use leptos::prelude::*;

#[component]
pub fn SetAsideList(entries: Vec<SetAside>, devices: Vec<DeviceCard>, #[prop(into)] on_decided: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let count = entries.len();
    let has_forged = entries.iter().any(|entry| entry.reason == Unfit::Forged);
    let row = move |entry: SetAside| {
        let device = devices.iter().find(|device| device.id == entry.entry.device).map(|device| device.label.clone());
        view! { <SetAsideRow entry device on_decided/> }
    };

    (count > 0).then(move || {
        view! {
            <section aria-label=td_string!(i18n, set_aside.title)>
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, set_aside.count, count = count)}</h2>
                </div>
                {has_forged.then(|| view! {
                    <Notice tone=Tone::Warn title=td_string!(i18n, set_aside.forged) text=td_string!(i18n, set_aside.forged_todo)/>
                })}
                <p class="note">{td_string!(i18n, set_aside.said)}</p>
                <ul class="device-list" aria-label=td_string!(i18n, set_aside.title)>{entries.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn SetAsideRow(entry: SetAside, device: Option<Name>, on_decided: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let deciding = Deciding { asking: use_asking(), entry: entry.entry, on_decided };
    let is_leaving_out = RwSignal::new(false);
    let replica = use_replica();
    let now = use_now();
    let who = move || {
        let author = entry.author.and_then(|author| replica.salon()?.person(author).map(|person| person.name.clone()));
        author.map_or_else(|| td_string!(i18n, set_aside.nobody).to_owned(), String::from)
    };
    let when = move || {
        let offset = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
        moment(i18n, offset, entry.received_at, now.get())
    };

    let what = entry.action.as_ref().map(|action| action_words(i18n, replica, Some(action)));
    let said = entry.action.as_ref().and_then(|action| action_detail(i18n, replica, action));
    let customer = entry.action.as_ref().and_then(domain::Action::customer);
    let is_about_files = entry.action.as_ref().is_some_and(domain::Action::is_about_files);
    let of_whom = move || {
        customer.map(|id| {
            let name = replica.summary(id).map(|summary| summary.name);
            let name = name.unwrap_or_else(|| td_string!(i18n, file.title).to_owned());
            view! { <a href=format!("/customers/{id}")><bdi>{name}</bdi></a> }
        })
    };

    view! {
        <li class="device-row">
            <Icon is=if entry.reason == Unfit::Forged { Lu::OctagonX } else { Lu::TriangleAlert }/>
            <div class="device-row__who">
                <p class="device-row__name"><bdi>{what}</bdi>{of_whom}</p>
                {said.map(|said| view! { <p class="device-row__said"><bdi>{said}</bdi></p> })}
                <p class="device-row__about"><bdi>{who}</bdi></p>
                <p class="device-row__about">{unfit_words(i18n, entry.reason)}</p>
                {is_about_files.then(|| view! { <p class="device-row__about">{td_string!(i18n, set_aside.do_anew)}</p> })}
            </div>
            <div class="device-row__seen">
                <bdi>{device.map(String::from)}</bdi>
                <span>{when}</span>
            </div>
            <div class="device-row__acts">
                {entry.may_be_taken_in.then(|| view! {
                    <button class="button is-primary" type="button" on:click=move |_| deciding.decide(Verdict::TakeIn)>
                        <Icon is=Lu::Check/>
                        {td_string!(i18n, set_aside.take_in)}
                    </button>
                })}
                <button class="button" type="button" on:click=move |_| is_leaving_out.set(true)>
                    {td_string!(i18n, set_aside.leave_out)}
                </button>
                <WhyNot asking=deciding.asking/>
            </div>
            <Show when=move || is_leaving_out.get()>
                <LeaveOutDialog deciding is_open=is_leaving_out/>
            </Show>
        </li>
    }
}

/// What a manager decides about one entry goes to the salon at once.
#[derive(Clone, Copy)]
pub struct Deciding {
    pub asking: Asking,
    entry: Dot,
    on_decided: Callback<()>,
}

impl Deciding {
    pub fn decide(self, verdict: Verdict) {
        self.asking.ask(api::decide_set_aside(self.entry, verdict), undecided_words, move |()| self.on_decided.run(()));
    }
}

fn undecided_words(i18n: I18n, why: Undecided) -> String {
    match why {
        Undecided::Unfit(unfit) => unfit_words(i18n, unfit),
        Undecided::Gone => td_string!(i18n, set_aside.gone),
        Undecided::NotAllowed => td_string!(i18n, set_aside.not_allowed),
    }
    .to_owned()
}
