//! Founding the salon: the settings that have no default are asked here, and it can't be finished without them.

use super::weak_password::{weak, weak_words};
use crate::api::SetUp;
use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{I18n, Icon, LanguageButtons, Lu, Page, TextField, bad_text_words, trouble_words, use_i18n};
use domain::{ClockOffset, Name, Settings};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// What was typed so far.
#[derive(Clone, Copy)]
struct Typed {
    salon: RwSignal<String>,
    manager: RwSignal<String>,
    password: RwSignal<String>,
    again: RwSignal<String>,
    hours: RwSignal<String>,
    days: RwSignal<String>,
    label: RwSignal<String>,
    /// What is wrong is said once she has tried to finish.
    is_tried: RwSignal<bool>,
}

impl Typed {
    fn new(label: &str) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            salon: empty(),
            manager: empty(),
            password: empty(),
            again: empty(),
            hours: empty(),
            days: empty(),
            label: RwSignal::new(label.to_owned()),
            is_tried: RwSignal::new(false),
        }
    }

    fn wrong(self, i18n: I18n, why: impl Fn(I18n) -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
        Signal::derive(move || if self.is_tried.get() { why(i18n) } else { None })
    }

    /// The form, once nothing is wrong with it.
    fn form(self) -> Option<SetUp> {
        let number = |typed: RwSignal<String>| typed.get().trim().parse().ok();
        let settings = Settings {
            offset: ClockOffset::default(),
            confirm_hours_before: number(self.hours)?,
            complaint_follow_up_days: number(self.days)?,
            may_restart_offline: true,
        };
        let password = self.password.get();
        let is_whole = settings.is_in_range() && weak(&password).is_none() && password == self.again.get();
        let name = |typed: RwSignal<String>| Name::new(&typed.get()).ok();
        is_whole.then_some(())?;
        Some(SetUp { salon: name(self.salon)?, manager: name(self.manager)?, password, settings, label: name(self.label)? })
    }
}

#[component]
pub fn SetUpPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let typed = Typed::new(untrack(|| td_string!(i18n, set_up.label_start)));
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        typed.is_tried.set(true);
        let Some(form) = untrack(|| typed.form()) else {
            return;
        };
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let link = window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned();
        let navigate = navigate.clone();
        spawn_local(async move {
            match replica.set_up(link, form).await {
                Ok(()) => {
                    navigate("/", leptos_router::NavigateOptions { replace: true, ..Default::default() });
                    let _ = replica.look_at_door().await;
                }
                Err(why) => {
                    is_busy.try_set(false);
                    trouble.try_set(Some(why));
                }
            }
        });
    };

    view! {
        <Page title=td_string!(i18n, set_up.window)>
            <div class="set-up">
                <Intro/>
                <form class="set-up__form" novalidate on:submit=submit>
                    <People typed/>
                    <Rules typed/>
                    <div class="set-up__foot">
                        {move || trouble.get().map(|why| view! {
                            <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{trouble_words(i18n, &why)}</p>
                        })}
                        <p class="note">{td_string!(i18n, set_up.password_note)}</p>
                        <button class="button is-primary is-tall" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                            <Icon is=Lu::Check/>
                            {td_string!(i18n, set_up.done)}
                        </button>
                    </div>
                </form>
            </div>
        </Page>
    }
}

#[component]
fn Intro() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <div class="set-up__intro">
            <h1 class="set-up__title">{td_string!(i18n, set_up.title)}</h1>
            <p class="set-up__lead">{td_string!(i18n, set_up.lead)}</p>
            <ol class="set-up__steps">
                <li class="set-up__step"><Icon is=Lu::Store/>{td_string!(i18n, set_up.people)}<p class="note">{td_string!(i18n, set_up.people_said)}</p></li>
                <li class="set-up__step"><Icon is=Lu::CalendarClock/>{td_string!(i18n, set_up.rules)}<p class="note">{td_string!(i18n, set_up.rules_said)}</p></li>
                <li class="set-up__step"><Icon is=Lu::TabletSmartphone/>{td_string!(i18n, set_up.devices)}<p class="note">{td_string!(i18n, set_up.devices_said)}</p></li>
            </ol>
            <p><LanguageButtons class="button is-plain"/></p>
        </div>
    }
}

#[component]
fn People(typed: Typed) -> impl IntoView {
    let i18n = use_i18n();
    let named = move |field: RwSignal<String>| {
        typed.wrong(i18n, move |i18n| Name::new(&field.get()).err().map(|bad| bad_text_words(i18n, bad)))
    };
    let weak_password = typed.wrong(i18n, move |i18n| weak_words(i18n, &typed.password.get()));
    let unequal = typed.wrong(i18n, move |i18n| {
        (typed.password.get() != typed.again.get()).then(|| td_string!(i18n, set_up.unequal).to_owned())
    });

    view! {
        <section class="set-up__section">
            <h2 class="set-up__heading">{td_string!(i18n, set_up.people)}</h2>
            <TextField label=td_string!(i18n, set_up.salon) value=typed.salon autocomplete="organization" wrong=named(typed.salon) is_required=true/>
            <div class="field-pair">
                <TextField label=td_string!(i18n, set_up.manager) value=typed.manager autocomplete="name" wrong=named(typed.manager) is_required=true/>
                <TextField label=td_string!(i18n, set_up.label) hint=td_string!(i18n, set_up.label_hint) value=typed.label wrong=named(typed.label) is_required=true/>
            </div>
            <div class="field-pair">
                <TextField label=td_string!(i18n, door.password) hint=td_string!(i18n, set_up.password_hint) value=typed.password kind="password" autocomplete="new-password" wrong=weak_password is_required=true/>
                <TextField label=td_string!(i18n, set_up.again) value=typed.again kind="password" autocomplete="new-password" wrong=unequal is_required=true/>
            </div>
        </section>
    }
}

#[component]
fn Rules(typed: Typed) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |field: RwSignal<String>, most: u16| {
        typed.wrong(i18n, move |i18n| {
            let is_right = field.get().trim().parse::<u16>().is_ok_and(|number| (1..=most).contains(&number));
            (!is_right).then(|| td_string!(i18n, set_up.number, most = most))
        })
    };

    view! {
        <section class="set-up__section">
            <h2 class="set-up__heading">{td_string!(i18n, set_up.rules)}</h2>
            <TextField label=td_string!(i18n, set_up.hours) mark=td_string!(i18n, form.required) hint=td_string!(i18n, set_up.hours_hint) unit=td_string!(i18n, set_up.hours_unit) value=typed.hours kind="number" width="is-short" inputmode="numeric" wrong=number(typed.hours, 168) is_required=true/>
            <TextField label=td_string!(i18n, set_up.days) mark=td_string!(i18n, form.required) hint=td_string!(i18n, set_up.days_hint) unit=td_string!(i18n, set_up.days_unit) value=typed.days kind="number" width="is-short" inputmode="numeric" wrong=number(typed.days, 60) is_required=true/>
        </section>
    }
}
