//! A reading for machines (JSON) and for the person who decides about it (text).

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};

use super::{Person, Problem, Reading, Role, cells::answer::Answer};

impl Reading {
    pub fn to_json(&self) -> Value {
        let (hints, problems): (Vec<&Problem>, Vec<&Problem>) =
            self.problems.iter().partition(|problem| problem.reason.is_hint());
        json!({
            "rows": self.rows,
            "merged": self.merges.len(),
            "mapping": self.mapping,
            "customers": self.people.iter().map(customer).collect::<Vec<_>>(),
            "problems": problems,
            "hints": hints,
            "merges": self.merges,
            "skipped": self.skipped,
            "ignored_sheets": self.ignored_sheets.iter().map(|(sheet, why)| json!({ "sheet": sheet, "reason": why.to_string() })).collect::<Vec<_>>(),
        })
    }

    /// Mapping, sums, then at most `lines` problems in full.
    pub fn to_text(&self, lines: usize) -> String {
        let mut text = String::new();
        self.write_sums(&mut text);
        self.write_mapping(&mut text);
        self.write_merges(&mut text, lines);
        self.write_problems(&mut text, lines);
        text
    }

    fn write_sums(&self, text: &mut String) {
        let not_asked = self
            .people
            .iter()
            .filter(|person| person.allergy_answer != Answer::Yes && person.allergy_answer != Answer::No)
            .count();
        let _ =
            writeln!(text, "读了 {} 行，{} 位顾客，{} 行与前面的行是同一人。", self.rows, self.people.len(), self.merges.len());
        let _ = writeln!(text, "{not_asked} 位顾客的过敏史还没有问过。");
        for (sheet, why) in &self.ignored_sheets {
            let _ = writeln!(text, "工作表「{sheet}」没有导入：{why}。");
        }
        for skipped in &self.skipped {
            let _ = writeln!(
                text,
                "「{}」第 {} 行不是顾客（{}）：{}",
                skipped.sheet,
                skipped.row,
                skipped.why,
                shortened(&skipped.text)
            );
        }
    }

    fn write_mapping(&self, text: &mut String) {
        let _ = writeln!(text, "\n列（可以改：列=内容）");
        for column in &self.mapping {
            let meaning = match column.role {
                Role::Field(field) => field.label(),
                Role::Kept => "不认识，原文保留在备注后面",
                Role::LeftOut => "不导入",
            };
            let chosen = if column.is_chosen { "（您指定的）" } else { "" };
            let _ = writeln!(text, "  {} {}「{}」→ {meaning}{chosen}", column.sheet, column.letter, shortened(&column.head));
        }
    }

    fn write_merges(&self, text: &mut String, lines: usize) {
        let _ = writeln!(text, "\n合并（{} 行）", self.merges.len());
        for merge in self.merges.iter().take(lines) {
            let _ = writeln!(
                text,
                "  第 {} 行 {} → 第 {} 行 {}",
                merge.row,
                shortened(&merge.name),
                merge.first.row,
                shortened(&merge.first_name)
            );
        }
        write_rest(text, self.merges.len(), lines);
    }

    fn write_problems(&self, text: &mut String, lines: usize) {
        let _ = writeln!(text, "\n要看的地方（{} 处）", self.problems.len());
        for (reason, count) in self.counted() {
            let _ = writeln!(text, "  {count} 处：{reason}");
        }
        let _ = writeln!(text);
        for problem in self.problems.iter().take(lines) {
            let _ = writeln!(
                text,
                "  「{}」第 {} 行 {}「{}」：{}",
                problem.sheet,
                problem.row,
                shortened(&problem.column),
                shortened(&problem.original),
                problem.reason
            );
        }
        write_rest(text, self.problems.len(), lines);
    }

    fn counted(&self) -> Vec<(String, usize)> {
        let mut counts = BTreeMap::<String, usize>::new();
        self.problems.iter().for_each(|problem| *counts.entry(problem.reason.without_facts()).or_default() += 1);
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}

fn write_rest(text: &mut String, all: usize, lines: usize) {
    if all > lines {
        let _ = writeln!(text, "  ……还有 {} 处", all - lines);
    }
}

/// A terminal must not be led about by what stands in a cell: one line, no control characters, not too long.
fn shortened(text: &str) -> String {
    let quiet: String = super::text::tidy(text);
    match quiet.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &quiet[..at]),
        None => quiet,
    }
}

fn customer(person: &Person) -> Value {
    json!({
        "sheet": person.place.sheet, "row": person.place.row, "merged_rows": person.merged,
        "name": person.name, "also_named": person.also_named,
        "card": person.card, "other_cards": person.other_cards, "gender": person.gender,
        "phone": person.phone, "other_phones": person.other_phones,
        "birthday": person.birthday, "skin": person.skin,
        "allergy_answer": answer(person.allergy_answer),
        "allergies": person.allergies.iter().map(|allergy| &allergy.substance).collect::<Vec<_>>(),
        "allergy_remarks": person.allergies.iter().filter(|allergy| allergy.remark.is_some()).collect::<Vec<_>>(),
        "allergy_text": person.allergy_text,
        "history_answer": answer(person.history_answer), "history": person.history, "history_text": person.history_text,
        "pregnancy": person.pregnancy, "medication": person.medication, "implant": person.implant,
        "source": person.source, "consultant": person.consultant, "kind": person.kind,
        "first_visit": person.first_visit, "last_visit": person.last_visit,
        "spent_cents": person.spent_cents, "balance_cents": person.balance_cents,
        "note": person.note, "kept": person.kept, "unread": person.unread,
        "details": person.details.iter().map(|(field, text)| (field.slug().to_owned(), json!(text))).collect::<serde_json::Map<_, _>>(),
    })
}

/// *Refused* counts as unasked; the refusal itself stands among the problems.
fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::NotAsked | Answer::Refused => "not_asked",
    }
}
