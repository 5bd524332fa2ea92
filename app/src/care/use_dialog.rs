//! A product is opened for her: where, which, from which batch; the gate answers at once, and what happened is recorded whatever it said.

use super::skin_line::SkinLine;
use super::verdict::VerdictLines;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Icon, LongField, Lu, SaveLine, SelectField, Show, short_day, use_i18n, use_required,
    use_save, zone_word,
};
use domain::{
    Action, BatchId, Because, CustomerId, Judgement, ProductId, Release, Role, SafetyQuestion, UseId, Used, Verdict, Zone,
    judge_use,
};
use leptos::prelude::*;

#[component]
pub fn UseDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let zone = RwSignal::new(None::<Zone>);
    let [product, batch, senior] = [(); 3].map(|()| RwSignal::new(String::new()));
    let reason = use_required();
    let is_tried = RwSignal::new(false);
    let chosen = move || Some((product.get().parse::<ProductId>().ok()?, batch.get().parse::<BatchId>().ok(), zone.get()?));
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
        let (Some((product, batch, zone)), Some(judged)) = (untrack(chosen), judged.get_untracked()) else { return };
        let release = match senior.get_untracked().parse() {
            Ok(by) if judged.verdict == Verdict::NeedsSenior => match reason.read() {
                Some(reason) => Some(Release { by, reason }),
                None => return,
            },
            _ => None,
        };
        let is = Box::new(Used { product, batch, zone, judged, release });
        let usage = UseId::new(replica.new_uuid());
        save.commit(Action::UseProduct { customer: id, usage, is }, move || is_open.set(false));
    };
    let zones = Signal::derive(move || Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec());
    let zone_wrong =
        Signal::derive(move || (is_tried.get() && zone.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let product_wrong = Signal::derive(move || {
        (is_tried.get() && product.get().is_empty()).then(|| td_string!(i18n, form.choose_one).to_owned())
    });
    let is_released = move || verdict() == Some(Verdict::NeedsSenior) && !senior.get().is_empty();
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
                {move || judged.get().map(|judgement| view! { <VerdictLines judgement/> })}
                <Show when=is_skin_unseen><SkinLine id file/></Show>
                <Show when=move || verdict() == Some(Verdict::NeedsSenior)>
                    <ReleasedBy senior/>
                    <Show when=is_released>
                        <LongField label=td_string!(i18n, care.release_why) mark=td_string!(i18n, form.required) value=reason.typed wrong=reason.wrong()/>
                    </Show>
                </Show>
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

/// What the salon has, by name; of each what stands on the shelf, the one that expires first above.
#[component]
fn WhichProduct(product: RwSignal<String>, batch: RwSignal<String>, wrong: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let products = Signal::derive(move || {
        let salon = replica.salon();
        let mut all: Vec<(String, String)> = salon
            .iter()
            .flat_map(|salon| salon.products.iter().map(|(id, product)| (id.to_string(), product.name.as_str().to_owned())))
            .collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        std::iter::once((String::new(), td_string!(i18n, form.none_chosen).to_owned())).chain(all).collect::<Vec<_>>()
    });
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
        <SelectField label=td_string!(i18n, care.product) value=product options=products width="" wrong/>
        <SelectField label=td_string!(i18n, care.batch) value=batch options=batches width=""/>
    }
}

/// Consultants and managers, but not whoever asks them.
#[component]
fn ReleasedBy(senior: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let seniors = Signal::derive(move || {
        let (salon, asks) = (replica.salon(), replica.person().map(|person| person.id));
        let may = |person: &&domain::Person| {
            person.is_active && Some(person.id) != asks && (person.is_manager() || person.roles.contains(&Role::Consultant))
        };
        let words = |person: &domain::Person| (person.id.to_string(), person.name.as_str().to_owned());
        let all = salon.iter().flat_map(|salon| salon.staff.values().filter(may).map(words).collect::<Vec<_>>());
        let none = (String::new(), td_string!(i18n, care.nobody_released).to_owned());
        std::iter::once(none).chain(all).collect::<Vec<_>>()
    });

    view! {
        <SelectField label=td_string!(i18n, care.released) hint=td_string!(i18n, care.released_hint) value=senior options=seniors/>
    }
}
