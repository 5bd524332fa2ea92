//! What is known of a customer as a person (M2-04, M2-09, M2-20, M2-23): one value a field.

use crate::{Cents, CustomerId, Field, Name, Phone, Stamp, Text, Version};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! profile {
    ($($(#[$doc:meta])* $name:ident($type:ty)),+ $(,)?) => {
        /// A field together with its value. `None` empties it.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProfileValue {
            $($(#[$doc])* $name($type)),+
        }

        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProfileField {
            $($name),+
        }

        impl ProfileField {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }

        impl ProfileValue {
            pub const fn field(&self) -> ProfileField {
                match self {
                    $(Self::$name(_) => ProfileField::$name),+
                }
            }
        }
    };
}

profile! {
    /// One text field: 张姐, a surname alone, a foreign name.
    Name(Name),
    Phone(Option<Phone>),
    /// What stood where a phone should be and could not be read as one.
    PhoneAsWritten(Option<Name>),
    Birthday(Option<NaiveDate>),
    BirthdayAsWritten(Option<Name>),
    Gender(Option<Name>),
    SkinType(Option<SkinType>),
    /// 存卡 (M2-21)
    Card(Option<Name>),
    /// How she heard of us (M2-20).
    Source(Option<Name>),
    /// Who brought her (M2-32).
    Referrer(Option<CustomerId>),
    /// The consultant in charge, by name as the salon writes it.
    Consultant(Option<Name>),
    /// A/B/C (M2-23); never leaves for a treatment room.
    SpendingMark(Option<SpendingMark>),
    BloodType(Option<Name>),
    Workplace(Option<Name>),
    HomePhone(Option<Name>),
    Hobbies(Option<Text>),
    Diet(Option<Text>),
    FirstVisit(Option<NaiveDate>),
    LastVisit(Option<NaiveDate>),
    /// Spent before the salon used this program.
    SpentBefore(Option<Cents>),
    /// Stored value on the old card when the file was taken over; a debt is negative.
    BalanceBefore(Option<Cents>),
}

impl ProfileValue {
    /// True when it says nothing: an empty field.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Name(_) => false,
            Self::Phone(v) => v.is_none(),
            Self::Birthday(v) | Self::FirstVisit(v) | Self::LastVisit(v) => v.is_none(),
            Self::PhoneAsWritten(v)
            | Self::BirthdayAsWritten(v)
            | Self::Gender(v)
            | Self::Card(v)
            | Self::Source(v)
            | Self::Consultant(v)
            | Self::BloodType(v)
            | Self::Workplace(v)
            | Self::HomePhone(v) => v.is_none(),
            Self::SkinType(v) => v.is_none(),
            Self::Referrer(v) => v.is_none(),
            Self::SpendingMark(v) => v.is_none(),
            Self::Hobbies(v) | Self::Diet(v) => v.is_none(),
            Self::SpentBefore(v) | Self::BalanceBefore(v) => v.is_none(),
        }
    }

    /// What she has left, or has spent, taken together; `None` for anything but money.
    pub fn sum<'a>(values: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let values: Vec<&Self> = values.into_iter().collect();
        let cents = |value: &&Self| match value {
            Self::SpentBefore(cents) | Self::BalanceBefore(cents) => *cents,
            _ => None,
        };
        let sum = Cents::sum(values.iter().map(cents).collect::<Option<Vec<_>>>()?)?;
        match values.first()? {
            Self::SpentBefore(_) => Some(Self::SpentBefore(Some(sum))),
            Self::BalanceBefore(_) => Some(Self::BalanceBefore(Some(sum))),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkinType {
    Dry,
    Oily,
    Combination,
    Normal,
    Sensitive,
}

impl SkinType {
    pub const ALL: [Self; 5] = [Self::Dry, Self::Oily, Self::Combination, Self::Normal, Self::Sensitive];
}

/// A spends and wants a card, B may, C looks for a bargain (M2-23). Adds, never takes away (M2-27, M2-28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SpendingMark {
    A,
    B,
    C,
}

/// A field as this device may see it. *Withheld* is neither empty nor *not asked*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    Known(T),
    Withheld,
}

/// All fields of one customer that were ever written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Profile(BTreeMap<ProfileField, Shown<Field<ProfileValue>>>);

impl Profile {
    pub fn set(&mut self, value: ProfileValue, stamp: &Stamp) {
        match self.0.get_mut(&value.field()) {
            Some(Shown::Known(field)) => field.set(value, stamp),
            // Nobody is offered a field she can't see; were she to write it all the same, the server decides on the whole.
            Some(Shown::Withheld) => {}
            None => {
                self.0.insert(value.field(), Shown::Known(Field::new(value, stamp)));
            }
        }
    }

    /// Takes in the profile of a file that is joined to this one.
    pub(crate) fn unite(&mut self, other: &Self, since: Version) {
        for (field, theirs) in &other.0 {
            match (self.0.get_mut(field), theirs) {
                (Some(Shown::Known(own)), Shown::Known(theirs)) => own.unite(theirs, since, ProfileValue::is_empty),
                (Some(_), _) => {}
                (None, theirs) => {
                    self.0.insert(*field, theirs.clone());
                }
            }
        }
    }

    /// Whoever wrote the field had seen so much of this file and of those joined to it.
    pub(crate) fn note_seen(&mut self, field: ProfileField, seen: Version) {
        if let Some(Shown::Known(field)) = self.0.get_mut(&field) {
            field.seen_joined = Some(seen);
        }
    }

    pub fn field(&self, field: ProfileField) -> Option<&Shown<Field<ProfileValue>>> {
        self.0.get(&field)
    }

    /// The value, where it is written and may be seen.
    pub fn value(&self, field: ProfileField) -> Option<&ProfileValue> {
        match self.0.get(&field) {
            Some(Shown::Known(field)) if !field.value.is_empty() => Some(&field.value),
            Some(Shown::Known(_) | Shown::Withheld) | None => None,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (ProfileField, &Shown<Field<ProfileValue>>)> {
        self.0.iter().map(|(field, shown)| (*field, shown))
    }

    pub(crate) fn shorten(&mut self, most: usize) {
        for shown in self.0.values_mut() {
            if let Shown::Known(field) = shown {
                field.shorten(most);
            }
        }
    }

    pub(crate) fn withhold(&mut self, is_readable: impl Fn(ProfileField) -> bool) {
        for (field, shown) in &mut self.0 {
            if !is_readable(*field) {
                *shown = Shown::Withheld;
            }
        }
    }
}
