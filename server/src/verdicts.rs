//! `xinyan verdicts CASES.json`: what the safety rules, version 1, say to cases that somebody has written down.

use crate::{say, trouble::Trouble};
use domain::{GivenCase, Judged, SafetyRules};
use serde_json::Value;
use std::{fs, path::Path};

/// Prints one array; a file of which one case can't be read is not judged at all.
pub fn print(path: &Path) -> Result<(), Trouble> {
    let text = fs::read_to_string(path).map_err(|error| Trouble::File(path.to_owned(), error))?;
    let (judged, unread) = of(&text).map_err(|bad| Trouble::Cases(path.to_owned(), bad))?;
    for word in unread {
        say::trouble(format_args!("没有读 {word}：不认识。Not known, and not read: {word}."));
    }
    say::line(serde_json::to_string(&judged).unwrap_or_default());
    Ok(())
}

/// With the places of what nobody here knows.
fn of(text: &str) -> Result<(Vec<Judged<Value>>, Vec<String>), String> {
    let given: Vec<Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut unread = Vec::new();
    let rules = SafetyRules::default();
    let judged = given.into_iter().enumerate().map(|(at, mut case)| {
        drop_nulls(&mut case);
        let name = case.get("id").map_or_else(|| format!("[{at}]"), ToString::to_string);
        let read = serde_ignored::deserialize(case, |path| unread.push(format!("{name}.{path}")));
        let given: GivenCase<Value> = read.map_err(|error: serde_json::Error| format!("{name}: {error}"))?;
        Ok(given.judged(&rules))
    });
    let judged: Result<Vec<Judged<Value>>, String> = judged.collect();
    Ok((judged?, unread))
}

/// What is null is absent.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| !value.is_null());
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    fn said(cases: &str) -> String {
        serde_json::to_string(&of(cases).unwrap().0).unwrap()
    }

    #[test]
    fn a_case_of_which_nothing_was_asked_is_asked_about() {
        let cases =
            r#"[{"id":"新客","on":"2026-11-22","door":"prescription","zone":"cheeks","product":{"id":"p","class":"whitening"}}]"#;
        assert_eq!(said(cases), r#"[{"id":"新客","verdict":"ask_first","rules":["S0","S1b","S2"]}]"#);
    }

    #[test]
    fn a_full_case_is_judged_by_every_rule_it_touches() {
        let cases = r#"[
            {"id":1,"on":"2026-11-22","door":"product","zone":"decollete",
             "answers":{"pregnant_or_nursing":"no","implant_or_pacemaker":"no","allergies":"yes","medication":"yes","skin_now":"no","destructive_history":"yes"},
             "history":[{"what":"quick_whitening","zone":null,"on":"2026-11-01"}],
             "allergies":["alcohol"],"medication":[{"what":"isotretinoin","until":null}],"skin_now":[],
             "measurements":[{"on":"2026-11-20","zone":"decollete","in_recovery_range":true}],
             "reactions":[{"class":"acid","outcome":"swelling","on":"2026-10-01","resolved":false}],
             "product":{"id":"p","class":"acid","tags":["alcohol","salicylic_acid"],"needs_patch_test":true,
                "batch":{"expires_on":"2026-11-21","opened_on":null,"months_after_opening":12,"recalled":true}},
             "patch_tests":[],"service":{"id":"s","min_interval_days":7,"uses_current":true},
             "last_services":[{"service":"s","zone":"decollete","on":"2026-11-16"}]},
            {"id":2,"on":"2026-11-22","door":"booking","zone":"hands","product":null,"service":null}
        ]"#;
        let expected = r#"[{"id":1,"verdict":"forbid","rules":["S1","S2","S4","S7","S8","S9","S10","S11"]},{"id":2,"verdict":"allow","rules":[]}]"#;
        assert_eq!(said(cases), expected);
    }

    #[test]
    fn what_is_not_known_is_told_and_what_cannot_be_read_is_not_judged() {
        let case = |more: &str| format!(r#"[{{"id":"a","on":"2026-11-22","door":"room","zone":"nose"{more}}}]"#);
        assert_eq!(of(&case(r#","alergies":["alcohol"]"#)).unwrap().1, [r#""a".alergies"#]);
        let bad = of(&case(r#","answers":{"allergies":"perhaps"}"#)).unwrap_err();
        assert!(bad.starts_with(r#""a": unknown variant `perhaps`"#), "{bad}");
        assert!(of("{}").is_err() && of(r#"[{"id":"b","door":"room"}]"#).is_err());
    }
}
