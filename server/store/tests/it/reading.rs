//! What a tablet is given to hold, and whom it finds.

use crate::shop::{NOW, Shop, add, customer_id, customer_in, name, note, on_each_engine, text};
use chrono::{Days, NaiveDate};
use domain::{
    Action, Channel, ContactId, CustomerId, DeviceScope, Direction, Judgement, Matter, Moment, NewCustomer, NoteId, Phone,
    ProductId, ProfileValue, Role, Talk, UseId, Used, Verdict, Version, VisitId, Zone,
};
use sync::{Outcome, Pull, RowId};
use uuid::Uuid;

fn today() -> NaiveDate {
    domain::ClockOffset::default().day(NOW)
}

fn expect(shop: &Shop, customer: CustomerId, on: NaiveDate) -> Action {
    let visit = VisitId::new(Uuid::now_v7());
    Action::ExpectVisit { customer, visit, on, at: None, beautician: shop.manager, room: None, service: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_pulls_what_changed_and_nothing_twice() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let (lin, zhou) = (shop.adds(&mut desk, "林晓雨").await, shop.adds(&mut desk, "周敏").await);
        let pull = async |after| shop.store.pull(&desk.device, Pull::of(desk.epoch, after), NOW).await.unwrap().unwrap();
        let all = pull(Version(0)).await;
        let ids: Vec<RowId> = all.rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, [RowId::Salon, RowId::Customer(lin), RowId::Customer(zhou)]);
        assert_eq!((all.upto, all.head), (all.head, shop.store.head().await.unwrap().version));
        assert_eq!(pull(all.upto).await.rows, []);
        let mut office = shop.tablet(DeviceScope::Management).await;
        shop.does(&mut office, note(lin, "喜欢轻手法")).await;
        let more = pull(all.upto).await;
        assert_eq!(more.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [RowId::Customer(lin)]);
        assert_eq!(customer_in(&more.rows[0]).unwrap().pinyin, "linxiaoyu");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_changes_come_in_pages_that_join_without_a_gap() {
    on_each_engine(async |shop| {
        let actions = (0..450).map(|n| add(customer_id(), &format!("客{n}"))).collect();
        let done = shop.store.perform_here(shop.manager, actions, store::Extent::AllOrNothing, NOW, |_| {}).await.unwrap();
        assert!(done.iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        let desk = shop.desk().await;
        let (mut after, mut seen, mut pages) = (Version(0), 0, 0);
        loop {
            let pulled = shop.store.pull(&desk.device, Pull::of(desk.epoch, after), NOW).await.unwrap().unwrap();
            seen += pulled.rows.len();
            pages += 1;
            after = pulled.upto;
            if after == pulled.head {
                break;
            }
        }
        assert_eq!((seen, pages), (451, 3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_expected_comes_first_then_who_was_here_last() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let (never, long_ago, tomorrow, next_week) = (
            shop.adds(&mut desk, "从未来过").await,
            shop.adds(&mut desk, "很久以前").await,
            shop.adds(&mut desk, "明天来").await,
            shop.adds(&mut desk, "下周来").await,
        );
        let told = ProfileValue::LastVisit(today().checked_sub_days(Days::new(400)));
        shop.does(&mut desk, Action::CorrectProfile { customer: long_ago, value: told }).await;
        let before = shop.store.manifest(&desk.device, NOW).await.unwrap();
        shop.does(&mut desk, expect(&shop, next_week, today() + Days::new(7))).await;
        shop.does(&mut desk, expect(&shop, tomorrow, today() + Days::new(1))).await;

        let manifest = shop.store.manifest(&desk.device, NOW).await.unwrap();

        let order: Vec<RowId> = manifest.rows.iter().map(|(id, _)| *id).collect();
        let customer = RowId::Customer;
        assert_eq!(order, [RowId::Salon, customer(tomorrow), customer(next_week), customer(long_ago), customer(never)]);
        assert_ne!(manifest.members, before.members);
        let next_day = Moment(NOW.0 + 24 * 3_600_000);
        assert_ne!(shop.store.manifest(&desk.device, next_day).await.unwrap().members, manifest.members);
        assert_eq!(shop.store.manifest(&desk.device, NOW).await.unwrap(), manifest);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_holds_the_last_twenty_notes_and_says_how_many_there_are_besides() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        for n in 1..=25 {
            shop.does(&mut desk, note(lin, &format!("第{n}次"))).await;
        }
        let fetched = shop.store.fetch(&desk.device, vec![RowId::Customer(lin)], NOW).await.unwrap();
        let row = customer_in(&fetched.rows[0]).unwrap();
        let words = |notes: Vec<&domain::CareNote>| notes.iter().map(|note| note.text.to_string()).collect::<Vec<_>>();
        assert_eq!((row.file.notes.len(), row.older_notes), (20, 5));
        assert_eq!(words(row.file.notes.values().collect())[0], "第6次");
        let oldest_shown: NoteId = *row.file.notes.keys().next().unwrap();
        let older = shop.store.older_notes(&desk.device, lin, Some(oldest_shown), 3, NOW).await.unwrap();
        assert_eq!(words(older.iter().map(|(_, note)| note).collect()), ["第5次", "第4次", "第3次"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_holds_the_last_twenty_contacts_and_the_salon_gives_out_the_older_ones() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        for n in 1..=25 {
            let words = text(&format!("第{n}次"));
            let (channel, direction, about) = (Channel::Phone, Direction::ByUs, Matter::AfterCare);
            let is = Talk { channel, direction, about, is_reached: true, on: None, text: Some(words) };
            shop.does(&mut desk, Action::LogContact { customer: lin, contact: ContactId::new(Uuid::now_v7()), is }).await;
        }
        let fetched = shop.store.fetch(&desk.device, vec![RowId::Customer(lin)], NOW).await.unwrap();
        let row = customer_in(&fetched.rows[0]).unwrap();
        let words = |contact: &domain::Contact| contact.talk.text.as_ref().map(ToString::to_string).unwrap_or_default();
        assert_eq!((row.file.contacts.len(), row.older_contacts, row.older_notes), (20, 5, 0));
        assert_eq!(row.file.contacts.values().next().map(words), Some("第6次".to_owned()));
        let oldest_shown: ContactId = *row.file.contacts.keys().next().unwrap();
        let older = shop.store.older_contacts(&desk.device, lin, Some(oldest_shown), 3, NOW).await.unwrap();
        assert_eq!(older.iter().map(|(_, contact)| words(contact)).collect::<Vec<_>>(), ["第5次", "第4次", "第3次"]);
        assert_eq!(shop.store.older_contacts(&desk.device, customer_id(), None, 3, NOW).await, Ok(Vec::new()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_holds_the_last_twenty_uses_and_every_one_that_waits_for_somebody() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let mut used = Vec::new();
        for n in 0..25 {
            // Nobody has asked her anything: the first was allowed by nobody, what the salon says of the others is no worse.
            let verdict = if n == 0 { Verdict::Forbid } else { Verdict::AskFirst };
            let judged = Judgement { verdict, findings: Vec::new(), rules_version: 1 };
            let is = Used {
                product: ProductId::new(Uuid::nil()),
                batch: None,
                zone: Zone::Hands,
                judged,
                release: None,
                known: None,
                opens: false,
                during: None,
            };
            let usage = UseId::new(Uuid::now_v7());
            shop.does(&mut desk, Action::UseProduct { customer: lin, usage, is: Box::new(is) }).await;
            used.push(usage);
        }
        let row = |fetched: sync::Fetched| customer_in(&fetched.rows[0]).unwrap().clone();
        let shown = row(shop.store.fetch(&desk.device, vec![RowId::Customer(lin)], NOW).await.unwrap());
        assert_eq!((shown.file.uses.len(), shown.older_uses), (25, 0), "all of them wait");

        // Somebody else has seen all but the first two.
        let senior = shop.hire("李婉清", &[Role::Consultant]).await;
        let base = shop.store.head().await.unwrap().version;
        let seen = used[2..].iter().map(|usage| Action::ConfirmUse { customer: lin, usage: *usage, is_alone: false });
        let entries = seen.map(|action| desk.seal(senior, base, &action)).collect();
        shop.push(&desk, entries).await;
        shop.is_sound().await;
        let shown = row(shop.store.fetch(&desk.device, vec![RowId::Customer(lin)], NOW).await.unwrap());
        assert_eq!((shown.file.uses.len(), shown.older_uses), (22, 3));
        assert!(shown.file.uses.contains_key(&used[0]) && shown.file.uses.contains_key(&used[1]));
        let older = shop.store.older_uses(&desk.device, lin, Some(used[5]), 9, NOW).await.unwrap();
        assert_eq!(older.iter().map(|(usage, _)| *usage).collect::<Vec<_>>(), [used[4], used[3], used[2]]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn she_is_found_by_name_reading_phone_and_card() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let file = |called: &str, phone: &str, card: &str| {
            let mut new = NewCustomer::named(name(called));
            new.profile = vec![ProfileValue::Phone(Phone::new(phone).ok()), ProfileValue::Card(Some(name(card)))];
            Action::AddCustomer { customer: customer_id(), card: Box::new(new) }
        };
        for action in [
            file("林晓雨", "13800004417", "VIP-0017"),
            file("单雨婷", "13900008826", "VIP-0018"),
            file("张姐", "13700004417", "A20"),
            file("Linda Chen", "13600001234", "b3"),
        ] {
            shop.does(&mut desk, action).await;
        }
        let found = async |query: &str| {
            let rows = shop.finds(&desk, query).await;
            let mut names: Vec<String> = rows.iter().map(|row| row.file.name().unwrap().to_string()).collect();
            names.sort();
            names.join(" ")
        };
        for (query, names) in [
            ("林晓雨", "林晓雨"),
            ("晓雨", "林晓雨"),
            ("雨", "单雨婷 林晓雨"),
            ("林雨", ""),
            ("lxy", "林晓雨"),
            ("xiaoyu", "林晓雨"),
            ("LinXiao", "林晓雨"),
            ("lin xiao yu", "林晓雨"),
            ("lin", "Linda Chen 林晓雨"),
            ("shan", "单雨婷"),
            ("dan", "单雨婷"),
            ("syt", "单雨婷"),
            ("ｚｈａｎｇｊｉｅ", "张姐"),
            ("4417", "张姐 林晓雨"),
            ("417", ""),
            ("13900008826", "单雨婷"),
            ("+86 139-0000-8826", "单雨婷"),
            ("1390000", ""),
            ("vip-0018", "单雨婷"),
            ("VIP", "单雨婷 林晓雨"),
            ("a20", "张姐"),
            ("linda c", "Linda Chen"),
            ("nda", "Linda Chen"),
            ("lc", "Linda Chen"),
            ("xiaoyux", ""),
        ] {
            assert_eq!(found(query).await, names, "{query}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_however_it_is_spaced_and_by_its_sound_when_nobody_writes_it_so() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let wang = shop.adds(&mut desk, "王 帆").await;
        let reader = shop.desk().await;
        let found = async |query: &str| shop.finds(&reader, query).await.iter().map(|row| row.file.id).collect::<Vec<_>>();
        // As it is written in Taiwan.
        for query in ["林曉雨", "曉雨", "林晓雨", "林 晓雨"] {
            assert_eq!(found(query).await, [lin], "{query} on {}", shop.engine);
        }
        for query in ["王帆", "王 帆", "王　帆", "wf"] {
            assert_eq!(found(query).await, [wang], "{query} on {}", shop.engine);
        }
        let other = shop.adds(&mut desk, "林小雨").await;
        assert_eq!(found("林晓雨").await, [lin], "who is written so is the only one");
        assert_eq!(found("林曉雨").await.len(), 2, "{other:?} sounds the same");
        shop.is_sound().await;
    })
    .await;
}
