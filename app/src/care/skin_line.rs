//! Whether somebody has looked at her skin today, and what was seen: the gate asks for it in the room (S6).

use super::skin_dialog::SkinDialog;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Icon, Lu, SaveLine, Show, joined, listed, trouble_word, use_i18n, use_now, use_save, zone_word};
use domain::{Action, CustomerId, SkinFinding, Written};
use leptos::prelude::*;

#[component]
pub fn SkinLine(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (save, now, by_and_when) = (use_save(), use_now(), use_by_and_when());
    let is_open = RwSignal::new(false);
    // Each who looked today; two of them where they did not know of one another.
    let looks = Memo::new(move |_| {
        let (Some(salon), FileView::Here(row)) = (replica.salon(), file.get()) else { return Vec::new() };
        let (offset, today) = (salon.settings.offset, salon.settings.offset.day(now.get()));
        row.file.looks_on(offset, today).map(|(findings, written)| (findings.clone(), written)).collect::<Vec<_>>()
    });
    let seen = move || {
        let words = |(findings, written): (Vec<SkinFinding>, Written)| {
            joined(i18n, [findings_words(i18n, &findings).as_str(), by_and_when(written, true).as_str()])
        };
        let words: Vec<String> = looks.get().into_iter().map(words).collect();
        match words.is_empty() {
            true => td_string!(i18n, care.skin_unseen).to_owned(),
            false => words.join(td_string!(i18n, app.semicolon)),
        }
    };
    let is_contested = move || looks.with(|looks| looks.len() > 1);
    // What somebody has seen today is taken back where it is in view, not by a tap.
    let has_findings = move || looks.with(|looks| looks.iter().any(|(findings, _)| !findings.is_empty()));
    let may = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer: id, findings: Vec::new() }));
    let nothing = move |_| save.commit(Action::LookAtSkin { customer: id, findings: Vec::new() }, || {});

    view! {
        <div class="skin-line" role="group" aria-label=td_string!(i18n, care.skin_today)>
            <p class="skin-line__seen">
                <b>{td_string!(i18n, care.skin_today)}</b>
                <bdi>{seen}</bdi>
                <Show when=is_contested>
                    <span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, care.skin_contested)}</span>
                </Show>
            </p>
            <Show when=move || may.get()>
                <div class="skin-line__acts">
                    <Show when=move || !has_findings()>
                        <button class="button" type="button" on:click=nothing>
                            <Icon is=Lu::Check/>
                            {td_string!(i18n, care.skin_fine)}
                        </button>
                    </Show>
                    <button class="button" type="button" on:click=move |_| is_open.set(true)>{td_string!(i18n, care.skin_not_fine)}</button>
                </div>
            </Show>
            <SaveLine save/>
            <Show when=move || is_open.get()>
                <SkinDialog id file is_open/>
            </Show>
        </div>
    }
}

/// `晒伤 面颊，伤口 额`; nothing to treat around where nothing was seen.
pub fn findings_words(i18n: crate::ui::I18n, findings: &[SkinFinding]) -> String {
    if findings.is_empty() {
        return td_string!(i18n, care.skin_fine).to_owned();
    }
    let word = |finding: &SkinFinding| {
        let zone = finding.zone.map_or(td_string!(i18n, zone.unknown), |zone| zone_word(i18n, zone));
        format!("{} {zone}", trouble_word(i18n, finding.what))
    };
    let words: Vec<String> = findings.iter().map(word).collect();
    listed(i18n, words.iter().map(String::as_str))
}
