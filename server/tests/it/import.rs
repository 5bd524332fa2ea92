//! A workbook that is imported by the program itself, as somebody types it, and then once more.

use crate::support::TestSalon;
use serde_json::Value;
use std::{fs, process::Command};

const HEAD: &str = "卡号,姓名,手机,过敏史";

/// Closed before: the program is the only one at the salon's data.
async fn import(salon: &TestSalon, rows: &[&str]) -> Value {
    run(salon, rows, &[]).await
}

async fn try_out(salon: &TestSalon, rows: &[&str]) -> Value {
    run(salon, rows, &["--dry-run"]).await
}

async fn run(salon: &TestSalon, rows: &[&str], more: &[&str]) -> Value {
    let file = salon.data.join("customers.csv");
    fs::write(&file, std::iter::once(&HEAD).chain(rows).copied().collect::<Vec<_>>().join("\n")).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_xinyan"));
    program
        .args(["import", "customers", "--json"])
        .args(more)
        .arg("--data")
        .arg(&salon.data)
        .arg(&file)
        .env_remove("XINYAN_DATABASE");
    let done = tokio::task::spawn_blocking(move || program.output().unwrap()).await.unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_comes_again_adds_whoever_is_new_and_loses_no_allergy() {
    let salon = TestSalon::open().await;
    let first = import(&salon, &["A1,林晓雨,19970000001,酒精", "A2,金桂花,19970000002,"]).await;
    assert_eq!((&first["added"], &first["known_already"]), (&Value::from(2), &Value::from(0)));

    let same = import(&salon, &["A1,林晓雨,19970000001,酒精", "A2,金桂花,19970000002,"]).await;
    assert_eq!((&same["added"], &same["allergies_added"], &same["differing"]), (&0.into(), &0.into(), &Value::Array(vec![])));

    let rows = ["A9,欧阳清荷,19970000009,", "A2,金桂花,19970000007,青霉素", "A1,林晓雨,19970000001,乳胶；酒精"];
    let again = import(&salon, &rows).await;
    assert_eq!((&again["added"], &again["known_already"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(again["allergies_added"], 2);
    assert_eq!(again["differing"], Value::from(vec!["  第 3 行 金桂花：手机 表里 19970000007，档案里 19970000002"]));

    // Another name, and a phone that somebody's file has.
    let other = try_out(&salon, &[",林小姐,19970000001,"]).await;
    assert_eq!(other["perhaps_known"], Value::from(vec!["  第 2 行 林小姐（店里有同手机的）"]));

    let once_more = import(&salon, &rows).await;
    assert_eq!((&once_more["added"], &once_more["allergies_added"]), (&Value::from(0), &Value::from(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_share_all_but_what_is_written_of_them_are_never_taken_for_one_another() {
    let salon = TestSalon::open().await;
    let first = import(&salon, &[",张姐,,酒精"]).await;
    assert_eq!(first["added"], 1);

    // Another one, and above her: the file that is here goes on being hers whom it speaks of.
    let both = [",张姐,,香精", ",张姐,,酒精"];
    let second = import(&salon, &both).await;
    assert_eq!((&second["added"], &second["known_already"], &second["allergies_added"]), (&1.into(), &1.into(), &0.into()));

    let turned = [",张姐,,酒精", ",张姐,,乳胶", ",张姐,,香精"];
    let third = import(&salon, &turned).await;
    assert_eq!((&third["added"], &third["known_already"], &third["allergies_added"]), (&1.into(), &2.into(), &0.into()));

    // What told her apart is written otherwise now: nothing is guessed, but somebody is told.
    let changed = [",张姐,,酒精", ",张姐,,乳胶、花粉", ",张姐,,香精", ",欧阳清荷,,"];
    let dry = try_out(&salon, &changed).await;
    assert_eq!((&dry["added"], &dry["known_already"]), (&2.into(), &2.into()));
    assert_eq!(dry["perhaps_known"], Value::from(vec!["  第 3 行 张姐（店里有同名的）"]));
    assert_eq!(salon.house.store.customers_count().await.unwrap(), 3);
    let fourth = import(&salon, &changed).await;
    assert_eq!((&fourth["added"], &fourth["perhaps_known"]), (&2.into(), &dry["perhaps_known"]));
    let once_more = import(&salon, &changed).await;
    assert_eq!((&once_more["added"], &once_more["perhaps_known"]), (&0.into(), &Value::Array(vec![])));

    let found = salon.house.store.customers_count().await.unwrap();
    assert_eq!(found, 5);
}
