//! One particular: what is known, who wrote it, and the way to correct it for those who may.

use super::fact_dialog::FactDialog;
use super::fact_words::{emptied, value_words};
use super::file_head::use_by_and_when;
use super::phone_value::PhoneValue;
use crate::consents::use_permission;
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{Icon, Lu, Show, field_word, listed, use_i18n};
use domain::{Action, CustomerId, Field, Permission, ProfileField, ProfileField as F, ProfileValue, Purpose, Shown};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq)]
enum Known {
    Written(Field<ProfileValue>),
    Empty,
    /// Held back from this kind of device, or not for her role.
    Withheld,
}

fn known(replica: Replica, file: &FileView, field: ProfileField) -> Known {
    let FileView::Here(row) = file else {
        return Known::Empty;
    };
    let may_read = replica.may_read(field);
    match row.file.profile.field(field) {
        _ if !may_read => Known::Withheld,
        Some(Shown::Withheld) => Known::Withheld,
        Some(Shown::Known(held)) if !held.value.is_empty() => Known::Written(held.clone()),
        Some(Shown::Known(_)) | None => Known::Empty,
    }
}

#[component]
pub fn FactRow(id: CustomerId, file: Memo<FileView>, field: ProfileField) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by_and_when = use_by_and_when();
    let known = Memo::new(move |_| file.with(|file| known(replica, file, field)));
    let is_shown = move || match known.get() {
        Known::Written(_) => true,
        Known::Empty => !is_only_if_written(field),
        Known::Withheld => false,
    };
    let shown = move || match known.get() {
        Known::Written(Field { value: ProfileValue::Phone(Some(phone)), .. }) => view! { <PhoneValue phone file/> }.into_any(),
        Known::Written(held) => view! { <bdi>{value_words(i18n, replica, &held.value)}</bdi> }.into_any(),
        Known::Empty => {
            view! { <span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, file.not_written)}</span> }.into_any()
        }
        Known::Withheld => ().into_any(),
    };
    let note = move || match known.get() {
        Known::Written(held) => Some(view! { <span><bdi>{by_and_when(held.written, false)}</bdi></span> }),
        Known::Empty | Known::Withheld => None,
    };

    view! {
        <Show when=is_shown>
            <div class="fact">
                <dt class="fact__name">{field_word(i18n, field)}</dt>
                <dd class="fact__value">{shown}</dd>
                <dd class="fact__note">{note} <Correct id file field/></dd>
            </div>
        </Show>
    }
}

#[component]
fn Correct(id: CustomerId, file: Memo<FileView>, field: ProfileField) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let health = use_permission(file, Purpose::HealthRecord);
    let may = Memo::new(move |_| {
        let is_kept_from = field == F::SkinType && health.get() == Permission::Withdrawn;
        !is_kept_from
            && emptied(field).is_some_and(|value| replica.may(&Action::CorrectProfile { customer: id, value }))
            && !is_only_if_written(field)
    });

    view! {
        <Show when=move || may.get()>
            <button class="button is-plain" type="button" aria-label=td_string!(i18n, file.correct, what = field_word(i18n, field)) on:click=move |_| is_open.set(true)>
                <Icon is=Lu::PencilLine/>
                {td_string!(i18n, file.correct_short)}
            </button>
            <Show when=move || is_open.get()>
                <FactDialog id file field is_open/>
            </Show>
        </Show>
    }
}

/// What is held back, by name: neither empty nor unasked.
#[component]
pub fn WithheldFacts(file: Memo<FileView>, fields: &'static [ProfileField]) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let held_back = Memo::new(move |_| {
        let is_held_back = |field: &&ProfileField| file.with(|file| known(replica, file, **field)) == Known::Withheld;
        fields.iter().filter(is_held_back).copied().collect::<Vec<_>>()
    });
    let names = move || listed(i18n, held_back.get().into_iter().map(|field| field_word(i18n, field)));

    view! {
        <Show when=move || held_back.with(|held_back| !held_back.is_empty())>
            <div class="fact">
                <dt class="fact__name">{move || td_string!(i18n, file.withheld_count, count = held_back.with(Vec::len))}</dt>
                <dd class="fact__value">
                    <span class="withheld"><span class="withheld__word"><Icon is=Lu::EyeOff/>{td_string!(i18n, file.withheld)}</span></span>
                    <p class="note">{names}</p>
                </dd>
            </div>
        </Show>
    }
}

/// What stood in the old file where nothing could be read: worth a line only when there is something.
const fn is_only_if_written(field: ProfileField) -> bool {
    matches!(
        field,
        F::PhoneAsWritten | F::BirthdayAsWritten | F::Referrer | F::FirstVisit | F::LastVisit | F::SpentBefore | F::BalanceBefore
    )
}
