//! The restore drill, by the program itself: what was backed up is there again, and nothing else ever is.

use crate::support::{Tablet, TestSalon};
use domain::{Action, DeviceScope, WhyErased};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};
use sync::Outcome;
use uuid::Uuid;

fn xinyan(words: &[&str], data: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_xinyan"));
    program.args(words).arg("--data").arg(data).env_remove("XINYAN_DATABASE").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

fn secret(data: &Path) -> String {
    let made = said(&xinyan(&["backup-key"], data));
    made.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_salon_comes_back_from_its_backup_with_its_key_and_every_tablet() {
    let salon = TestSalon::open().await;
    fs::write(salon.data.join("key"), [7; 32]).unwrap();
    own(&salon.data.join("key"));
    let mut desk = Tablet::signed_in(&salon, DeviceScope::Desk, "李婉清").await;
    let customer = desk.add_customer("林晓雨", "19970001234").await;
    let (file, keys) = (salon.data.join("salon.age"), salon.data.join("paper"));
    let path = file.to_str().unwrap();

    assert!(said(&xinyan(&["backup", path], &salon.data)).contains("backup-key"), "there is no key yet");
    fs::write(&keys, format!("# kept in the bank\n{}\n", secret(&salon.data))).unwrap();
    // While the salon works on.
    let made = xinyan(&["backup", path], &salon.data);
    assert!(made.status.success(), "{}", said(&made));
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(9).any(|window| window == "林晓雨".as_bytes()));

    let elsewhere = std::env::temp_dir().join(format!("xinyan-restored-{}", Uuid::now_v7()));
    let restore = ["restore", path, "--key", keys.to_str().unwrap()];
    let restored = xinyan(&restore, &elsewhere);
    assert!(restored.status.success(), "{}", said(&restored));
    assert_eq!(fs::read(elsewhere.join("key")).unwrap(), [7; 32]);
    assert!(said(&xinyan(&["verify"], &elsewhere)).contains("No differences"));
    let place = store::Place::Sqlite(elsewhere.join("salon.db"));
    let store = store::Store::open(&place).await.unwrap();
    assert_eq!(store.customer(customer).await.unwrap(), salon.house.store.customer(customer).await.unwrap());
    assert!(store.head().await.unwrap().epoch > salon.house.store.head().await.unwrap().epoch);
    store.close().await;

    // Never over a salon that is there.
    assert!(said(&xinyan(&restore, &elsewhere)).contains("There is a salon already"));
    fs::remove_dir_all(elsewhere).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_backup_does_not_bring_back_whom_the_salon_has_erased_since() {
    let salon = TestSalon::open().await;
    fs::write(salon.data.join("key"), [7; 32]).unwrap();
    own(&salon.data.join("key"));
    let mut office = Tablet::signed_in(&salon, DeviceScope::Management, "陈静").await;
    let (gone, stays) = (office.add_customer("林晓雨", "19970001234").await, office.add_customer("周敏", "19970001235").await);
    let (older, newer, paper) = (salon.data.join("1.age"), salon.data.join("2.age"), salon.data.join("paper"));
    fs::write(&paper, secret(&salon.data)).unwrap();
    // When the older backup is made, the two are shown as one.
    office.record(Action::JoinFiles { customer: stays, other: gone }).await;
    assert!(xinyan(&["backup", older.to_str().unwrap()], &salon.data).status.success());
    office.record(Action::PartFiles { customer: stays, other: gone }).await;
    // Somebody whom the older backup does not hold: a tablet may still have how she was written down.
    let unheard_of = office.add_customer("沈冰", "19970001236").await;
    office.record(Action::EraseFile { customer: unheard_of, why: WhyErased::HerRequest }).await;
    let erased = office.record(Action::EraseFile { customer: gone, why: WhyErased::HerRequest }).await;
    assert!(matches!(erased, Outcome::Applied { .. }), "{erased:?}");
    assert!(xinyan(&["backup", newer.to_str().unwrap()], &salon.data).status.success());

    let elsewhere = std::env::temp_dir().join(format!("xinyan-restored-{}", Uuid::now_v7()));
    let restored = xinyan(&["restore", older.to_str().unwrap(), "--key", paper.to_str().unwrap()], &elsewhere);
    assert!(said(&restored).contains("erased again: 1"), "{}", said(&restored));
    let store = store::Store::open(&store::Place::Sqlite(elsewhere.join("salon.db"))).await.unwrap();
    assert!(store.customer(gone).await.unwrap().unwrap().name().is_none());
    assert!(store.customer(unheard_of).await.unwrap().unwrap().is_erased());
    let stays = store.customer(stays).await.unwrap().unwrap();
    assert!(stays.name().is_some() && stays.is_single());
    assert_eq!(store.verify().await, Ok(Vec::new()));
    store.close().await;
    fs::remove_dir_all(elsewhere).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_and_a_file_that_was_cut_off_open_nothing_and_leave_nothing() {
    let salon = TestSalon::open().await;
    fs::write(salon.data.join("key"), [7; 32]).unwrap();
    own(&salon.data.join("key"));
    let (whole, cut) = (salon.data.join("salon.age"), salon.data.join("cut.age"));
    let (right, wrong) = (salon.data.join("right"), salon.data.join("wrong"));
    fs::write(&right, secret(&salon.data)).unwrap();
    assert!(xinyan(&["backup", whole.to_str().unwrap()], &salon.data).status.success());
    let renewed = said(&xinyan(&["backup-key", "--renew"], &salon.data));
    fs::write(&wrong, renewed).unwrap();
    let bytes = fs::read(&whole).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();

    for (file, key, why) in [(&whole, &wrong, "can't be opened"), (&cut, &right, "can't be opened"), (&whole, &whole, "")] {
        let elsewhere = std::env::temp_dir().join(format!("xinyan-restored-{}", Uuid::now_v7()));
        let tried = xinyan(&["restore", file.to_str().unwrap(), "--key", key.to_str().unwrap()], &elsewhere);
        assert!(!tried.status.success() && said(&tried).contains(why), "{}", said(&tried));
        let left: Vec<_> = fs::read_dir(&elsewhere).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
        assert!(left.is_empty(), "{left:?}");
        let _ = fs::remove_dir_all(elsewhere);
    }
    assert!(said(&xinyan(&["backup-key"], &salon.data)).contains("--renew"));
}

#[cfg(unix)]
fn own(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn own(_: &Path) {}
