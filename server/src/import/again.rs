//! A sheet that is imported again: nobody's file is changed by it but for one thing, an allergy that nobody has written down yet.
//! Whatever else differs is told, so that a person can look.

use super::card;
use crate::workbook::Person;
use domain::{Action, Cents, CustomerFile, ProfileField as F, ProfileValue};
use std::collections::BTreeSet;

/// Those on neither of her lists: what was resolved since stays resolved.
pub fn new_allergies(person: &Person, file: &CustomerFile) -> Vec<Action> {
    let active = file.allergies.active().map(|(_, allergy)| allergy.what.as_str());
    let written: BTreeSet<&str> = active.chain(file.allergies.resolved().map(|(allergy, _)| allergy.what.as_str())).collect();
    card::allergies_by_name(person, file.id)
        .into_iter()
        .filter(|(_, what, _)| !written.contains(what.as_str()))
        .map(|(tag, what, remark)| Action::AddAllergy { customer: file.id, tag, what, remark })
        .collect()
}

/// The sheet says nothing of her that her file does not say too.
pub fn agrees(person: &Person, file: &CustomerFile) -> bool {
    let is_told = |told: ProfileValue| file.profile.value(told.field()) == Some(&told);
    card::profile(person).into_iter().all(is_told) && new_allergies(person, file).is_empty()
}

/// Her row and name, and what the sheet says that her file does not; `None` where there is nothing. What is only in the file is no difference.
pub fn differing(person: &Person, file: &CustomerFile) -> Option<String> {
    let mut told: Vec<String> = card::profile(person).into_iter().filter_map(|value| other(&value, file)).collect();
    let notes: BTreeSet<&str> = file.notes.values().map(|note| note.text.as_str()).collect();
    if card::notes(person, file.id).iter().any(|(_, text)| !notes.contains(text.as_str())) {
        told.push("备注不一样".to_owned());
    }
    (!told.is_empty()).then(|| format!("  第 {} 行 {}：{}", person.place.row, person.name, told.join("；")))
}

fn other(value: &ProfileValue, file: &CustomerFile) -> Option<String> {
    let (label, sheet) = (label(value.field()), words(value));
    match file.profile.value(value.field()) {
        Some(held) if held == value => None,
        Some(held) if !words(held).is_empty() => Some(format!("{label} 表里 {sheet}，档案里 {}", words(held))),
        _ => Some(format!("{label} 表里 {sheet}，档案里没有")),
    }
}

/// As it is written on the wire, which is near enough to how people write it.
fn words(value: &ProfileValue) -> String {
    if let ProfileValue::SpentBefore(Some(cents)) | ProfileValue::BalanceBefore(Some(cents)) = value {
        return Cents::to_string(cents);
    }
    let json = serde_json::to_value(value).unwrap_or_default();
    let inner = json.as_object().and_then(|object| object.values().next());
    inner.and_then(|inner| inner.as_str()).unwrap_or_default().to_owned()
}

const fn label(field: F) -> &'static str {
    match field {
        F::Name => "姓名",
        F::Phone | F::PhoneAsWritten => "手机",
        F::Birthday | F::BirthdayAsWritten => "生日",
        F::Gender => "性别",
        F::SkinType => "皮肤类型",
        F::Card => "卡号",
        F::Source | F::Referrer => "来源",
        F::Consultant => "负责顾问",
        F::SpendingMark => "顾客类型",
        F::BloodType => "血型",
        F::Workplace => "工作单位",
        F::HomePhone => "家庭电话",
        F::Hobbies => "爱好",
        F::Diet => "饮食",
        F::FirstVisit => "首次到店",
        F::LastVisit => "最近到店",
        F::SpentBefore => "累计消费",
        F::BalanceBefore => "余额",
    }
}
