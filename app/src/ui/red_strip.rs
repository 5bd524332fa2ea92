//! What must not be used on her and why, and what nobody has asked. Stays on screen as long as her file does.

use super::{
    I18n, Icon, Lu, Show, avoid_words, course_word, listed, medicine_words, question_name, short_day, use_i18n, use_now,
    zone_word,
};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use domain::{Avoid, Caution, CautionWhy, Question, RedStrip, red_strip};
use leptos::prelude::*;

/// Reads the strip from the file as it is now.
fn use_strip(file: Memo<FileView>) -> Memo<Option<(RedStrip, chrono::NaiveDate)>> {
    let replica = use_replica();
    let now = use_now();
    Memo::new(move |_| {
        let salon = replica.salon()?;
        let offset = salon.settings.offset;
        file.with(|view| match view {
            FileView::Here(row) => Some((red_strip(&row.file, &salon.rules, offset, now.get()), offset.day(now.get()))),
            FileView::NotHere => None,
        })
    })
}

#[component]
pub fn RedStripOf(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let strip = use_strip(file);
    let shown = move || {
        let (strip, today) = strip.get()?;
        let is_forbidden = !strip.entries.is_empty();
        let (set_aside, is_health_withdrawn) = (strip.set_aside, strip.is_health_withdrawn);
        let label = if is_forbidden { td_string!(i18n, strip.label) } else { td_string!(i18n, strip.label_asking) };
        if strip.is_clear() {
            return None;
        }
        let entries = strip.entries.into_iter().map(|entry| view! { <Entry entry today/> }).collect_view();
        let unasked = (!strip.unasked.is_empty()).then(|| view! { <Unasked questions=strip.unasked/> });
        Some(view! {
            <section class="red-strip" class:is-only-asking=!is_forbidden aria-label=label>
                <p class="red-strip__label">
                    <Icon is=if is_forbidden { Lu::Ban } else { Lu::CircleDashed }/>
                    {label}
                </p>
                <ul class="red-strip__list">
                    {entries} {unasked} {(set_aside > 0).then(|| view! { <Aside count=set_aside/> })}
                    {is_health_withdrawn.then(|| view! { <HealthWithdrawn/> })}
                </ul>
            </section>
        })
    };

    view! { {shown} }
}

#[component]
fn Entry(entry: (Caution, Avoid, CautionWhy), today: chrono::NaiveDate) -> impl IntoView {
    let i18n = use_i18n();
    let (caution, avoid, why) = entry;
    let what = move || {
        let what = avoid_words(i18n, &avoid);
        match caution {
            Caution::Forbid => what,
            Caution::AskFirst => td_string!(i18n, strip.ask_first, what = what),
            Caution::NeedsSenior => td_string!(i18n, strip.needs_senior, what = what),
        }
    };

    view! {
        <li class="red-strip__item">
            <b class="red-strip__what"><bdi>{what}</bdi></b>
            <span class="red-strip__why"><bdi>{why_words(i18n, &why, today)}</bdi></span>
        </li>
    }
}

#[component]
fn Unasked(questions: Vec<Question>) -> impl IntoView {
    let i18n = use_i18n();
    let count = questions.len();
    let names = move || listed(i18n, questions.iter().map(|question| question_name(i18n, *question)));

    view! {
        <li class="red-strip__item is-not-asked">
            <b class="red-strip__what">
                <Icon is=Lu::CircleDashed/>
                {td_string!(i18n, strip.unasked, count = count)}
            </b>
            <span class="red-strip__why">{names}</span>
        </li>
    }
}

#[component]
fn Aside(count: usize) -> impl IntoView {
    let i18n = use_i18n();
    let manages = use_replica().manages();

    view! {
        <li class="red-strip__item is-not-asked">
            <b class="red-strip__what">
                <Icon is=Lu::TriangleAlert/>
                {td_string!(i18n, strip.set_aside, count = count)}
            </b>
            // Whoever decides about it goes there.
            {match manages {
                true => view! { <a class="red-strip__why" href="/devices">{td_string!(i18n, strip.set_aside_look)}</a> }.into_any(),
                false => view! { <span class="red-strip__why">{td_string!(i18n, strip.set_aside_todo)}</span> }.into_any(),
            }}
        </li>
    }
}

/// What is known stays beside it; whether she is treated on it, a manager decides with her.
#[component]
fn HealthWithdrawn() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <li class="red-strip__item is-withdrawn">
            <b class="red-strip__what">
                <Icon is=Lu::CircleSlash/>
                {td_string!(i18n, strip.health_withdrawn)}
            </b>
            <span class="red-strip__why">{td_string!(i18n, strip.health_withdrawn_todo)}</span>
        </li>
    }
}

/// The same in a row of a list, as counts.
#[component]
pub fn StripFlags(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let strip = use_strip(file);
    let counts = Memo::new(move |_| {
        strip.with(|strip| strip.as_ref().map_or((0, 0), |(strip, _)| (strip.entries.len(), strip.unasked.len())))
    });

    view! {
        <Show when=move || counts.get().0 != 0>
            <span class="flag is-forbid">
                <Icon is=Lu::Ban/>
                {move || td_string!(i18n, strip.forbidden_count, count = counts.get().0)}
            </span>
        </Show>
        <Show when=move || counts.get().1 != 0>
            <span class="flag is-ask">
                <Icon is=Lu::CircleDashed/>
                {move || td_string!(i18n, strip.unasked, count = counts.get().1)}
            </span>
        </Show>
        <Show when=move || strip.with(|strip| strip.as_ref().is_some_and(|(strip, _)| strip.is_health_withdrawn))>
            <span class="flag is-warn"><Icon is=Lu::CircleSlash/>{td_string!(i18n, strip.health_withdrawn_short)}</span>
        </Show>
        <Show when=move || file.with(|file| *file == FileView::NotHere)>
            <span class="flag is-absent"><Icon is=Lu::CloudDownload/>{td_string!(i18n, file.not_here_flag)}</span>
        </Show>
    }
}

fn why_words(i18n: I18n, why: &CautionWhy, today: chrono::NaiveDate) -> String {
    match why {
        CautionWhy::Allergy { since } => td_string!(i18n, strip.why_allergy, day = short_day(i18n, *since, today)),
        CautionWhy::SetAside { since } => td_string!(i18n, strip.why_set_aside, day = short_day(i18n, *since, today)),
        CautionWhy::Course { what, zone, on, until } => {
            let zone = zone.map_or("", |zone| zone_word(i18n, zone));
            let course = course_word(i18n, *what);
            match (on, until) {
                (Some(on), Some(until)) => {
                    let days = today.signed_duration_since(*on).num_days();
                    let until = short_day(i18n, *until, today);
                    td_string!(i18n, strip.why_course_until, zone = zone, course = course, days = days, until = until)
                }
                (Some(on), None) => {
                    let on = short_day(i18n, *on, today);
                    td_string!(i18n, strip.why_course_on, zone = zone, course = course, on = on)
                }
                (None, _) => td_string!(i18n, strip.why_course_undated, zone = zone, course = course),
            }
        }
        CautionWhy::PregnantOrNursing => td_string!(i18n, question.pregnant).to_owned(),
        CautionWhy::Medicine(medicine) => medicine_words(i18n, medicine, today),
        CautionWhy::Medication { words: Some(words) } => td_string!(i18n, strip.why_medication, words = words.as_str()),
        CautionWhy::Medication { words: None } => td_string!(i18n, strip.why_medication_unknown).to_owned(),
        CautionWhy::ImplantOrPacemaker => td_string!(i18n, question.implant).to_owned(),
        CautionWhy::CourseUnknown => td_string!(i18n, strip.why_course_unknown).to_owned(),
    }
}

/// Nothing is forbidden and all is asked: said quietly, so that an empty place never has to be read.
#[component]
pub fn AllClear(file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let strip = use_strip(file);
    let is_clear = move || strip.with(|strip| strip.as_ref().is_some_and(|(strip, _)| strip.is_clear()));

    view! {
        <Show when=is_clear>
            <p class="note"><span class="flag is-good"><Icon is=Lu::CircleCheck/>{td_string!(i18n, strip.clear)}</span></p>
        </Show>
    }
}
