//! A code for one new device, good once and for ten minutes.

use crate::api;
use crate::i18n::td_string;
use crate::replica::{Replica, Trouble, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Icon, Lu, TextField, bad_text_words, clock, scope_word, trouble_words, use_i18n, use_now,
};
use domain::{DeviceScope, Moment, Name};
use leptos::prelude::*;
use leptos::task::spawn_local;

const GOOD_FOR_MS: i64 = 10 * 60_000;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Code {
    code: String,
    until: Moment,
}

#[component]
pub fn NewCodeDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let scope = RwSignal::new(DeviceScope::Treatment);
    let label = RwSignal::new(String::new());
    let is_tried = RwSignal::new(false);
    let code = RwSignal::new(None::<Code>);
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
        <Dialog title=td_string!(i18n, devices.add_title) on_close=on_close on_submit=move |()| submit()>
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

    view! {
        <ol class="enrol-steps">
            <li>{td_string!(i18n, devices.step_open)}" "<b>{address}</b></li>
            <li>{td_string!(i18n, devices.step_type)}</li>
        </ol>
        <div class="enrol-code" class:is-over=move || left() <= 0 role="status">
            <p class="enrol-code__code">{code.code.clone()}</p>
            <p class="enrol-code__until">{until}</p>
        </div>
    }
}
