//! What is put on a skin: each product with the batches that stand on the shelf.

use super::batch_dialog::BatchDialog;
use super::furnishing_page::{Head, Line};
use super::product_dialog::ProductDialog;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Show, class_word, ingredient_words, joined, listed, short_day, use_i18n};
use domain::{Batch, BatchId, Product, ProductId};
use leptos::prelude::*;

#[component]
pub fn Products() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(None::<(ProductId, Option<Product>)>);
    let products = move || {
        let mut all: Vec<(ProductId, Product)> =
            replica.salon().map(|salon| salon.products.clone()).unwrap_or_default().into_iter().collect();
        all.sort_by(|a, b| a.1.name.cmp(&b.1.name));
        all
    };
    let one = move |(id, product): (ProductId, Product)| {
        let (name, about) = (product.name.clone(), about(i18n, &product));
        view! {
            <Line name about on_edit=move |()| open.set(Some((id, Some(product.clone()))))>
                <Batches product=id/>
            </Line>
        }
    };

    view! {
        <Head title=td_string!(i18n, stock.products) add=td_string!(i18n, stock.add_product) on_add=move |()| open.set(Some((ProductId::new(replica.new_uuid()), None)))/>
        <ul class="device-list" aria-label=td_string!(i18n, stock.products)>{move || products().into_iter().map(one).collect_view()}</ul>
        <Show when=move || products().is_empty()><p class="note">{td_string!(i18n, stock.no_products)}</p></Show>
        {move || open.get().map(|(id, product)| view! { <ProductDialog id product on_close=move |()| open.set(None)/> })}
    }
}

fn about(i18n: crate::ui::I18n, product: &Product) -> String {
    let ingredients: Vec<String> = product.ingredients.iter().map(|what| ingredient_words(i18n, what)).collect();
    let ingredients = listed(i18n, ingredients.iter().map(String::as_str));
    joined(i18n, [class_word(i18n, product.class), ingredients.as_str()])
}

#[component]
fn Batches(product: ProductId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(None::<(BatchId, Option<Batch>)>);
    let batches = move || {
        let mut all: Vec<(BatchId, Batch)> =
            replica.salon().map(|salon| salon.batches.clone()).unwrap_or_default().into_iter().collect();
        all.retain(|(_, batch)| batch.product == product);
        all.sort_by_key(|(_, batch)| batch.expires_on);
        all
    };
    let one = move |(id, batch): (BatchId, Batch)| {
        let (today, is_recalled) = (replica.today(), batch.is_recalled);
        let is_over = batch.expires_on < today;
        let words =
            td_string!(i18n, stock.batch_until, number = batch.number.as_str(), day = short_day(i18n, batch.expires_on, today));
        view! {
            <li>
                <button class="button is-plain" type="button" on:click=move |_| open.set(Some((id, Some(batch.clone()))))><bdi>{words}</bdi></button>
                {is_recalled.then(|| view! { <span class="flag is-forbid"><Icon is=Lu::Ban/>{td_string!(i18n, gate.recalled)}</span> })}
                {(is_over && !is_recalled).then(|| view! { <span class="flag is-forbid"><Icon is=Lu::Ban/>{td_string!(i18n, stock.over)}</span> })}
            </li>
        }
    };

    view! {
        <ul>{move || batches().into_iter().map(one).collect_view()}</ul>
        <button class="button is-plain" type="button" on:click=move |_| open.set(Some((BatchId::new(replica.new_uuid()), None)))>
            <Icon is=Lu::Plus/>
            {td_string!(i18n, stock.add_batch)}
        </button>
        {move || open.get().map(|(id, batch)| view! { <BatchDialog id product batch on_close=move |()| open.set(None)/> })}
    }
}
