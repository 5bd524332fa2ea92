use super::{PASSWORD, Reply, TestSalon};
use app::api::SignedIn;
use axum::{body::Body, extract::Request, http::header};
use domain::{Action, CustomerId, DeviceScope, Moment, Name, NewCustomer, Seq, StaffId, Version};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::{Bytes, Envelope, Header, Outcome, PROTO, Push, Pushed, SCHEMA, Sealed};
use uuid::Uuid;

/// A browser in the salon: its cookies, and the keys it was given.
pub struct Tablet<'a> {
    pub salon: &'a TestSalon,
    pub peer: String,
    pub cookies: BTreeMap<String, String>,
    pub keys: Option<SignedIn>,
    pub next: Seq,
}

impl<'a> Tablet<'a> {
    pub fn new(salon: &'a TestSalon) -> Self {
        Self { salon, peer: "192.0.2.1".to_owned(), cookies: BTreeMap::new(), keys: None, next: Seq(1) }
    }

    /// By a code that the manager's own device gave out.
    pub async fn enrolled(salon: &'a TestSalon, scope: DeviceScope) -> Self {
        let code = Self::code(salon, scope).await;
        let mut tablet = Self::new(salon);
        assert_eq!(tablet.call("door/enrol", json!({ "code": code })).await.said(), (200, r#"{"Ok":null}"#));
        tablet
    }

    pub async fn signed_in(salon: &'a TestSalon, scope: DeviceScope, name: &str) -> Self {
        let mut tablet = Self::enrolled(salon, scope).await;
        tablet.sign_in(name).await;
        tablet
    }

    /// The manager's device, enrolled as the set-up link does it.
    pub async fn of_manager(salon: &'a TestSalon) -> Self {
        let (house, cookie) = (&salon.house, "a1".repeat(32));
        let label = Name::new("办公室").unwrap();
        let hash = sync::Hash::of(cookie.as_bytes()).0;
        if house.store.device_by_cookie(hash).await.unwrap().is_none() {
            let (manager, now) = (salon.person("陈静"), house.clock.now());
            house.store.enrol_directly(DeviceScope::Management, label, hash, manager, now).await.unwrap();
        }
        let mut tablet = Self::new(salon);
        tablet.cookies.insert("xinyan_device".to_owned(), cookie);
        tablet.sign_in("陈静").await;
        tablet
    }

    pub async fn code(salon: &TestSalon, scope: DeviceScope) -> String {
        let mut office = Tablet::of_manager(salon).await;
        let reply = office.call("devices/new-code", json!({ "scope": scope, "label": "平板" })).await.json();
        reply["Ok"].as_str().unwrap().to_owned()
    }

    pub async fn sign_in(&mut self, name: &str) -> SignedIn {
        let staff = self.salon.person(name);
        let reply = self.call("door/sign-in", json!({ "staff": staff, "password": PASSWORD })).await;
        self.hold(reply)
    }

    pub fn hold(&mut self, reply: Reply) -> SignedIn {
        let signed_in: Result<SignedIn, Value> = serde_json::from_value(reply.json()).unwrap();
        let signed_in = signed_in.unwrap();
        self.next = signed_in.next_seq;
        self.keys = Some(signed_in.clone());
        signed_in
    }

    pub fn request(&self, function: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::post(format!("/api/{function}"))
            .header(header::HOST, "salon.lan")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/json")
    }

    pub async fn call(&mut self, function: &str, arguments: Value) -> Reply {
        let request = self.request(function).body(Body::from(arguments.to_string())).unwrap();
        let reply = self.salon.send(&self.peer, request).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            match rest.split(';').next().unwrap() {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        reply
    }

    pub fn header(&self, author: StaffId) -> Header {
        let device = self.keys.as_ref().unwrap().device;
        let claimed_at = Moment(self.salon.house.clock.now().0);
        Header { proto: PROTO, schema: SCHEMA, device, seq: self.next, author, claimed_at, base: Version::default() }
    }

    pub fn envelope(&self, action: Action) -> Vec<u8> {
        let author = self.keys.as_ref().unwrap().person;
        serde_json::to_vec(&Envelope { header: self.header(author), action }).unwrap()
    }

    /// Seals whatever bytes it is given with the keys of whoever signed in last, and counts on.
    pub fn seal(&mut self, envelope: &[u8]) -> Sealed {
        let keys = self.keys.clone().unwrap();
        let (header, seq) = (self.header(keys.person), self.next);
        self.next = seq.next();
        let nonce = [u8::try_from(seq.0).unwrap(); 24];
        Sealed { seq, bytes: Bytes(keys.data_key.seal_entry(&keys.author_key, &nonce, &header, envelope)), sealed_as: None }
    }

    pub async fn push(&mut self, entries: Vec<Sealed>) -> Pushed {
        let oldest = entries.first().map_or(self.next, |entry| entry.seq);
        let push = Push { epoch: None, oldest, entries, device: None };
        serde_json::from_value(self.call("sync/push", json!({ "push": push })).await.json()).unwrap()
    }

    pub async fn record(&mut self, action: Action) -> Outcome {
        let envelope = self.envelope(action);
        self.record_bytes(&envelope).await
    }

    pub async fn record_bytes(&mut self, envelope: &[u8]) -> Outcome {
        let sealed = self.seal(envelope);
        self.push(vec![sealed]).await.settled.remove(0).outcome
    }

    /// A customer with a phone, added by whoever is signed in.
    pub async fn add_customer(&mut self, name: &str, phone: &str) -> CustomerId {
        let customer = CustomerId::new(Uuid::now_v7());
        let mut card = NewCustomer::named(Name::new(name).unwrap());
        card.profile.push(domain::ProfileValue::Phone(domain::Phone::new(phone).ok()));
        let outcome = self.record(Action::AddCustomer { customer, card: Box::new(card) }).await;
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
        customer
    }
}
