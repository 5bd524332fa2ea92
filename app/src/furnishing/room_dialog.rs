//! A room: its name is all that a booking needs.

use super::keep::KeepFoot;
use crate::i18n::td_string;
use crate::ui::{Dialog, SaveLine, TextField, bad_text_words, use_i18n, use_save};
use domain::{Action, Name, Room, RoomId};
use leptos::prelude::*;

#[component]
pub fn RoomDialog(id: RoomId, room: Option<Room>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let name = RwSignal::new(room.map(|room| String::from(room.name)).unwrap_or_default());
    let is_tried = RwSignal::new(false);
    let wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let submit = move || {
        is_tried.set(true);
        if let Ok(name) = Name::new(&name.get_untracked()) {
            save.commit(Action::FurnishRoom { room: id, is: Room { name } }, move || on_close.run(()));
        }
    };

    view! {
        <Dialog title=td_string!(i18n, furnishing.room) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, furnishing.name) value=name wrong is_required=true is_first=true/>
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}
