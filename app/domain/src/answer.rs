//! Taking the history (问诊, M2-05, M2-09 to M2-17): what was asked, what she said, who asked and when.

use crate::{ClockOffset, Field, TakenMedicine, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// 怀孕或哺乳
    PregnantOrNursing,
    /// 起搏器或植入物
    ImplantOrPacemaker,
    /// 过敏史 (M2-15)
    Allergies,
    /// 用药
    Medication,
    /// 镭射、嫩肤、磨皮、换肤、刷酸 (M2-14)
    DestructiveHistory,
    /// 速效祛斑、美白、祛痘产品 (M2-12)
    QuickProducts,
    /// 现在用什么产品 (M2-11, M2-17)
    ProductsNow,
    /// 之前在哪里做护理 (M2-13)
    CareBefore,
    /// 以往症状、季节 (M2-15)
    PastSymptoms,
    /// 这种状况多久了 (M2-16)
    HowLong,
    /// 身体状况 (M2-09)
    BodyCondition,
}

impl Question {
    pub const ALL: [Self; 11] = [
        Self::PregnantOrNursing,
        Self::ImplantOrPacemaker,
        Self::Allergies,
        Self::Medication,
        Self::DestructiveHistory,
        Self::QuickProducts,
        Self::ProductsNow,
        Self::CareBefore,
        Self::PastSymptoms,
        Self::HowLong,
        Self::BodyCondition,
    ];

    /// A safety rule reads it: unanswered, refused or out of date, it must be asked (S0).
    pub const fn is_for_safety(self) -> bool {
        matches!(
            self,
            Self::PregnantOrNursing
                | Self::ImplantOrPacemaker
                | Self::Allergies
                | Self::Medication
                | Self::DestructiveHistory
                | Self::QuickProducts
        )
    }
}

/// *Not asked* is never *no*. Saying *not asked* takes a mistaken answer back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Yes,
    No,
    NotAsked,
    Refused,
}

impl Said {
    pub const ALL: [Self; 4] = [Self::Yes, Self::No, Self::NotAsked, Self::Refused];
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub said: Said,
    /// Her words: brand, price, season, which medicine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Text>,
    /// The day she said it, where that is not the day on which it was written here: taken over from an old card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_on: Option<NaiveDate>,
    /// Destructive courses, for `DestructiveHistory` and `QuickProducts` only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<PastCourse>,
    /// What she takes or took, for `Medication` only (S4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub medicines: Vec<TakenMedicine>,
}

impl Answer {
    /// Stands where an answer was taken over of which nobody knows the day: too old to count.
    pub const UNDATED: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    };

    pub const fn just(said: Said) -> Self {
        Self { said, words: None, said_on: None, courses: Vec::new(), medicines: Vec::new() }
    }
}

/// A clock may be ahead, around midnight; a day that has not been yet is no answer.
const AHEAD_DAYS: i64 = 1;

impl Field<Answer> {
    /// The day she said it: an answer from an old card is as old as the card.
    pub fn asked_on(&self, offset: ClockOffset) -> NaiveDate {
        self.value.said_on.unwrap_or_else(|| offset.day(self.written.at))
    }

    /// Older than so many days it must be asked again (S0).
    pub fn is_out_of_date(&self, answer_days: u32, offset: ClockOffset, today: NaiveDate) -> bool {
        let age = today.signed_duration_since(self.asked_on(offset)).num_days();
        !(-AHEAD_DAYS..=i64::from(answer_days)).contains(&age)
    }
}

/// One course that may have damaged the skin, here or elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastCourse {
    pub what: Course,
    /// `None`: not known where, so it counts for every zone.
    pub zone: Option<Zone>,
    /// `None`: not known when.
    pub on: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// 激光、镭射
    Laser,
    /// 嫩肤
    Resurfacing,
    /// 磨皮
    Dermabrasion,
    /// 换肤
    Peel,
    /// 刷酸
    Acid,
    /// 快速美白
    QuickWhitening,
}

impl Course {
    pub const ALL: [Self; 6] = [Self::Laser, Self::Resurfacing, Self::Dermabrasion, Self::Peel, Self::Acid, Self::QuickWhitening];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    Forehead,
    Eyes,
    Cheeks,
    Nose,
    Mouth,
    Neck,
    Decollete,
    Back,
    Hands,
    Body,
}

impl Zone {
    pub const ALL: [Self; 10] = [
        Self::Forehead,
        Self::Eyes,
        Self::Cheeks,
        Self::Nose,
        Self::Mouth,
        Self::Neck,
        Self::Decollete,
        Self::Back,
        Self::Hands,
        Self::Body,
    ];
}
