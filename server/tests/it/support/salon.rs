use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request},
    http::{HeaderMap, StatusCode},
};
use domain::{ClockOffset, Name, Role, Settings, StaffId};
use server::{house::House, http::router, site::Site};
use std::{collections::BTreeMap, fs, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use store::{NewPerson, NewSalon, Patience, Place, Store};
use sync::ServerKey;
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "lanterns at dusk";

const PEOPLE: [(&str, Role); 4] =
    [("陈静", Role::StoreManager), ("李婉清", Role::Consultant), ("林静", Role::Beautician), ("周小梅", Role::Beautician)];

/// Thrown away with its data.
pub struct TestSalon {
    pub house: Arc<House>,
    router: Router,
    pub data: PathBuf,
    people: BTreeMap<&'static str, StaffId>,
    folder: Arc<Folder>,
}

/// Gone when the last program on it is.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn said(&self) -> (u16, &str) {
        (self.status.as_u16(), &self.text)
    }

    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }
}

impl TestSalon {
    pub async fn unfounded() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut House)) -> Self {
        Self::made(Patience::default(), change).await
    }

    /// Waits no longer than this for another program that holds the database.
    pub async fn open_hastily(patience: Duration) -> Self {
        let mut salon = Self::made(Patience(patience), |_| ()).await;
        salon.found(false).await;
        salon
    }

    async fn made(patience: Patience, change: impl FnOnce(&mut House)) -> Self {
        let data = std::env::temp_dir().join(format!("xinyan-it-{}", Uuid::now_v7()));
        fs::create_dir_all(data.join("site/pkg")).unwrap();
        fs::write(data.join("site/index.html"), r#"<script src="/loader.js?v=__BUILD__"></script>"#).unwrap();
        fs::write(data.join("site/service-worker.js"), r#"const BUILD = "__BUILD__";"#).unwrap();
        fs::write(data.join("site/pkg/xinyan.js"), "export default () => {};").unwrap();
        fs::write(data.join("site/pkg/xinyan.js.map"), "{}").unwrap();
        let store = Store::open_with(&Place::Sqlite(data.join("salon.db")), patience).await.unwrap();
        let mut house = House::new(store, ServerKey::new([7; 32]), Site::in_directory(data.join("site")));
        change(&mut house);
        let house = Arc::new(house);
        Self { router: router(house.clone()), house, folder: Arc::new(Folder(data.clone())), data, people: BTreeMap::new() }
    }

    /// A second instance of the program on the same data.
    pub async fn beside(&self) -> Self {
        let store = Store::open(&Place::Sqlite(self.data.join("salon.db"))).await.unwrap();
        let mut house = House::new(store, self.house.keys.clone(), Site::in_directory(self.data.join("site")));
        house.clock = self.house.clock.clone();
        let house = Arc::new(house);
        let (data, people) = (self.data.clone(), self.people.clone());
        Self { router: router(house.clone()), house, data, people, folder: self.folder.clone() }
    }

    pub async fn open() -> Self {
        let mut salon = Self::unfounded().await;
        salon.found(false).await;
        salon
    }

    pub async fn found(&mut self, is_demo: bool) {
        let (house, now) = (self.house.clone(), self.house.clock.now());
        let hash = house.passwords.hash(PASSWORD.to_owned()).await.unwrap();
        for (number, (name, role)) in PEOPLE.into_iter().enumerate() {
            let id = StaffId::new(Uuid::now_v7());
            self.people.insert(name, id);
            let roles = [role].into();
            let person = NewPerson { id, name: Name::new(name).unwrap(), roles, password_hash: Some(hash.clone()) };
            if number > 0 {
                house.store.add_person(person, now).await.unwrap();
                continue;
            }
            let settings = Settings {
                offset: ClockOffset::default(),
                confirm_hours_before: 24,
                complaint_follow_up_days: 3,
                may_restart_offline: true,
            };
            let salon = NewSalon { name: Name::new("心颜").unwrap(), is_demo, settings, manager: person };
            house.store.found(salon, now).await.unwrap();
        }
    }

    pub fn person(&self, name: &str) -> StaffId {
        self.people[name]
    }

    pub async fn send(&self, peer: &str, request: Request) -> Reply {
        let response = self.answer(peer, request).await;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 16 << 20).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn answer(&self, peer: &str, mut request: Request) -> axum::response::Response {
        let peer = SocketAddr::new(peer.parse().unwrap(), 40_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str, accept: &str) -> Reply {
        let request = Request::get(path).header("host", "salon.lan").header("accept", accept);
        self.send("192.0.2.9", request.body(Body::empty()).unwrap()).await
    }
}
