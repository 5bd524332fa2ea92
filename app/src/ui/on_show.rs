//! The code for a new device stays in sight when the screen locks: whoever made it has gone to the other device with it in mind. It opens
//! nothing that is on this one.

use domain::Moment;
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub code: String,
    pub until: Moment,
}

#[derive(Clone, Copy)]
pub struct CodeOnShow(pub RwSignal<Option<Code>>);

pub fn provide_code_on_show() {
    provide_context(CodeOnShow(RwSignal::new(None)));
}

pub fn use_code_on_show() -> RwSignal<Option<Code>> {
    expect_context::<CodeOnShow>().0
}
