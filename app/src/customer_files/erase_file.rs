//! A manager has looked at the file and at why it should go: what it holds is gone everywhere, for good.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Choice, Choices, Dialog, DialogFoot, Icon, Lu, SaveLine, Show, erased_words, use_i18n, use_save};
use domain::{Action, CustomerId, WhyErased};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

#[component]
pub fn EraseFile(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may = Memo::new(move |_| replica.may(&Action::EraseFile { customer: id, why: WhyErased::HerRequest }));

    view! {
        <Show when=move || may.get()>
            <p>
                <button class="button is-alert" type="button" on:click=move |_| is_open.set(true)>
                    <Icon is=Lu::Trash2/>
                    {td_string!(i18n, erase.decide)}
                </button>
            </p>
            <Show when=move || is_open.get()>
                <EraseDialog id file is_open/>
            </Show>
        </Show>
    }
}

#[component]
fn EraseDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let navigate = use_navigate();
    let why = RwSignal::new(None::<WhyErased>);
    let is_tried = RwSignal::new(false);
    let wrong =
        Signal::derive(move || (is_tried.get() && why.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let name = move || match file.get() {
        FileView::Here(row) => row.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default(),
        FileView::NotHere => String::new(),
    };
    let warn = move || td_string!(i18n, erase.warn, name = name());
    let choices = move || WhyErased::ALL.map(|is| Choice { is, word: erased_words(i18n, is).to_owned() }).to_vec();
    let submit = move || {
        is_tried.set(true);
        let Some(why) = why.get_untracked() else { return };
        let navigate = navigate.clone();
        let away = move || navigate("/customers", Default::default());
        save.commit(Action::EraseFile { customer: id, why }, away);
    };

    view! {
        <Dialog title=td_string!(i18n, erase.title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <p><bdi>{warn}</bdi></p>
                <Choices
                    label=td_string!(i18n, erase.why)
                    chosen=why
                    on_choose=move |is| why.set(Some(is))
                    choices=Signal::derive(choices)
                    wrong
                />
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, erase.said)>
                <button class="button is-alert" type="submit" aria-busy=move || save.is_busy().then_some("true")>{td_string!(i18n, erase.act)}</button>
            </DialogFoot>
        </Dialog>
    }
}
