//! A chain: many branches in one database, none of which ever sees, moves or waits for another's rows.

use crate::{
    dumping::dumped,
    shop::{NOW, Shop, Tablet, note, on_each_engine},
};
use domain::{CustomerId, DeviceScope, Version};
use std::{fs, path::Path};
use store::StoreError;
use sync::{Pull, RowId};

const BRANCHES: usize = 24;
/// What a database has once, whatever it holds.
const OF_THE_DATABASE: [&str; 4] = ["migration", "pg_advisory_xact_lock", "pg_walfile_name", "sqlite_version"];

/// One branch, with a device and a customer whose name every branch knows.
struct Branch {
    shop: Shop,
    office: Tablet,
    lin: CustomerId,
}

async fn founded(first: &Shop, number: usize) -> Branch {
    let shop = first.another_branch(&format!("branch-{number}")).await;
    let mut office = shop.tablet(DeviceScope::Management).await;
    let lin = shop.adds(&mut office, "林晓雨").await;
    for _ in 0..number % 3 {
        shop.does(&mut office, note(lin, "喜欢轻手法")).await;
    }
    Branch { shop, office, lin }
}

/// All that a device of this branch can learn.
async fn learned(branch: &Branch) -> String {
    let Branch { shop, office, .. } = branch;
    let manifest = shop.store.manifest(&office.device, NOW).await.unwrap();
    let pull = Pull::of(office.epoch, Version(0));
    let pulled = shop.store.pull(&office.device, pull, NOW).await.unwrap().unwrap();
    let names = shop.store.names().await.unwrap();
    let count = shop.store.customers_count().await.unwrap();
    format!("{manifest:?} {pulled:?} {:?} {names:?} {count}", shop.finds(office, "林晓雨").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_dozen_branches_in_one_database_know_nothing_of_one_another() {
    on_each_engine(async |first| {
        let mut branches = Vec::new();
        for number in 0..BRANCHES {
            branches.push(founded(&first, number).await);
        }
        let before = learned(&branches[1]).await;
        let before_that = heads(&branches).await;

        // Everybody else works.
        for branch in branches.iter_mut().filter(|branch| branch.shop.branch.as_deref() != Some("branch-1")) {
            branch.shop.adds(&mut branch.office, "周敏").await;
            branch.shop.does(&mut branch.office, note(branch.lin, "今天晚到")).await;
        }

        assert_eq!(learned(&branches[1]).await, before);
        for (number, (head, now)) in before_that.iter().zip(heads(&branches).await).enumerate() {
            assert_eq!(now.0 - head.0, if number == 1 { 0 } else { 2 }, "branch {number} on {}", first.engine);
        }
        let (mine, theirs) = (&branches[1], &branches[2]);
        let asked = mine.shop.store.fetch(&mine.office.device, vec![RowId::Customer(theirs.lin)], NOW).await.unwrap();
        assert!(asked.rows[0].body.is_none());
        assert_eq!(mine.shop.store.device(theirs.office.device.id).await.unwrap(), None);
        assert_eq!(mine.shop.finds(&mine.office, "周敏").await, []);
        assert_eq!(theirs.shop.finds(&theirs.office, "周敏").await.len(), 1);
        let backup = dumped(&mine.shop.store).await;
        assert!(!backup.iter().any(|line| line.contains("branch-2") || line.contains("周敏")));
        for branch in &branches {
            branch.shop.is_sound().await;
        }
        assert!(matches!(first.unnamed().await, Err(StoreError::SeveralBranches)));
    })
    .await;
}

async fn heads(branches: &[Branch]) -> Vec<Version> {
    let mut heads = Vec::with_capacity(branches.len());
    for branch in branches {
        heads.push(branch.shop.store.head().await.unwrap().version);
    }
    heads
}

#[test]
fn no_query_of_the_store_crosses_a_branch() {
    let mut queries = 0;
    for (file, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        // What tests ask about the database itself is no query of the product.
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for query in product.split('"').filter(|literal| is_query(literal)) {
            queries += 1;
            let is_of_branch = query.contains("branch_id") || OF_THE_DATABASE.iter().any(|word| query.contains(word));
            assert!(is_of_branch, "{file} asks all branches: {query}");
        }
    }
    assert!(queries > 50, "or nothing was looked at");
}

#[test]
fn every_key_of_a_table_begins_with_its_branch() {
    let mut keys = 0;
    for (file, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))) {
        let key =
            |line: &&str| ["primary key (", "unique (", "foreign key (", "create index"].iter().any(|word| line.contains(word));
        for line in text.lines().filter(key) {
            keys += 1;
            let (_, columns) = line.split_once('(').unwrap();
            assert!(columns.starts_with("branch_id"), "{file}: {line}");
        }
    }
    assert!(keys > 20, "or nothing was looked at");
}

fn is_query(literal: &str) -> bool {
    ["select ", "insert into ", "update ", "delete from "].iter().any(|verb| literal.starts_with(verb))
        // Where the table's name is put in, the statement's maker is looked at by the test above.
        && !literal.contains("into {")
        && literal.contains(' ')
        && !literal.starts_with("select 1")
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}
