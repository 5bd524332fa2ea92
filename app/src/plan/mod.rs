//! 方案: the two-part slip. What will be done, zone by zone, and what she does at home, with the gate's word beside every line.

mod course_line;
mod home_line;
mod plan_tab;
mod slip_dialog;
mod slip_page;

pub use plan_tab::PlanTab;
pub use slip_page::SlipPage;

use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::{I18n, joined, listed, zone_word};
use domain::{CourseLine, CustomerId, HomeLine, Prescription, PrescriptionId, ProductId, Salon};

fn slip_href(customer: CustomerId, prescription: PrescriptionId) -> String {
    format!("/slips/{customer}/{prescription}")
}

fn product_word(i18n: I18n, salon: &Salon, product: ProductId) -> &str {
    salon.products.get(&product).map_or(td_string!(i18n, gate.product_unknown), |product| product.name.as_str())
}

/// `补水保湿护理·额头、面颊·10 次，每 7 天一次·玻尿酸补水精华`
fn course_words(i18n: I18n, replica: Replica, line: &CourseLine) -> String {
    let Some(salon) = replica.salon() else { return String::new() };
    let service = salon.services.get(&line.service).map_or("", |service| service.name.as_str());
    let zones = listed(i18n, line.zones.iter().map(|zone| zone_word(i18n, *zone)));
    let times = td_string!(i18n, slip.times_words, times = line.times, days = line.every_days);
    let products = listed(i18n, line.products.iter().map(|product| product_word(i18n, &salon, *product)));
    joined(i18n, [service, zones.as_str(), times.as_str(), products.as_str()])
}

/// All of it, for a list of everything.
pub fn slip_words(i18n: I18n, replica: Replica, is: &Prescription) -> String {
    let course = is.course.iter().map(|line| course_words(i18n, replica, line));
    let lines: Vec<String> = course.chain(is.home.iter().map(|line| home_words(i18n, replica, line))).collect();
    let expected = td_string!(i18n, slip.expected_is, what = is.expected.as_str());
    let risks = td_string!(i18n, slip.risks_are, what = is.risks.as_str());
    let all = lines.iter().map(String::as_str).chain([expected.as_str(), risks.as_str()]);
    all.collect::<Vec<_>>().join(td_string!(i18n, app.semicolon))
}

fn home_words(i18n: I18n, replica: Replica, line: &HomeLine) -> String {
    let Some(salon) = replica.salon() else { return String::new() };
    let zone = line.zone.map_or("", |zone| zone_word(i18n, zone));
    joined(i18n, [product_word(i18n, &salon, line.product), zone, line.how.as_str()])
}
