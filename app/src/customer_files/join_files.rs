//! Two files of one person, shown as one: joined by a manager, and taken apart again where that was a mistake.

use super::compare_files::CompareFiles;
use super::file_head::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, Summary, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, I18n, Icon, Lu, Notice, SaveLine, Show, TextField, Tone, joined as in_one_line, listed,
    purpose_name, question_name, short_day, use_i18n, use_save,
};
use domain::{Action, Copied, CustomerId};
use leptos::prelude::*;

const MOST_SHOWN: usize = 6;

/// On top of what is known of her: which other files are shown here, since when, and the way back.
#[component]
pub fn JoinedFiles(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let others = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.joined.keys().copied().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });

    view! { <For each=move || others.get() key=|other| *other let:other><JoinedLine id file other/></For> }
}

#[component]
pub fn JoinFiles(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| replica.may(&Action::JoinFiles { customer: id, other: id }));

    view! {
        <Show when=move || may.get()>
            <p>
                <button class="button is-plain" type="button" on:click=move |_| is_open.set(true)>
                    <Icon is=Lu::Users/>
                    {td_string!(i18n, join.ask)}
                </button>
            </p>
            <Show when=move || is_open.get()>
                <JoinDialog id file is_open/>
            </Show>
        </Show>
    }
}

#[component]
fn JoinedLine(id: CustomerId, file: Memo<FileView>, other: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by_and_when = use_by_and_when();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| replica.may(&Action::JoinFiles { customer: id, other }));
    let by = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.joined.get(&other).map(|joined| joined.written),
        FileView::NotHere => None,
    });
    let said = move || {
        let who = by.get().map(|by| by_and_when(by, true)).unwrap_or_default();
        let names = replica.summary(id).map(|summary| summary.also_called).unwrap_or_default();
        match names.is_empty() {
            true => td_string!(i18n, join.is_joined, who = who),
            false => td_string!(i18n, join.is_joined_as, who = who, name = listed(i18n, names.iter().map(String::as_str))),
        }
    };

    view! {
        <p class="note joined-line">
            <Icon is=Lu::Users/>
            <bdi>{said}</bdi>
            <Show when=move || may.get()>
                <button class="button is-plain" type="button" on:click=move |_| is_open.set(true)>{td_string!(i18n, join.part)}</button>
            </Show>
        </p>
        <Show when=move || is_open.get()>
            <PartDialog file other is_open/>
        </Show>
    }
}

#[component]
fn PartDialog(file: Memo<FileView>, other: CustomerId, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    // The server says what is asked; this is how far it can be seen here.
    let asked = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.asked_on_parting(other),
        FileView::NotHere => Vec::new(),
    });
    let customer = move || match file.get_untracked() {
        FileView::Here(row) => row.file.id,
        FileView::NotHere => other,
    };
    let name = move || match file.get() {
        FileView::Here(row) => row.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default(),
        FileView::NotHere => String::new(),
    };
    let copied = move || {
        let asked = asked.get();
        let copies = asked.iter().flat_map(|action| match action {
            Action::DoubtWhose { copies, .. } => copies.as_slice(),
            _ => &[],
        });
        let word = |copied: &Copied| match copied {
            Copied::Allergy { what, .. } => td_string!(i18n, did.add_allergy, what = what.as_str()),
            Copied::Answer(question, _) => td_string!(i18n, did.answer, what = question_name(i18n, *question)),
            Copied::Withdrawn(purpose, _) => td_string!(i18n, did.consent, what = purpose_name(i18n, *purpose)),
        };
        let words: Vec<String> = copies.map(word).collect();
        listed(i18n, words.iter().map(String::as_str))
    };

    view! {
        <Dialog
            title=td_string!(i18n, join.part_title)
            on_close=move |()| is_open.set(false)
            on_submit=move |()| save.commit(Action::PartFiles { customer: customer(), other }, move || is_open.set(false))
        >
            <div class="dialog__body">
                <p>{td_string!(i18n, join.part_said)}</p>
                <p><bdi>{move || td_string!(i18n, join.stays, name = name())}</bdi></p>
                <Show when=move || !copied().is_empty()>
                    <Notice tone=Tone::Warn title=td_string!(i18n, join.also) text=move || td_string!(i18n, join.also_said, what = copied())/>
                </Show>
                <SaveLine save/>
            </div>
            <DialogFoot>
                <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>{td_string!(i18n, join.part)}</button>
            </DialogFoot>
        </Dialog>
    }
}

#[component]
fn JoinDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<CustomerId>);
    let (has_asked, must_ask) = (RwSignal::new(false), RwSignal::new(false));
    let found = Memo::new(move |_| {
        let searched = typed.get();
        let mut found = match (file.get(), searched.trim()) {
            (FileView::Here(row), "") => {
                let name = row.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default();
                replica.look_alikes(&name, row.file.phone(), Some(id))
            }
            (_, searched) => replica.find(searched),
        };
        found.retain(|summary| summary.id != id);
        found.truncate(MOST_SHOWN);
        found
    });
    let choices = Signal::derive(move || {
        let choice = |summary: Summary| Choice { is: summary.id, word: words(i18n, replica.today(), &summary) };
        found.get().into_iter().map(choice).collect::<Vec<_>>()
    });
    // Whoever is no longer in the list was chosen for another search.
    let other = Memo::new(move |_| chosen.get().filter(|id| found.with(|found| found.iter().any(|summary| summary.id == *id))));
    // Whoever was asked about was somebody else.
    let choose = move |is| {
        chosen.set(Some(is));
        has_asked.set(false);
        must_ask.set(false);
    };
    let may_join = move || other.with(Option::is_some) && (has_asked.get() || !must_ask.get());
    let submit = move || {
        if let Some(other) = other.get_untracked().filter(|_| untrack(may_join)) {
            save.commit(Action::JoinFiles { customer: id, other }, move || {
                is_open.set(false);
                // What it came to stands above.
                window().scroll_to_with_x_and_y(0.0, 0.0);
            });
        }
    };

    view! {
        <Dialog title=td_string!(i18n, join.title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, join.find) hint=td_string!(i18n, join.find_hint) value=typed is_first=true/>
                <Show
                    when=move || found.with(|found| !found.is_empty())
                    fallback=move || view! { <p class="note">{td_string!(i18n, join.none)}</p> }
                >
                    <Choices label=td_string!(i18n, join.choose) chosen=other on_choose=choose choices/>
                </Show>
                {move || other.get().map(|other| view! { <CompareFiles file other has_asked must_ask/> })}
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, join.said)>
                <button
                    class="button is-primary"
                    type="submit"
                    prop:disabled=move || !may_join()
                    aria-busy=move || save.is_busy().then_some("true")
                >
                    {td_string!(i18n, join.act)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

/// What tells her from her namesakes.
fn words(i18n: I18n, today: chrono::NaiveDate, summary: &Summary) -> String {
    let tail = summary.phone_tail.as_ref().map(|tail| td_string!(i18n, customers.tail, tail = tail.as_str()));
    let card = summary.card.as_ref().map(|card| td_string!(i18n, customers.card, card = card.as_str()));
    let last = summary.latest_on.map(|day| match day > today {
        true => td_string!(i18n, customers.expected_on, day = short_day(i18n, day, today)),
        false => td_string!(i18n, customers.last_on, day = short_day(i18n, day, today)),
    });
    let parts = [Some(summary.name.clone()), tail, card, last].into_iter().flatten().collect::<Vec<_>>();
    in_one_line(i18n, parts.iter().map(String::as_str))
}
