//! Somebody new, or other roles for somebody who is here. Roles are a set: in a salon of three people one person holds several.

use super::person_acts::Helped;
use crate::api;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{
    Choice, Dialog, DialogFoot, Icon, Lu, Show, TextField, Toggles, WhyNot, bad_text_words, door_refusal_words, role_word,
    use_asking, use_i18n,
};
use domain::{Name, Person, Role, StaffId, may_manage};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn PersonDialog(#[prop(optional)] person: Option<Person>, is_open: RwSignal<bool>, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let asking = use_asking();
    let name = RwSignal::new(String::new());
    let roles = RwSignal::new(person.as_ref().map(|person| person.roles.clone()).unwrap_or_default());
    let is_tried = RwSignal::new(false);
    let helped = RwSignal::new(None::<Helped>);
    let id = person.as_ref().map(|person| person.id);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let has_none = move || is_tried.get() && roles.with(BTreeSet::is_empty);
    let close = move || {
        is_open.set(false);
        on_change.run(());
    };
    let submit = move || {
        is_tried.set(true);
        let chosen = roles.get_untracked();
        if chosen.is_empty() || helped.with_untracked(Option::is_some) {
            return;
        }
        match (id, Name::new(&name.get_untracked())) {
            (Some(id), _) => asking.ask(api::set_roles(id, chosen), door_refusal_words, move |()| close()),
            (None, Ok(name)) => asking.ask(api::add_person(name.clone(), chosen), door_refusal_words, move |password| {
                helped.set(Some(Helped::new(name, password)));
            }),
            (None, Err(_)) => {}
        }
    };
    let title = match &person {
        Some(person) => td_string!(i18n, people.roles_of, name = person.name.as_str()),
        None => td_string!(i18n, people.add).to_owned(),
    };

    view! {
        <Dialog title on_close=move |()| close() on_submit=move |()| submit()>
            <div class="dialog__body">
                {id.is_none().then(|| view! {
                    <TextField label=td_string!(i18n, people.name) value=name wrong=name_wrong is_required=true is_first=true/>
                })}
                <RoleBoxes roles whom=id/>
                <Show when=has_none>
                    <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{td_string!(i18n, people.no_roles)}</p>
                </Show>
                <WhyNot asking/>
                {move || helped.get().map(|helped| helped.shown(i18n))}
            </div>
            <DialogFoot>
                <Show
                    when=move || helped.with(Option::is_some)
                    fallback=move || view! {
                        <button class="button is-primary" type="submit" aria-busy=move || asking.is_busy().then_some("true")>
                            <Icon is=Lu::Check/>
                            {td_string!(i18n, people.keep)}
                        </button>
                    }
                >
                    <button class="button is-primary" type="button" on:click=move |_| close()>{td_string!(i18n, people.written_down)}</button>
                </Show>
            </DialogFoot>
        </Dialog>
    }
}

#[component]
fn RoleBoxes(roles: RwSignal<BTreeSet<Role>>, whom: Option<StaffId>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let by = untrack(|| replica.person());
    // Nobody is offered what the salon would refuse.
    let other = whom.unwrap_or_else(|| StaffId::new(replica.new_uuid()));
    let offered = Role::ALL.into_iter().filter(|role| by.as_ref().is_some_and(|by| may_manage(by, other, &[*role].into())));
    let choices = offered.map(|is| Choice { is, word: role_word(i18n, is).to_owned() }).collect();

    view! { <Toggles label=td_string!(i18n, people.which_roles) hint=td_string!(i18n, people.which_roles_hint) chosen=roles choices/> }
}
