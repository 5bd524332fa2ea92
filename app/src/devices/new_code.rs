//! A code for one new device, good once and for ten minutes.

use crate::api;
use crate::i18n::td_string;
use crate::replica::{Replica, Trouble, here, use_replica};
use crate::ui::{
    Choice, Choices, Code, Dialog, DialogFoot, Icon, Lu, Notice, TextField, Tone, bad_text_words, clock, scope_word,
    trouble_words, use_code_on_show, use_i18n, use_now,
};
use domain::{DeviceId, DeviceScope, Moment, Name};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

const GOOD_FOR_MS: i64 = 10 * 60_000;
const LOOK_EVERY_MS: u32 = 3_000;

#[component]
pub fn NewCodeDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let scope = RwSignal::new(DeviceScope::Treatment);
    let label = RwSignal::new(String::new());
    let is_tried = RwSignal::new(false);
    let code = use_code_on_show();
    code.set(None);
    let close = move || {
        code.set(None);
        on_close.run(());
    };
    let trouble = RwSignal::new(None::<Trouble>);
    let wrong = Signal::derive(move || {
        let bad = Name::new(&label.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let submit = move || {
        is_tried.set(true);
        if let Ok(label) = Name::new(&label.get_untracked()) {
            spawn_local(async move {
                let answer = ask(replica, scope.get_untracked(), label).await;
                trouble.try_set(answer.as_ref().err().cloned());
                code.try_set(answer.ok());
            });
        }
    };
    let scopes = Signal::derive(move || DeviceScope::ALL.map(|is| Choice { is, word: scope_word(i18n, is).to_owned() }).to_vec());

    view! {
        <Dialog title=td_string!(i18n, devices.add_title) on_close=move |()| close() on_submit=move |()| submit()>
            <div class="dialog__body">
                {move || code.get().map(|code| view! { <CodeShown code/> })}
                <TextField label=td_string!(i18n, devices.label) hint=td_string!(i18n, devices.label_hint) value=label wrong is_required=true is_first=true/>
                <Choices label=td_string!(i18n, devices.where_used) hint=td_string!(i18n, devices.where_hint) chosen=Signal::derive(move || Some(scope.get())) on_choose=move |is| scope.set(is) choices=scopes/>
                {move || trouble.get().map(|why| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{trouble_words(i18n, &why)}</p> })}
            </div>
            <DialogFoot>
                <button class="button is-primary" type="submit">
                    <Icon is=Lu::RefreshCw/>
                    {move || if code.with(Option::is_some) { td_string!(i18n, devices.other_code) } else { td_string!(i18n, devices.make_code) }}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

async fn ask(replica: Replica, scope: DeviceScope, label: Name) -> Result<Code, Trouble> {
    let code = api::new_code(scope, label).await?.map_err(Trouble::Refused)?;
    Ok(Code { code, until: Moment(replica.now().0 + GOOD_FOR_MS) })
}

/// Looks every few seconds whether a device has come in since, for as long as the code is on screen.
async fn wait_for_another(enrolled: RwSignal<Option<Name>>) {
    let Ok(before) = api::devices().await else {
        return;
    };
    let known: BTreeSet<DeviceId> = before.into_iter().map(|device| device.id).collect();
    while enrolled.try_get_untracked() == Some(None) {
        here::rest(LOOK_EVERY_MS).await;
        let devices = api::devices().await.unwrap_or_default();
        if let Some(device) = devices.into_iter().find(|device| !known.contains(&device.id)) {
            enrolled.try_set(Some(device.label));
        }
    }
}

#[component]
fn CodeShown(code: Code) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let offset = move || replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
    let left = move || code.until.since(now.get());
    let until = move || {
        let time = clock(offset().local(code.until).time());
        let minutes = ((left() + 59_999) / 60_000).min(10);
        if left() > 0 {
            td_string!(i18n, devices.until, time = time, minutes = minutes)
        } else {
            td_string!(i18n, devices.over).to_owned()
        }
    };
    let address = window().location().origin().unwrap_or_default();
    let is_only_here = window().location().hostname().is_ok_and(|host| host == "localhost" || host.starts_with("127."));
    let enrolled = RwSignal::new(None::<Name>);
    spawn_local(wait_for_another(enrolled));

    view! {
        <ol class="enrol-steps">
            <li>{td_string!(i18n, devices.step_open)}" "<b>{address}</b></li>
            <li>{td_string!(i18n, devices.step_type)}</li>
        </ol>
        {is_only_here.then(|| view! { <p class="note">{td_string!(i18n, devices.only_here)}</p> })}
        {move || enrolled.get().map(|label| view! {
            <Notice tone=Tone::Good title=td_string!(i18n, devices.enrolled_now, label = label.as_str())/>
        })}
        <div class="enrol-code" class:is-over=move || left() <= 0 role="status">
            <p class="enrol-code__code">{code.code.clone()}</p>
            <p class="enrol-code__until">{until}</p>
        </div>
    }
}
