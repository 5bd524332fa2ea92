//! What can happen in a treatment, as whoever was there records it.

use super::{StartOf, judge_start};
use crate::{
    CustomerFile, EventId, Judgement, Name, ProductClass, ReactionOutcome, Release, RoomId, Salon, ServiceId, StaffId, Step,
    Text, VisitId, Zone,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CareEvent {
    /// The consultant tells whoever will treat her what to take care of (M6-03).
    HandOver(HandedOver),
    /// It starts in the room, with what the gate said at that door.
    Begin(Begun),
    /// What the server records where it knew more of her when it heard of that beginning than the screen did on which the gate was asked.
    Overtake {
        begun: EventId,
        known: Judgement,
    },
    /// A senior says that she has seen what the gate said to a beginning.
    Confirm {
        begun: EventId,
        /// Worked out where it is decided: she may say so, and had all of it before her.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        counts: bool,
        /// Likewise: nobody else could have.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_alone: bool,
    },
    /// A colleague goes on with it, or the same person on another tablet.
    TakeOver {},
    BeginStep {
        step: u8,
    },
    FinishStep(StepDone),
    /// She is called away, or wants to rest.
    Pause {},
    Resume {},
    /// How it is done from now on (M6-07, M6-12, M6-13).
    Adjust(Adjustment),
    /// She does not feel well, or her skin answers (M6-17, M6-22).
    React(Reacted),
    /// A senior has seen to a reaction: it no longer asks for care with what was on her skin then (S11).
    Settle {
        reaction: EventId,
        how: Text,
    },
    /// How it was for her (M6-08, M6-14).
    Feel(Comfort),
    /// She goes back to the consultant, with what she said she needs (M6-15, M6-16).
    HandBack(Brought),
    Finish(AfterCare),
    /// What somebody has to add to it; after its end nothing else is.
    Add(Text),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOver {
    /// What to take special care of; *nothing special* is said, not left out.
    pub precautions: Precaution,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<StaffId>,
    /// Where her things are (M2-35).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locker: Option<Name>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precaution {
    Care(Text),
    NothingSpecial,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// Where it is done; empty: nobody said, so everywhere.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub zones: BTreeSet<Zone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// The service's steps as they were on that day.
    pub plan: Vec<Step>,
    pub judged: Judgement,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Release>,
}

impl Begun {
    pub fn start(&self) -> StartOf {
        StartOf { service: self.service, zones: self.zones.clone() }
    }

    /// What the gate says by what is known now, where it finds something that the screen did not.
    pub(crate) fn overtaken(&self, salon: &Salon, her: &CustomerFile, on: NaiveDate) -> Option<Judgement> {
        let now = judge_start(salon, her, &self.start(), on);
        now.has_more_than(&self.judged).then_some(now)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepDone {
    pub step: u8,
    /// By the tablet's running clock, in milliseconds; `None` where it was shut, asleep or another one in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_skipped: bool,
    /// Of a list that was gone through, what was found in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// 手法轻一点
    Softer,
    /// 手法重一点
    Stronger,
    /// 慢一点
    Slower,
    /// 她赶时间 (M6-13)
    InHurry,
    /// 她很累: no chatting, nothing is sold (M6-12).
    Tired,
    /// 换个姿势、加被子 (M6-05)
    MoreComfortable,
}

impl Adjustment {
    pub const ALL: [Self; 6] = [Self::Softer, Self::Stronger, Self::Slower, Self::InHurry, Self::Tired, Self::MoreComfortable];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reacted {
    pub outcome: ReactionOutcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// Of what was on her skin then.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub classes: BTreeSet<ProductClass>,
    /// What was done at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Emergency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

/// What is done at once when her skin answers (M6-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emergency {
    /// 停手，取下产品
    Stopped,
    /// 清水洗净
    Rinsed,
    /// 冷敷
    Cooled,
    /// 叫店长
    CalledManager,
    /// 建议就医或叫救护车
    SentToDoctor,
}

impl Emergency {
    pub const ALL: [Self; 5] = [Self::Stopped, Self::Rinsed, Self::Cooled, Self::CalledManager, Self::SentToDoctor];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comfort {
    /// 1, not at all, to 5, very comfortable.
    pub comfort: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brought {
    /// What she said she needs; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Text>,
    /// She was brought a snack and a drink, and may rest.
    pub is_served: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterCare {
    /// What could be seen of it in the mirror (M6-09, M6-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Text>,
}
