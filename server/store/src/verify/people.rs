//! Who works here: as the audit last saw each, and how often her password was set anew.

use super::{Difference, told::Told};
use crate::{StoreError, body, staff};
use domain::StaffId;
use sqlx::AnyConnection;

pub(super) async fn check(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let people = staff::all(tx, branch).await?;
    for person in people.values() {
        if told.people.get(&person.id.to_string()) != Some(&staff::hash(person)?) {
            differences.push(Difference::PersonDiffers(person.id));
        }
    }
    let gone = told.people.keys().filter_map(|id| id.parse().ok()).filter(|id| !people.contains_key(id));
    differences.extend(gone.map(Difference::PersonDiffers));
    passwords(tx, branch, told, differences).await
}

async fn passwords(
    tx: &mut AnyConnection,
    branch: &str,
    told: &Told,
    differences: &mut Vec<Difference>,
) -> Result<(), StoreError> {
    let text = "select staff_id, password_generation, password_hash from staff where branch_id = $1 order by staff_id";
    let rows: Vec<(String, i64, Option<String>)> = sqlx::query_as(text).bind(branch).fetch_all(tx).await?;
    for (id, generation, hash) in rows {
        let times = told.passwords.get(&id).copied().unwrap_or_default();
        if generation != times + 1 || (times > 0 && hash.is_none()) {
            differences.push(Difference::PasswordDiffers(body::id::<StaffId>(&id)?));
        }
    }
    Ok(())
}
