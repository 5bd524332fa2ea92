//! One product that was put on her skin: where, from which batch, and what the gate said.

use super::verdict::VerdictLines;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{I18n, Icon, Lu, SaveLine, Show, joined, use_i18n, use_save, zone_word};
use domain::{Action, CustomerId, Salon, Use, UseId, Used, Verdict};
use leptos::prelude::*;

#[component]
pub fn UseItem(
    id: CustomerId,
    usage: UseId,
    is: Signal<Option<Use>>,
    file: Memo<FileView>,
    #[prop(optional, into)] is_unsent: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let words = move || Some(use_words(i18n, replica.salon()?.as_ref(), &is.get()?.is));
    let said = move || is.get().map(|used| used.is.judged).filter(|judged| judged.verdict != Verdict::Allow);
    let overtaken = move || is.get().and_then(|used| used.overtaken).map(|overtaken| overtaken.known);
    let released = move || {
        let release = is.get()?.is.release?;
        let salon = replica.salon()?;
        let who = salon.person(release.by).map(|person| person.name.as_str().to_owned()).unwrap_or_default();
        Some(td_string!(i18n, care.released_by, who = who, why = release.reason.as_str()))
    };
    let confirmed = move || {
        let FileView::Here(row) = file.get() else { return None };
        let confirmed = row.file.use_confirmed(usage)?;
        Some(td_string!(i18n, care.confirmed, by = by_and_when(confirmed, true)))
    };

    view! {
        <li class="care-note">
            <header class="care-note__head">
                <span class="care-note__kind"><bdi>{words}</bdi></span>
                <span><bdi>{move || is.get().map(|used| by_and_when(used.written, true))}</bdi></span>
                <Show when=move || is_unsent.get()>
                    <span class="care-note__state flag is-warn"><Icon is=Lu::CloudOff/>{td_string!(i18n, notes.unsent)}</span>
                </Show>
            </header>
            {move || said().map(|judgement| view! { <VerdictLines judgement/> })}
            {move || overtaken().map(|judgement| view! {
                <p class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, care.overtaken)}</p>
                <VerdictLines judgement/>
            })}
            {move || released().map(|words| view! { <p class="care-note__words"><bdi>{words}</bdi></p> })}
            {move || confirmed().map(|words| view! { <p><span class="flag is-good"><Icon is=Lu::CircleCheck/><bdi>{words}</bdi></span></p> })}
            <Confirm id usage is file/>
        </li>
    }
}

/// Whoever has to see it says that she has.
#[component]
fn Confirm(id: CustomerId, usage: UseId, is: Signal<Option<Use>>, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, save) = (use_replica(), use_save());
    let waits = Memo::new(move |_| matches!(file.get(), FileView::Here(row) if row.file.is_use_to_confirm(usage)));
    let may = Memo::new(move |_| {
        let is_hers = |person: domain::Person, used: Use| {
            let act = used.act();
            act.may_be_confirmed_by(person.id) || replica.salon().is_some_and(|salon| act.is_left_to(person.id, &salon))
        };
        let is_hers = replica.person().zip(is.get()).is_some_and(|(person, used)| is_hers(person, used));
        waits.get() && is_hers && replica.may(&Action::ConfirmUse { customer: id, usage, is_alone: false })
    });

    view! {
        <Show when=move || waits.get() && !may.get()>
            <p><span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, care.waits)}</span></p>
        </Show>
        <Show when=move || may.get()>
            <p>
                <button class="button" type="button" on:click=move |_| save.commit(Action::ConfirmUse { customer: id, usage, is_alone: false }, || {})>
                    <Icon is=Lu::UserCheck/>
                    {td_string!(i18n, care.confirm)}
                </button>
            </p>
            <SaveLine save/>
        </Show>
    }
}

/// `补水修复面膜·面颊·批号 A20260301`
pub fn use_words(i18n: I18n, salon: &Salon, used: &Used) -> String {
    let product =
        salon.products.get(&used.product).map_or(td_string!(i18n, gate.product_unknown), |product| product.name.as_str());
    let batch = used.batch.and_then(|id| salon.batches.get(&id));
    let batch = batch.map(|batch| td_string!(i18n, stock.batch_of, number = batch.number.as_str()));
    joined(i18n, [product, zone_word(i18n, used.zone), batch.as_deref().unwrap_or(td_string!(i18n, gate.batch_unknown))])
}
