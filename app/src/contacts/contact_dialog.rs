//! Writing a contact down. What she has withdrawn is not offered as a reason to get in touch with her.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, DialogFoot, Draft, Icon, LongField, Lu, SaveLine, SelectField, Show, bad_text_words, channel_word,
    direction_word, listed, matter_word, purpose_name, typed_over, use_draft, use_i18n, use_save,
};
use domain::{Action, BadText, Channel, ContactId, CustomerId, Direction, Matter, Permission, Purpose, Talk, Text};
use leptos::prelude::*;

#[component]
pub fn ContactDialog(
    id: CustomerId,
    file: Memo<FileView>,
    may_any: Memo<bool>,
    title: Signal<&'static str>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let (channel, direction) = match may_any.get_untracked() {
        true => (RwSignal::new(Channel::Phone), RwSignal::new(Direction::ByUs)),
        false => (RwSignal::new(Channel::InPerson), RwSignal::new(Direction::ByHer)),
    };
    let about = RwSignal::new(String::new());
    let is_reached = RwSignal::new(true);
    let draft = use_draft(Draft::Contact(id));
    let is_tried = RwSignal::new(false);
    let talk = move |about, text| Talk {
        channel: channel.get(),
        direction: direction.get(),
        about,
        is_reached: is_reached.get() || !may_be_missed(channel.get(), direction.get()),
        text,
    };
    let withdrawn_for = move |matter| match file.get() {
        FileView::Here(row) => row.file.not_allowed_for(&talk(matter, None)),
        FileView::NotHere => None,
    };
    let offered =
        Memo::new(move |_| Matter::ALL.into_iter().filter(|matter| withdrawn_for(*matter).is_none()).collect::<Vec<_>>());
    let withdrawn = Memo::new(move |_| {
        let held_back: Vec<Purpose> = Matter::ALL.into_iter().filter_map(withdrawn_for).collect();
        Purpose::ALL.into_iter().filter(|purpose| held_back.contains(purpose)).collect::<Vec<_>>()
    });
    let chosen = move || offered.get().into_iter().find(|matter| format!("{matter:?}") == about.get());
    let about_wrong = Signal::derive(move || {
        (is_tried.get() && chosen().is_none()).then(|| td_string!(i18n, contacts.about_missing).to_owned())
    });
    let text_wrong = Signal::derive(move || match Text::new(&draft.get().unwrap_or_default()) {
        Err(bad @ BadText::TooLong(_)) if is_tried.get() => Some(bad_text_words(i18n, bad)),
        _ => None,
    });
    let submit = move || {
        is_tried.set(true);
        let written = draft.get_untracked();
        if let (Some(matter), None) = (untrack(chosen), text_wrong.get_untracked()) {
            let text = written.as_deref().and_then(|words| Text::new(words).ok());
            let contact = ContactId::new(replica.new_uuid());
            let is = untrack(|| talk(matter, text));
            save.commit(Action::LogContact { customer: id, contact, is }, move || {
                draft.set(None);
                is_open.set(false);
            });
        }
    };
    let hint = move || {
        let is_refused =
            |purpose: &Purpose| matches!(file.get(), FileView::Here(row) if row.file.allows(*purpose) == Permission::Withdrawn);
        let (refused, unasked): (Vec<Purpose>, Vec<Purpose>) = withdrawn.get().into_iter().partition(is_refused);
        let names = |purposes: Vec<Purpose>| listed(i18n, purposes.into_iter().map(|purpose| purpose_name(i18n, purpose)));
        let refused = (!refused.is_empty()).then(|| td_string!(i18n, contacts.not_offered, what = names(refused)));
        let unasked = (!unasked.is_empty()).then(|| td_string!(i18n, contacts.not_asked, what = names(unasked)));
        refused.into_iter().chain(unasked).collect::<String>()
    };
    let matters = Signal::derive(move || {
        let none = (String::new(), td_string!(i18n, form.none_chosen).to_owned());
        let words = |matter: Matter| (format!("{matter:?}"), matter_word(i18n, matter).to_owned());
        std::iter::once(none).chain(offered.get().into_iter().map(words)).collect::<Vec<_>>()
    });

    view! {
        <Dialog title=move || title.get() on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Show when=move || may_any.get()>
                    <How channel direction is_reached/>
                </Show>
                <SelectField label=td_string!(i18n, contacts.about) hint value=about options=matters wrong=about_wrong/>
                <LongField label=td_string!(i18n, contacts.text) mark=td_string!(i18n, consents.remark_mark) value=typed_over(draft, String::new) wrong=text_wrong/>
                <SaveLine save/>
            </div>
            <DialogFoot said=td_string!(i18n, contacts.only_added)>
                <button class="button is-primary is-tall" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, notes.keep)}
                </button>
            </DialogFoot>
        </Dialog>
    }
}

/// By which way, who began, and whether anybody answered.
#[component]
fn How(channel: RwSignal<Channel>, direction: RwSignal<Direction>, is_reached: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let directions = move || Direction::ALL.map(|is| Choice { is, word: direction_word(i18n, is).to_owned() }).to_vec();
    let channels = move || Channel::ALL.map(|is| Choice { is, word: channel_word(i18n, is).to_owned() }).to_vec();
    let answers = move || {
        let word = |is| if is { td_string!(i18n, contacts.reached) } else { td_string!(i18n, contacts.not_reached) };
        [true, false].map(|is| Choice { is, word: word(is).to_owned() }).to_vec()
    };

    view! {
        <Choices label=td_string!(i18n, contacts.direction) chosen=Signal::derive(move || Some(direction.get())) on_choose=move |is| direction.set(is) choices=Signal::derive(directions)/>
        <Choices label=td_string!(i18n, contacts.channel) chosen=Signal::derive(move || Some(channel.get())) on_choose=move |is| channel.set(is) choices=Signal::derive(channels)/>
        <Show when=move || may_be_missed(channel.get(), direction.get())>
            <Choices label=td_string!(i18n, contacts.outcome) chosen=Signal::derive(move || Some(is_reached.get())) on_choose=move |is| is_reached.set(is) choices=Signal::derive(answers)/>
        </Show>
    }
}

/// Whoever comes by herself, or stands before us, was reached.
fn may_be_missed(channel: Channel, direction: Direction) -> bool {
    direction == Direction::ByUs && channel != Channel::InPerson
}

/// What stands for a contact where only the right to it is asked.
pub fn probe(customer: CustomerId, channel: Channel, direction: Direction) -> Action {
    let is = Talk { channel, direction, about: Matter::Other, is_reached: true, text: None };
    Action::LogContact { customer, contact: ContactId::new(uuid::Uuid::nil()), is }
}
