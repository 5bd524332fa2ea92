//! The rules themselves, one function each. None reads a missing answer as a safe one.

use super::{
    Because, Case, Finding, Judgement, Kinds, Measured, PatchResult, PatchTest, ProductOf, ReactionOutcome, Rule, SafetyQuestion,
    SafetyRules, Verdict,
};
use crate::{PastCourse, Said, Zone, time::months_later};
use chrono::NaiveDate;

/// Every rule is asked; the worst verdict wins, and every reason is told.
pub fn judge(rules: &SafetyRules, case: &Case) -> Judgement {
    let gate = Gate { rules, case };
    let mut findings = Vec::new();
    gate.courses(&mut findings);
    gate.allergies(&mut findings);
    gate.pregnancy(&mut findings);
    gate.medication(&mut findings);
    gate.implant(&mut findings);
    gate.skin_now(&mut findings);
    gate.interval(&mut findings);
    gate.patch_test(&mut findings);
    gate.batch(&mut findings);
    gate.last_reaction(&mut findings);
    let mut judgement = Judgement { verdict: Verdict::Allow, findings, rules_version: rules.version };
    judgement.put_in_order();
    judgement
}

struct Gate<'a> {
    rules: &'a SafetyRules,
    case: &'a Case,
}

type Findings = Vec<Finding>;

fn find(findings: &mut Findings, verdict: Verdict, rule: Rule, why: Because) {
    findings.push(Finding { verdict, rule, why });
}

impl Gate<'_> {
    fn product(&self) -> Option<&ProductOf> {
        self.case.product.as_ref()
    }

    fn is_one_of(&self, kinds: &Kinds) -> bool {
        self.product().is_some_and(|product| kinds.include(product.class, &product.tags))
    }

    /// What was written without a zone counts for each, and so does everything where the zone is not known.
    fn is_here(&self, zone: Option<Zone>) -> bool {
        zone.is_none() || self.case.zone.is_none() || zone == self.case.zone
    }

    /// From that day until the day of the case; negative where it is still to come.
    fn days_since(&self, day: NaiveDate) -> i64 {
        self.case.on.signed_duration_since(day).num_days()
    }

    /// S0, together with the rule that needs the answer. Answers with what she said.
    fn ask(&self, question: SafetyQuestion, rule: Rule, findings: &mut Findings) -> Said {
        let said = self.case.her.answers.to(question);
        if matches!(said, Said::NotAsked | Said::Refused) {
            find(findings, Verdict::AskFirst, Rule::S0, Because::Unasked(question));
            find(findings, Verdict::AskFirst, rule, Because::Unasked(question));
        }
        said
    }

    /// S1, S1b
    fn courses(&self, findings: &mut Findings) {
        if !self.is_one_of(&self.rules.after_course) {
            return;
        }
        let said = self.ask(SafetyQuestion::DestructiveHistory, Rule::S1b, findings);
        let history = &self.case.her.history;
        for course in history.iter().filter(|course| self.is_here(course.zone)) {
            let why = Because::Course { what: course.what, on: course.on };
            match self.after(course) {
                Verdict::Forbid => find(findings, Verdict::Forbid, Rule::S1, why),
                Verdict::Allow => {}
                verdict => find(findings, verdict, Rule::S1b, why),
            }
        }
        // Of a course that nobody has named the day is not known either.
        if said == Said::Yes && history.is_empty() {
            find(findings, Verdict::NeedsSenior, Rule::S1b, Because::Untold(SafetyQuestion::DestructiveHistory));
        }
    }

    fn after(&self, course: &PastCourse) -> Verdict {
        let Some(on) = course.on else { return Verdict::NeedsSenior };
        match self.days_since(on) {
            days if days < i64::from(self.rules.forbidden_days) => Verdict::Forbid,
            days if days <= i64::from(self.rules.senior_days) => Verdict::NeedsSenior,
            _ if self.has_recovered_since(on) => Verdict::Allow,
            _ => Verdict::NeedsSenior,
        }
    }

    /// So many in a row in that zone, after that day and until today.
    fn has_recovered_since(&self, day: NaiveDate) -> bool {
        let Some(zone) = self.case.zone else { return false };
        let counts = |measured: &&Measured| measured.zone == zone && day < measured.on && measured.on <= self.case.on;
        let mut since: Vec<&Measured> = self.case.her.measurements.iter().filter(counts).collect();
        since.sort_by_key(|measured| measured.on);
        let mut in_a_row = since.split(|measured| !measured.in_recovery_range);
        in_a_row.any(|run| run.len() >= self.rules.recovered_after as usize)
    }

    /// S2
    fn allergies(&self, findings: &mut Findings) {
        let Some(product) = self.product() else { return };
        let said = self.ask(SafetyQuestion::Allergies, Rule::S2, findings);
        let known = &self.case.her.allergies;
        for what in known {
            if what.is_class(product.class) || product.tags.iter().any(|tag| what.is_in(tag)) {
                find(findings, Verdict::Forbid, Rule::S2, Because::Allergy(what.clone()));
            }
        }
        if said == Said::Yes && known.is_empty() {
            find(findings, Verdict::AskFirst, Rule::S2, Because::Untold(SafetyQuestion::Allergies));
        }
    }

    /// S3
    fn pregnancy(&self, findings: &mut Findings) {
        if self.is_one_of(&self.rules.in_pregnancy)
            && self.ask(SafetyQuestion::PregnantOrNursing, Rule::S3, findings) == Said::Yes
        {
            find(findings, Verdict::Forbid, Rule::S3, Because::PregnantOrNursing);
        }
    }

    /// S4
    fn medication(&self, findings: &mut Findings) {
        if !self.is_one_of(&self.rules.on_medication) {
            return;
        }
        let said = self.ask(SafetyQuestion::Medication, Rule::S4, findings);
        let taken = &self.case.her.medication;
        for medicine in taken {
            match self.rules.on(*medicine, self.case.on) {
                Verdict::Allow => {}
                verdict => find(findings, verdict, Rule::S4, Because::Medicine(medicine.what)),
            }
        }
        if said == Said::Yes && taken.is_empty() {
            find(findings, Verdict::AskFirst, Rule::S4, Because::Untold(SafetyQuestion::Medication));
        }
    }

    /// S5
    fn implant(&self, findings: &mut Findings) {
        let uses_current = self.case.service.as_ref().is_some_and(|service| service.uses_current);
        if uses_current && self.ask(SafetyQuestion::ImplantOrPacemaker, Rule::S5, findings) == Said::Yes {
            find(findings, Verdict::Forbid, Rule::S5, Because::Implant);
        }
    }

    /// S6: known trouble counts at every door; that somebody has looked is asked where her skin can be seen.
    fn skin_now(&self, findings: &mut Findings) {
        let troubles = &self.case.her.skin_now;
        for trouble in troubles.iter().filter(|trouble| self.is_here(trouble.zone)) {
            find(findings, Verdict::Forbid, Rule::S6, Because::Skin(trouble.what));
        }
        if self.case.door.is_at_her_skin()
            && self.ask(SafetyQuestion::SkinNow, Rule::S6, findings) == Said::Yes
            && troubles.is_empty()
        {
            find(findings, Verdict::AskFirst, Rule::S6, Because::Untold(SafetyQuestion::SkinNow));
        }
    }

    /// S7
    fn interval(&self, findings: &mut Findings) {
        let Some(service) = &self.case.service else { return };
        let Some(least) = service.min_interval_days else { return };
        let given = self.case.her.last_services.iter();
        let here = given.filter(|last| (last.service == service.id || last.service.is_empty()) && self.is_here(last.zone));
        if let Some(last) = here.map(|last| last.on).max()
            && self.days_since(last) < i64::from(least)
        {
            find(findings, Verdict::NeedsSenior, Rule::S7, Because::TooSoon { last });
        }
    }

    /// S8
    fn patch_test(&self, findings: &mut Findings) {
        let Some(product) = self.product() else { return };
        let tests = || self.case.her.patch_tests.iter().filter(|test| test.product == product.id);
        let counts = |test: &PatchTest| (1..=i64::from(self.rules.patch_test_days)).contains(&self.days_since(test.on));
        // One that she reacted to tells for ever, also where none was asked for.
        if let Some(test) = tests().find(|test| test.result == PatchResult::Positive) {
            find(findings, Verdict::Forbid, Rule::S8, Because::PatchTestPositive { on: test.on });
        } else if product.needs_patch_test && !tests().any(counts) {
            find(findings, Verdict::AskFirst, Rule::S8, Because::PatchTest);
        }
    }

    /// S9, S10: nobody can release these.
    fn batch(&self, findings: &mut Findings) {
        let Some(batch) = self.product().and_then(|product| product.batch) else { return };
        if batch.expires_on < self.case.on {
            find(findings, Verdict::Forbid, Rule::S9, Because::Expired { on: batch.expires_on });
        }
        if let (Some(since), Some(months)) = (batch.opened_on, batch.months_after_opening)
            && months_later(since, months) < self.case.on
        {
            find(findings, Verdict::Forbid, Rule::S9, Because::OpenTooLong { since });
        }
        if batch.recalled {
            find(findings, Verdict::Forbid, Rule::S10, Because::Recalled);
        }
    }

    /// S11
    fn last_reaction(&self, findings: &mut Findings) {
        let Some(product) = self.product() else { return };
        let of_it = self.case.her.reactions.iter().filter(|reaction| reaction.class == product.class && !reaction.resolved);
        for reaction in of_it.filter(|reaction| reaction.outcome != ReactionOutcome::Other) {
            find(findings, Verdict::NeedsSenior, Rule::S11, Because::LastReaction(reaction.outcome));
        }
    }
}
