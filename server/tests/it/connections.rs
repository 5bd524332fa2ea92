//! Real sockets: whoever holds on to them for nothing loses them.

use crate::support::TestSalon;
use server::serve::{self, Limits};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

const ASKING: &[u8] = b"GET /api/ HTTP/1.1\r\nhost: localhost\r\n\r\n";

async fn open(limits: Limits) -> (TestSalon, SocketAddr) {
    let salon = TestSalon::open().await;
    let listener = serve::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::run(salon.house.clone(), listener, None, limits));
    (salon, address)
}

async fn is_answered(socket: &mut TcpStream) -> bool {
    let _ = socket.write_all(ASKING).await;
    let mut first = [0; 8];
    matches!(socket.read(&mut first).await, Ok(1..))
}

#[tokio::test]
async fn whoever_asks_and_never_reads_is_hung_up_on() {
    let (_salon, address) = open(Limits { stalled_within: Duration::from_millis(300), ..Limits::default() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut socket = socket.connect(address).await.unwrap();

    let hung_up = timeout(Duration::from_secs(30), async { while socket.write_all(ASKING).await.is_ok() {} }).await;

    assert!(hung_up.is_ok(), "the connection is still held");
}

#[tokio::test]
async fn one_address_holds_no_more_connections_than_its_share() {
    let (_salon, address) = open(Limits { per_address: 2, ..Limits::default() }).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    let mut second = TcpStream::connect(address).await.unwrap();
    assert!(is_answered(&mut first).await && is_answered(&mut second).await);

    let mut third = TcpStream::connect(address).await.unwrap();
    assert!(!is_answered(&mut third).await);

    drop(first);
    let answered_again = timeout(Duration::from_secs(10), async {
        while !is_answered(&mut TcpStream::connect(address).await.unwrap()).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(answered_again.await.is_ok(), "a place that was given back is not given out again");
}
