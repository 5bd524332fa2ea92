//! People, their devices and sessions, and how often somebody may guess.

use crate::shop::{NOW, name, new_person, on_each_engine};
use domain::{DeviceScope, Moment, Role, Seq};
use store::{NewSalon, Session, StoreError};

fn later(milliseconds: i64) -> Moment {
    Moment(NOW.0 + milliseconds)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_salon_is_founded_once() {
    on_each_engine(async |shop| {
        let (salon, version) = shop.store.salon().await.unwrap().unwrap();
        assert_eq!((salon.name, version.0), (name("心颜"), 1));
        assert!(salon.staff[&shop.manager].is_manager());
        let new = NewSalon {
            name: name("另一家"),
            is_demo: false,
            settings: salon.settings,
            manager: new_person("王店长", &[Role::Owner]),
        };
        assert_eq!(shop.store.found(new, NOW).await, Err(StoreError::AlreadyFounded));
        assert_eq!(shop.store.devices().await, Ok(Vec::new()));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_change_and_go_and_every_tablet_hears_of_it() {
    on_each_engine(async |shop| {
        let before = shop.store.salon().await.unwrap().unwrap().1;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        shop.store.set_roles(may, [Role::Consultant, Role::Clerk].into(), NOW).await.unwrap();
        shop.store.disable_person(may, NOW).await.unwrap();
        let (salon, after) = shop.store.salon().await.unwrap().unwrap();
        assert_eq!(salon.staff[&may].roles, [Role::Consultant, Role::Clerk].into());
        assert!(!salon.staff[&may].is_active);
        assert_eq!(after.0, before.0 + 3);
        assert_eq!(shop.store.head().await.unwrap().version, after);
        let nobody = new_person("无", &[]).id;
        assert_eq!(shop.store.disable_person(nobody, NOW).await, Err(StoreError::UnknownPerson));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h22_sessions_end_with_sign_out_password_dismissal_and_time() {
    on_each_engine(async |shop| {
        let tablet = shop.desk().await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let open = async |token: u8| {
            let session = Session {
                token_hash: [token; 32],
                device: tablet.device.id,
                person: may,
                opened_at: NOW,
                expires_at: later(1_000),
            };
            shop.store.open_session(session.clone()).await.unwrap();
            assert_eq!(shop.store.session([token; 32], NOW).await, Ok(Some(session)));
        };
        let is_open = async |token: u8, at| shop.store.session([token; 32], at).await.unwrap().is_some();
        open(1).await;
        assert!(!is_open(1, later(1_000)).await);
        shop.store.end_session([1; 32]).await.unwrap();
        assert!(!is_open(1, NOW).await);
        open(2).await;
        shop.store.set_password(may, "$new$", NOW).await.unwrap();
        assert!(!is_open(2, NOW).await);
        open(3).await;
        shop.store.end_sessions_of(tablet.device.id, may).await.unwrap();
        assert!(!is_open(3, NOW).await);
        open(4).await;
        shop.store.disable_person(may, NOW).await.unwrap();
        assert!(!is_open(4, NOW).await);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_takes_the_pin_with_it() {
    on_each_engine(async |shop| {
        let first = shop.store.credentials(shop.manager).await.unwrap().unwrap();
        shop.store.set_pin(shop.manager, "$pin$").await.unwrap();
        shop.store.set_password(shop.manager, "$new$", NOW).await.unwrap();
        let now = shop.store.credentials(shop.manager).await.unwrap().unwrap();
        assert_eq!(now.password_generation, first.password_generation + 1);
        assert_eq!((now.password_hash.as_deref(), now.pin_hash), (Some("$new$"), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h52_a_code_lets_one_browser_in_and_not_after_its_time() {
    on_each_engine(async |shop| {
        let (scope, label) = (DeviceScope::Treatment, name("二号房"));
        shop.store.new_code([1; 32], scope, label.clone(), shop.manager, later(600_000)).await.unwrap();
        let (one, two) =
            tokio::join!(shop.store.enrol([1; 32], [11; 32], later(1)), shop.store.enrol([1; 32], [12; 32], later(1)));
        let let_in: Vec<_> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
        assert_eq!(let_in.len(), 1);
        assert_eq!((let_in[0].scope, &let_in[0].label), (scope, &label));
        assert_eq!(shop.store.enrol([1; 32], [13; 32], later(2)).await, Ok(None));
        assert_eq!(shop.store.enrol([9; 32], [14; 32], later(2)).await, Ok(None));
        shop.store.new_code([2; 32], scope, label, shop.manager, later(600_000)).await.unwrap();
        assert_eq!(shop.store.enrol([2; 32], [15; 32], later(600_000)).await, Ok(None));
        let cards = shop.store.devices().await.unwrap();
        assert_eq!((cards.len(), cards[0].last_seq, cards[0].last_contact), (1, Seq(0), Some(later(1))));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h24_guesses_are_counted_for_each_and_forgotten_after_their_window() {
    on_each_engine(async |shop| {
        let guess = async |key: &str, at| shop.store.count_try(key, 1_000, at).await.unwrap();
        for n in 1..=6 {
            assert_eq!(guess("pin a may", later(n)).await, n);
        }
        assert_eq!(guess("pin b may", later(7)).await, 1);
        // A clock that jumps back gives no new guesses.
        assert_eq!(guess("pin a may", later(-3_600_000)).await, 7);
        assert_eq!(guess("pin a may", later(1_001)).await, 1);
        shop.store.clear_tries("pin a may").await.unwrap();
        assert_eq!(guess("pin a may", later(1_002)).await, 1);
    })
    .await;
}
