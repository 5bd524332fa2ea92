//! What stands on the demo's shelf: of each class something, one batch that is over and one that was called back.

use super::dice::lasting_id;
use chrono::{Days, NaiveDate};
use domain::{Action, BadText, Batch, BatchId, Ingredient, Name, Product, ProductClass, ProductId};

/// Name, class, what its list names, months after opening, batches.
type Line = (&'static str, ProductClass, &'static [&'static str], Option<u8>, &'static [Lot]);

/// Number, days until it expires, days since it was opened, whether it was called back.
type Lot = (&'static str, i64, Option<u64>, bool);

const SHELF: [Line; 8] = [
    (
        "玻尿酸补水精华",
        ProductClass::Hydrating,
        &["防腐剂"],
        Some(6),
        &[("BS2604", 420, Some(12), false), ("BS2511", -9, None, false)],
    ),
    ("神经酰胺修复霜", ProductClass::Repairing, &["角鲨烷"], Some(12), &[("XF2603", 500, Some(40), false)]),
    ("氨基酸洁面乳", ProductClass::Cleansing, &["香精", "防腐剂"], Some(12), &[("JM2605", 600, Some(5), false)]),
    ("物理防晒乳", ProductClass::Sunscreen, &[], Some(6), &[("FS2602", 300, None, false)]),
    ("烟酰胺美白精华", ProductClass::Whitening, &["酒精"], Some(6), &[("MB2603", 380, Some(20), false)]),
    (
        "果酸焕肤液",
        ProductClass::Acid,
        &["果酸", "水杨酸", "酒精"],
        Some(3),
        &[("GS2605", 200, Some(30), false), ("GS2601", 150, None, true)],
    ),
    ("蜂胶舒缓面膜", ProductClass::Repairing, &["蜂胶提取物"], None, &[("FJ2604", 260, None, false)]),
    ("薰衣草按摩油", ProductClass::EssentialOil, &["精油", "香精"], Some(12), &[("YL2512", 320, Some(90), false)]),
];

/// As of `today`.
pub fn actions(today: NaiveDate) -> Result<Vec<Action>, BadText> {
    let mut actions = Vec::new();
    for (number, (name, class, ingredients, months_after_opening, lots)) in SHELF.into_iter().enumerate() {
        let product = ProductId::new(lasting_id("product", number));
        let ingredients = ingredients.iter().map(|what| Name::new(what).map(Ingredient::from)).collect::<Result<_, _>>()?;
        let is = Product {
            name: Name::new(name)?,
            class,
            ingredients,
            months_after_opening,
            needs_patch_test: class == ProductClass::Acid,
        };
        actions.push(Action::StockProduct { product, is });
        for (at, (lot, good_for, opened, is_recalled)) in lots.iter().enumerate() {
            let batch = BatchId::new(lasting_id("batch", number * 10 + at));
            let expires_on = match good_for {
                ..0 => today - Days::new(good_for.unsigned_abs()),
                _ => today + Days::new(good_for.unsigned_abs()),
            };
            let opened_on = opened.map(|days| today - Days::new(days));
            let is = Batch { product, number: Name::new(lot)?, expires_on, opened_on, is_recalled: *is_recalled };
            actions.push(Action::StockBatch { batch, is });
        }
    }
    Ok(actions)
}
