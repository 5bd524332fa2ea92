//! A device as the network sees it: one connection that is kept, its cookie, its keys. HTTP by hand, so that what is measured
//! is the server's.

use domain::{Action, DeviceScope, Moment, Name, Seq, StaffId, Version};
use server::house::House;
use std::net::SocketAddr;
use store::{Device, Session};
use sync::{Bytes, Envelope, Epoch, Hash, Header, PROTO, Push, SCHEMA, Sealed};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

pub struct Tablet {
    device: Device,
    author: StaffId,
    cookies: String,
    pub address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
    pub epoch: Epoch,
    next: Seq,
}

impl Tablet {
    /// Enrolled and signed in behind the door, which has its own measures.
    pub async fn new(house: &House, address: SocketAddr, author: StaffId, number: usize) -> Self {
        let now = house.clock.now();
        let (cookie, token) = (format!("{number:064x}"), format!("{:064x}", number + 1_000_000));
        let (label, hash) = (Name::new("平板").unwrap(), Hash::of(cookie.as_bytes()).0);
        let device = house.store.enrol_directly(DeviceScope::Desk, label, hash, author, now).await.unwrap();
        let (token_hash, expires_at) = (Hash::of(token.as_bytes()).0, Moment(now.0 + 3_600_000));
        let session = Session { token_hash, device: device.id, person: author, opened_at: now, expires_at };
        house.store.open_session(session).await.unwrap();
        let cookies = format!("xinyan_device={cookie}; xinyan_session={token}");
        let epoch = house.store.head().await.unwrap().epoch;
        Self { device, author, cookies, address, connection: None, epoch, next: Seq(1) }
    }

    pub fn seal(&mut self, house: &House, action: Action) -> Sealed {
        let Device { id, generation, .. } = self.device;
        let (seq, base) = (self.next, Version::default());
        self.next = seq.next();
        let claimed_at = house.clock.now();
        let header = Header { proto: PROTO, schema: SCHEMA, device: id, seq, author: self.author, claimed_at, base };
        let bytes = serde_json::to_vec(&Envelope { header, action }).unwrap();
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&seq.0.to_be_bytes());
        let author = house.keys.author_key(id, self.author, generation);
        Sealed {
            seq,
            bytes: Bytes(house.keys.data_key(id, generation).seal_entry(&author, &nonce, &header, &bytes)),
            sealed_as: None,
        }
    }

    pub fn push_of(&self, entries: Vec<Sealed>) -> serde_json::Value {
        let oldest = entries.first().map_or(self.next, |entry| entry.seq);
        serde_json::json!({ "push": Push { epoch: Some(self.epoch), oldest, entries, device: None } })
    }

    /// The status, and what was said.
    pub async fn call(&mut self, function: &str, arguments: &serde_json::Value) -> (u16, Vec<u8>) {
        let body = arguments.to_string();
        let head = format!(
            "POST /api/{function} HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            self.cookies,
            body.len()
        );
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(self.address).await,
        };
        connection.get_mut().write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        let (status, length) = read_head(&mut connection).await;
        let mut said = vec![0; length];
        connection.read_exact(&mut said).await.unwrap();
        self.connection = Some(connection);
        (status, said)
    }

    /// A stream of hints, on a connection of its own.
    pub async fn listen(&self) -> Hints {
        let mut connection = connect(self.address).await;
        let head = format!("GET {} HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\n\r\n", app::api::HINTS, self.cookies);
        connection.get_mut().write_all(head.as_bytes()).await.unwrap();
        assert_eq!(read_head(&mut connection).await.0, 200);
        Hints(connection)
    }
}

pub struct Hints(BufReader<TcpStream>);

impl Hints {
    pub async fn next(&mut self) -> Version {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).await.unwrap() > 0, "the stream of hints ended");
            if let Some(data) = line.strip_prefix("data: {\"version\":") {
                return Version(data.trim_end().trim_end_matches('}').parse().unwrap());
            }
        }
    }
}

async fn connect(address: SocketAddr) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    BufReader::new(stream)
}

/// The status, and how long the body is.
async fn read_head(connection: &mut BufReader<TcpStream>) -> (u16, usize) {
    let (mut status, mut length) = (0, 0);
    loop {
        let mut line = String::new();
        assert!(connection.read_line(&mut line).await.unwrap() > 0, "the connection was broken off");
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            return (status, length);
        }
        if let Some(rest) = line.strip_prefix("http/1.1 ") {
            status = rest[..3].parse().unwrap();
        }
        if let Some(rest) = line.strip_prefix("content-length: ") {
            length = rest.parse().unwrap();
        }
    }
}
