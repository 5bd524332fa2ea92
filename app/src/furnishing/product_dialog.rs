//! A product: what it is called, of which class it is, and what is in it that somebody may react to.

use super::keep::KeepFoot;
use crate::i18n::td_string;
use crate::ui::{
    Check, Choice, Choices, Dialog, SaveLine, TextField, Toggles, bad_text_words, class_word, use_i18n, use_save, usual_word,
};
use domain::{Action, BadText, Ingredient, Name, Product, ProductClass, ProductId, UsualIngredient};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn ProductDialog(id: ProductId, product: Option<Product>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let class = RwSignal::new(product.as_ref().map(|product| product.class));
    let listed = product.as_ref().map(|product| product.ingredients.clone()).unwrap_or_default();
    let (usual, others) = apart(listed);
    let usual = RwSignal::new(usual);
    let name = RwSignal::new(product.as_ref().map(|product| String::from(product.name.clone())).unwrap_or_default());
    let others = RwSignal::new(others.join(td_string!(i18n, app.comma)));
    let needs_patch_test = RwSignal::new(product.as_ref().is_some_and(|product| product.needs_patch_test));
    let months = product.and_then(|product| product.months_after_opening).map(|months| months.to_string()).unwrap_or_default();
    let months = RwSignal::new(months);
    let is_tried = RwSignal::new(false);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let class_wrong =
        Signal::derive(move || (is_tried.get() && class.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let read_months = move |typed: String| match typed.trim() {
        "" => Some(None),
        typed => typed.parse::<u8>().ok().filter(|months| (1..=60).contains(months)).map(Some),
    };
    let months_wrong = Signal::derive(move || {
        let is_bad = is_tried.get() && read_months(months.get()).is_none();
        is_bad.then(|| td_string!(i18n, refusal.months).to_owned())
    });
    let others_wrong = Signal::derive(move || {
        let bad = read(&others.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let submit = move || {
        is_tried.set(true);
        let (Ok(name), Some(class), Some(months_after_opening), Ok(others)) = (
            Name::new(&name.get_untracked()),
            class.get_untracked(),
            read_months(months.get_untracked()),
            read(&others.get_untracked()),
        ) else {
            return;
        };
        let usual = usual.get_untracked().into_iter().map(Ingredient::Usual);
        let is = Product {
            name,
            class,
            ingredients: usual.chain(others).collect(),
            months_after_opening,
            needs_patch_test: needs_patch_test.get_untracked(),
        };
        save.commit(Action::StockProduct { product: id, is }, move || on_close.run(()));
    };
    let classes =
        Signal::derive(move || ProductClass::ALL.map(|is| Choice { is, word: class_word(i18n, is).to_owned() }).to_vec());
    let usual_ones = UsualIngredient::ALL.map(|is| Choice { is, word: usual_word(i18n, is).to_owned() }).to_vec();

    view! {
        <Dialog title=td_string!(i18n, stock.product) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, furnishing.name) value=name wrong=name_wrong is_required=true is_first=true/>
                <Choices label=td_string!(i18n, stock.class) chosen=class on_choose=move |is| class.set(Some(is)) choices=classes wrong=class_wrong/>
                <Toggles label=td_string!(i18n, stock.ingredients) hint=td_string!(i18n, stock.ingredients_hint) chosen=usual choices=usual_ones/>
                <TextField label=td_string!(i18n, stock.others) hint=td_string!(i18n, stock.others_hint) value=others wrong=others_wrong/>
                <TextField label=td_string!(i18n, stock.months) mark=td_string!(i18n, form.may_be_empty) value=months wrong=months_wrong inputmode="numeric" width="is-short"/>
                <Check label=td_string!(i18n, stock.needs_patch_test) is_on=needs_patch_test/>
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}

/// The usual ones, and the words for the others.
fn apart(all: BTreeSet<Ingredient>) -> (BTreeSet<UsualIngredient>, Vec<String>) {
    let (mut usual, mut others) = (BTreeSet::new(), Vec::new());
    for ingredient in all {
        match ingredient {
            Ingredient::Usual(one) => drop(usual.insert(one)),
            Ingredient::Other(name) => others.push(String::from(name)),
        }
    }
    (usual, others)
}

/// As people write a list: with commas of either kind, or `、`.
fn read(typed: &str) -> Result<Vec<Ingredient>, BadText> {
    let parts = typed.split([',', '，', '、', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Name::new(part).map(Ingredient::from)).collect()
}
