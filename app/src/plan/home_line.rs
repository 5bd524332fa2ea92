//! One product that she takes home, and how she uses it; the gate answers at once.

use crate::care::{VerdictLines, products};
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{LongField, SelectField, use_i18n, zone_word};
use domain::{HomeLine, Judgement, ProductId, Text, Zone, judge_home};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct HomeForm {
    file: Memo<FileView>,
    product: RwSignal<String>,
    zone: RwSignal<String>,
    how: RwSignal<String>,
}

impl HomeForm {
    pub fn blank(file: Memo<FileView>) -> Self {
        Self { file, product: RwSignal::default(), zone: RwSignal::default(), how: RwSignal::default() }
    }

    fn zone(self) -> Option<Zone> {
        let typed = self.zone.get();
        Zone::ALL.into_iter().find(|zone| format!("{zone:?}") == typed)
    }

    fn judged(self, replica: Replica) -> Option<Judgement> {
        let (salon, FileView::Here(row)) = (replica.salon()?, self.file.get()) else { return None };
        let product = self.product.get().parse::<ProductId>().ok()?;
        Some(judge_home(&salon, &row.file, product, self.zone(), replica.today()))
    }

    /// `None` where something in it can't stand.
    pub fn read(self, replica: Replica) -> Option<HomeLine> {
        let (product, how) = (self.product.get().parse().ok()?, Text::new(&self.how.get()).ok()?);
        Some(HomeLine { product, zone: self.zone(), how, judged: self.judged(replica)? })
    }
}

pub fn home_row(form: HomeForm) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let anywhere = (String::new(), td_string!(i18n, slip.anywhere).to_owned());
    let zones = Zone::ALL.map(|zone| (format!("{zone:?}"), zone_word(i18n, zone).to_owned()));
    let zones = Signal::stored(std::iter::once(anywhere).chain(zones).collect::<Vec<_>>());

    view! {
        <div class="field-pair">
            <SelectField label=td_string!(i18n, care.product) value=form.product options=products(i18n, replica) width=""/>
            <SelectField label=td_string!(i18n, measure.zone) value=form.zone options=zones/>
        </div>
        <LongField label=td_string!(i18n, slip.how) hint=td_string!(i18n, slip.how_hint) value=form.how/>
        {move || form.judged(replica).map(|judgement| view! { <VerdictLines judgement/> })}
    }
}
