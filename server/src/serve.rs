//! Listening, and ending in good order: what was begun is finished, what would never end is ended.

use crate::{house::House, http::router, places::Places, trouble::Trouble};
use axum::{Extension, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;

const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// How much is borne of those who connect.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once: of all, and of one address. A trusted proxy speaks for many.
    pub connections: usize,
    pub per_address: usize,
    /// How long a request may take to say what it wants.
    pub headers_within: Duration,
    /// How long a browser may take nothing of what it asked for.
    pub stalled_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2_000,
            per_address: 1_000,
            headers_within: Duration::from_secs(30),
            stalled_within: Duration::from_secs(30),
        }
    }
}

pub async fn listen(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| Trouble::Listen(address, error))
}

/// Until the program is told to end.
pub async fn run(house: Arc<House>, listener: TcpListener, limits: Limits) {
    let (site, open, room) = (router(house.clone()), GracefulShutdown::new(), Arc::new(Semaphore::new(limits.connections)));
    let per_address = Places::new(if house.has_trusted_proxy { limits.connections } else { limits.per_address });
    let mut ending = std::pin::pin!(told_to_end());
    loop {
        let place = tokio::select! {
            place = room.clone().acquire_owned() => place,
            () = &mut ending => break,
        };
        let Ok(place) = place else { break };
        let (socket, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut ending => break,
        };
        // Whoever holds that many already waits for one of them to end.
        let Some(seat) = per_address.take(peer.ip()) else { continue };
        let _ = socket.set_nodelay(true);
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(limits.stalled_within));
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.headers_within);
        let service = TowerToHyperService::new(site.clone().layer(Extension(ConnectInfo(peer))));
        let connection = builder.serve_connection(TokioIo::new(Box::pin(socket)), service).into_owned();
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // Whoever breaks a connection off knows it.
            let _ = connection.await;
            drop((place, seat));
        });
    }
    drop(listener);
    house.is_closing.send_replace(true);
    let _ = tokio::time::timeout(FINISH_WITHIN, open.shutdown()).await;
    house.store.close().await;
}

/// Ctrl-C, or SIGTERM from whatever started the program.
async fn told_to_end() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
