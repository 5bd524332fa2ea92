//! Writing a slip. Nothing on it is refused: what the gate says stands on it, for whoever carries it out.

use super::course_line::{CourseForm, course_row};
use super::home_line::{HomeForm, home_row};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, Icon, LongField, Lu, RecordFoot, Rows, SaveLine, how_given_word, lines, use_i18n, use_required,
    use_save,
};
use domain::{Action, CustomerId, HowGiven, Prescription, PrescriptionId};
use leptos::prelude::*;

#[component]
pub fn SlipDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, save) = (use_replica(), use_save());
    let (course, home) = (lines([CourseForm::blank(file)]), lines(Vec::<HomeForm>::new()));
    let (expected, risks) = (use_required(), use_required());
    let agreed = RwSignal::new(None::<HowGiven>);
    let is_tried = RwSignal::new(false);
    let course_lines = move || course.get().into_iter().map(|(_, form)| form.read(replica)).collect::<Option<Vec<_>>>();
    let home_lines = move || home.get().into_iter().map(|(_, form)| form.read(replica)).collect::<Option<Vec<_>>>();
    let wrong = move || {
        let is_bad = match (course_lines(), home_lines()) {
            (Some(course), Some(home)) => course.is_empty() && home.is_empty(),
            _ => true,
        };
        (is_tried.get() && is_bad).then(|| td_string!(i18n, slip.bad_line))
    };
    let submit = move || {
        is_tried.set(true);
        let (expected, risks) = (expected.read(), risks.read());
        let lines = untrack(|| (course_lines(), home_lines()));
        let (Some(expected), Some(risks), (Some(course), Some(home))) = (expected, risks, lines) else { return };
        if course.is_empty() && home.is_empty() {
            return;
        }
        let is = Box::new(Prescription { course, home, expected, risks, agreed: agreed.get_untracked() });
        let prescription = PrescriptionId::new(replica.new_uuid());
        save.commit(Action::Prescribe { customer: id, prescription, is }, move || is_open.set(false));
    };
    let ways = Signal::stored(HowGiven::ALL.map(|is| Choice { is, word: how_given_word(i18n, is).to_owned() }).to_vec());

    view! {
        <Dialog title=td_string!(i18n, slip.write) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Rows label=td_string!(i18n, slip.course) rows=course add=td_string!(i18n, slip.add_course) blank=move || CourseForm::blank(file) row=course_row/>
                <Rows label=td_string!(i18n, slip.home) rows=home add=td_string!(i18n, slip.add_home) blank=move || HomeForm::blank(file) row=home_row/>
                {move || wrong().map(|wrong| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{wrong}</p> })}
                <LongField label=td_string!(i18n, slip.expected) mark=td_string!(i18n, form.required) value=expected.typed wrong=expected.wrong()/>
                <LongField label=td_string!(i18n, slip.risks) mark=td_string!(i18n, form.required) value=risks.typed wrong=risks.wrong()/>
                <Choices label=td_string!(i18n, slip.agreed) hint=td_string!(i18n, slip.agreed_hint) chosen=agreed on_choose=move |is| agreed.set(Some(is)) choices=ways/>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, slip.said) icon=Lu::Check word=td_string!(i18n, care.keep)/>
        </Dialog>
    }
}
