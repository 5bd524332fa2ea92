//! Writing a contact down. What she has withdrawn is not offered as a reason to get in touch with her.

use crate::i18n::{Locale, td_string};
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, Draft, LongField, Lu, PastDayField, RecordFoot, SaveLine, SelectField, Show, bad_text_words,
    channel_word, direction_word, listed, matter_word, purpose_name, typed_over, use_draft, use_i18n, use_past_day, use_save,
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
        true => (None, None),
        false => (Some(Channel::InPerson), Some(Direction::ByHer)),
    };
    let told = Told { channel: RwSignal::new(channel), direction: RwSignal::new(direction), is_reached: RwSignal::new(None) };
    let about = RwSignal::new(String::new());
    let draft = use_draft(Draft::Contact(id));
    let is_tried = RwSignal::new(false);
    let day = use_past_day(is_tried);
    let withdrawn_for = move |matter| match file.get() {
        FileView::Here(row) => row.file.not_allowed_for(&told.strictest(matter)),
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
        let text = written.as_deref().and_then(|words| Text::new(words).ok());
        let (talk, on) = untrack(|| (chosen().and_then(|matter| told.talk(matter, text)), day.earlier()));
        if let (Some(talk), Ok(on), None) = (talk, on, text_wrong.get_untracked()) {
            let is = Talk { on, ..talk };
            let contact = ContactId::new(replica.new_uuid());
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
        let space = if i18n == Locale::en { " " } else { "" };
        refused.into_iter().chain(unasked).collect::<Vec<_>>().join(space)
    };
    let unasked = move || match file.get() {
        FileView::Here(row) => {
            let purpose = row.file.unasked_for(&told.strictest(chosen()?))?;
            Some(td_string!(i18n, contacts.ask_her, what = purpose_name(i18n, purpose)))
        }
        FileView::NotHere => None,
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
                    <How told is_tried/>
                </Show>
                <SelectField label=td_string!(i18n, contacts.about) hint value=about options=matters wrong=about_wrong/>
                {move || unasked().map(|ask| view! { <p class="note">{ask}</p> })}
                <PastDayField label=td_string!(i18n, contacts.on) day/>
                <LongField label=td_string!(i18n, contacts.text) mark=td_string!(i18n, consents.remark_mark) value=typed_over(draft, String::new) wrong=text_wrong/>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, contacts.only_added) icon=Lu::Check word=td_string!(i18n, notes.keep)/>
        </Dialog>
    }
}

/// By which way, who began, and whether anybody answered: nothing is chosen before somebody has chosen it.
#[derive(Clone, Copy)]
struct Told {
    channel: RwSignal<Option<Channel>>,
    direction: RwSignal<Option<Direction>>,
    is_reached: RwSignal<Option<bool>>,
}

impl Told {
    /// Whoever comes by herself, or stands before us, was reached.
    fn may_be_missed(self) -> bool {
        self.direction.get() == Some(Direction::ByUs) && self.channel.get().is_some_and(|channel| channel != Channel::InPerson)
    }

    /// `None` while something is not told.
    fn talk(self, about: Matter, text: Option<Text>) -> Option<Talk> {
        let is_reached = if self.may_be_missed() { self.is_reached.get()? } else { true };
        Some(Talk { channel: self.channel.get()?, direction: self.direction.get()?, about, is_reached, on: None, text })
    }

    /// What is not told yet may still be the salon's own call.
    fn strictest(self, about: Matter) -> Talk {
        let channel = self.channel.get().unwrap_or(Channel::Phone);
        let direction = self.direction.get().unwrap_or(Direction::ByUs);
        Talk { channel, direction, about, is_reached: true, on: None, text: None }
    }
}

#[component]
fn How(told: Told, is_tried: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let Told { channel, direction, is_reached } = told;
    let directions = move || Direction::ALL.map(|is| Choice { is, word: direction_word(i18n, is).to_owned() }).to_vec();
    let channels = move || Channel::ALL.map(|is| Choice { is, word: channel_word(i18n, is).to_owned() }).to_vec();
    let answers = move || {
        let word = |is| if is { td_string!(i18n, contacts.reached) } else { td_string!(i18n, contacts.not_reached) };
        [true, false].map(|is| Choice { is, word: word(is).to_owned() }).to_vec()
    };
    let missing = move |is_told: bool| (is_tried.get() && !is_told).then(|| td_string!(i18n, form.choose_one).to_owned());

    view! {
        <Choices
            label=td_string!(i18n, contacts.direction)
            chosen=direction
            on_choose=move |is| direction.set(Some(is))
            choices=Signal::derive(directions)
            wrong=Signal::derive(move || missing(direction.get().is_some()))
        />
        <Choices
            label=td_string!(i18n, contacts.channel)
            chosen=channel
            on_choose=move |is| channel.set(Some(is))
            choices=Signal::derive(channels)
            wrong=Signal::derive(move || missing(channel.get().is_some()))
        />
        <Show when=move || told.may_be_missed()>
            <Choices
                label=td_string!(i18n, contacts.outcome)
                chosen=is_reached
                on_choose=move |is| is_reached.set(Some(is))
                choices=Signal::derive(answers)
                wrong=Signal::derive(move || missing(is_reached.get().is_some()))
            />
        </Show>
    }
}

/// What stands for a contact where only the right to it is asked.
pub fn probe(customer: CustomerId, channel: Channel, direction: Direction) -> Action {
    let is = Talk { channel, direction, about: Matter::Other, is_reached: true, on: None, text: None };
    Action::LogContact { customer, contact: ContactId::new(uuid::Uuid::nil()), is }
}
