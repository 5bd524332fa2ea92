//! A product is opened for her: where, which, from which batch; the gate answers at once, and what happened is recorded whatever it said.

use super::release::{ReleaseFields, use_releasing};
use super::skin_line::SkinLine;
use super::verdict::VerdictLines;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Check, Choice, Choices, Dialog, DialogFoot, Icon, Lu, SaveLine, SelectField, Show, short_day, use_i18n, use_save, zone_word,
};
use domain::{
    Action, BatchId, Because, CustomerId, Judgement, ProductId, SafetyQuestion, TreatmentId, UseId, UseOf, Used, Verdict, Zone,
    judge_use,
};
use leptos::prelude::*;

#[component]
pub fn UseDialog(
    id: CustomerId,
    file: Memo<FileView>,
    is_open: RwSignal<bool>,
    /// Where it is used in a treatment: which.
    #[prop(optional)]
    during: Option<TreatmentId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let zone = RwSignal::new(None::<Zone>);
    let [product, batch] = [(); 2].map(|()| RwSignal::new(String::new()));
    let (opens, releasing) = (RwSignal::new(false), use_releasing());
    let is_tried = RwSignal::new(false);
    let chosen = move || {
        let batch = batch.get().parse::<BatchId>().ok();
        let opens = opens.get() && batch.is_some();
        Some(UseOf { product: product.get().parse().ok()?, batch, zone: zone.get()?, opens })
    };
    let judged = Memo::new(move |_| -> Option<Judgement> {
        let (salon, FileView::Here(row)) = (replica.salon()?, file.get()) else { return None };
        Some(judge_use(&salon, &row.file, chosen()?, replica.today()))
    });
    let verdict = move || judged.with(|judged| judged.as_ref().map(|judged| judged.verdict));
    let is_skin_unseen = move || {
        let why = Because::Unasked(SafetyQuestion::SkinNow);
        judged.with(|judged| judged.as_ref().is_some_and(|judged| judged.findings.iter().any(|finding| finding.why == why)))
    };
    let submit = move || {
        is_tried.set(true);
        let (Some(chosen), Some(judged)) = (untrack(chosen), judged.get_untracked()) else { return };
        let Some(release) = releasing.read(judged.verdict) else { return };
        let known = replica.salon().and_then(|salon| chosen.known(&salon, replica.today())).map(Box::new);
        let UseOf { product, batch, zone, opens } = chosen;
        let is = Box::new(Used { product, batch, zone, judged, release, known, opens, during });
        let usage = UseId::new(replica.new_uuid());
        save.commit(Action::UseProduct { customer: id, usage, is }, move || is_open.set(false));
    };
    let zones = Signal::derive(move || Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec());
    let zone_wrong =
        Signal::derive(move || (is_tried.get() && zone.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let product_wrong = Signal::derive(move || {
        (is_tried.get() && product.get().is_empty()).then(|| td_string!(i18n, form.choose_one).to_owned())
    });
    let is_released = move || releasing.is_given(verdict());
    let word = move || match verdict() {
        None | Some(Verdict::Allow) => td_string!(i18n, care.keep),
        Some(_) if is_released() => td_string!(i18n, care.keep),
        Some(_) => td_string!(i18n, care.keep_all_the_same),
    };

    view! {
        <Dialog title=td_string!(i18n, care.add) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Choices label=td_string!(i18n, care.zone) chosen=zone on_choose=move |is| zone.set(Some(is)) choices=zones wrong=zone_wrong/>
                <WhichProduct product batch wrong=product_wrong/>
                <Show when=move || !batch.with(String::is_empty)><Check label=td_string!(i18n, care.opens) is_on=opens/></Show>
                {move || judged.get().map(|judgement| view! { <VerdictLines judgement/> })}
                <Show when=is_skin_unseen><SkinLine id file/></Show>
                <ReleaseFields releasing verdict=Signal::derive(verdict)/>
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, care.always_kept)>
                <button
                    class="button is-tall"
                    class:is-primary=move || matches!(verdict(), None | Some(Verdict::Allow)) || is_released()
                    type="submit"
                    aria-busy=move || save.is_busy().then_some("true")
                >
                    <Icon is=Lu::Check/>
                    {word}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

/// Of each product what stands on the shelf, the batch that expires first above.
#[component]
fn WhichProduct(product: RwSignal<String>, batch: RwSignal<String>, wrong: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let batches = Signal::derive(move || {
        let (salon, of, today) = (replica.salon(), product.get().parse::<ProductId>().ok(), replica.today());
        let mut all: Vec<_> = salon
            .iter()
            .flat_map(|salon| salon.batches.iter())
            .filter(|(_, batch)| Some(batch.product) == of)
            .map(|(id, batch)| (batch.expires_on, id.to_string(), batch.number.as_str().to_owned()))
            .collect();
        all.sort();
        let words = |(expires_on, id, number): (chrono::NaiveDate, String, String)| {
            let day = short_day(i18n, expires_on, today);
            (id, td_string!(i18n, stock.batch_until, number = number, day = day))
        };
        let none = (String::new(), td_string!(i18n, gate.batch_unknown).to_owned());
        std::iter::once(none).chain(all.into_iter().map(words)).collect::<Vec<_>>()
    });
    // Another product has other batches.
    Effect::new(move |before: Option<String>| {
        let now = product.get();
        if before.is_some_and(|before| before != now) {
            batch.set(String::new());
        }
        now
    });

    view! {
        <SelectField label=td_string!(i18n, care.product) value=product options=super::products(i18n, replica) width="" wrong/>
        <SelectField label=td_string!(i18n, care.batch) value=batch options=batches width=""/>
    }
}
