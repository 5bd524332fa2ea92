//! Who got in touch with whom, by which way and about what (联系记录, M2-29, M8-08): only ever added to, like notes.

use crate::{CustomerFile, Moment, Permission, Purpose, Text, Written};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Phone,
    #[serde(rename = "wechat")]
    WeChat,
    Message,
    InPerson,
    Other,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Phone, Self::WeChat, Self::Message, Self::InPerson, Self::Other];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    ByUs,
    ByHer,
}

impl Direction {
    pub const ALL: [Self; 2] = [Self::ByUs, Self::ByHer];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    Appointment,
    AfterCare,
    Complaint,
    Offer,
    Other,
}

impl Matter {
    pub const ALL: [Self; 5] = [Self::Appointment, Self::AfterCare, Self::Complaint, Self::Offer, Self::Other];

    /// Which consent covers it. A complaint of hers is answered whatever she has withdrawn.
    const fn purpose(self) -> Option<Purpose> {
        match self {
            Self::Appointment | Self::AfterCare => Some(Purpose::CareContact),
            Self::Offer => Some(Purpose::Offers),
            Self::Complaint | Self::Other => None,
        }
    }
}

/// One time, as whoever was there tells it. No number is in it: every kind of device may hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub channel: Channel,
    pub direction: Direction,
    pub about: Matter,
    /// Somebody answered, or the message was read.
    pub is_reached: bool,
    /// `None` where it was the day on which it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
}

impl Talk {
    /// She said it to whoever writes it down.
    pub fn is_heard(&self) -> bool {
        self.direction == Direction::ByHer && self.channel == Channel::InPerson
    }

    /// What she must not have withdrawn. Who gets in touch by herself is answered; who is here is not called.
    fn needs(&self) -> Option<Purpose> {
        let is_call = self.channel != Channel::InPerson;
        let is_by_us = self.direction == Direction::ByUs;
        self.about.purpose().filter(|purpose| is_by_us && (is_call || *purpose == Purpose::Offers))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub talk: Talk,
    pub written: Written,
}

impl Contact {
    /// She had said that she does not want it. It happened all the same: it is kept, and marked. Told from the file as it is shown, so that a
    /// withdrawal counts that was heard elsewhere, or of which the salon heard later.
    pub fn is_despite(&self, shown: &CustomerFile) -> bool {
        self.talk.needs().is_some_and(|purpose| shown.was_withdrawn(purpose, self.happened()))
    }

    /// Written down on a later day it may have been at any hour of its own: its last one counts.
    fn happened(&self) -> Written {
        let over = self.talk.on.and_then(|on| on.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0));
        let over = over.map(|over| Moment(over.and_utc().timestamp_millis() - 1));
        Written { at: over.map_or(self.written.at, |over| over.min(self.written.at)), ..self.written }
    }
}

impl CustomerFile {
    /// What stands against it now: the consent that she has withdrawn.
    pub fn withdrawn_for(&self, talk: &Talk) -> Option<Purpose> {
        talk.needs().filter(|purpose| self.allows(*purpose) == Permission::Withdrawn)
    }

    /// Likewise, or that she was never asked whether she wants offers: the screen does not offer such a talk.
    pub fn not_allowed_for(&self, talk: &Talk) -> Option<Purpose> {
        let needed = talk.needs().filter(|purpose| *purpose == Purpose::Offers && self.allows(*purpose) != Permission::Given);
        needed.or_else(|| self.withdrawn_for(talk))
    }

    /// What the talk is a good time to ask her about. A call about her own appointment or skin is part of what she came for (PIPL 13); that she
    /// was never asked whether she wants it does not stop it, and is told.
    pub fn unasked_for(&self, talk: &Talk) -> Option<Purpose> {
        talk.needs().filter(|purpose| self.allows(*purpose) == Permission::NotAsked)
    }
}
