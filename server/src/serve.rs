//! Listening, and ending in good order: what was begun is finished, what would never end is ended.

use crate::{house::House, http::router, trouble::Trouble};
use axum::{Extension, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};

const HEADERS_WITHIN: Duration = Duration::from_secs(30);
const FINISH_WITHIN: Duration = Duration::from_secs(10);
const CONNECTIONS: usize = 2_000;

pub async fn listen(address: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(address).await.map_err(|error| Trouble::Listen(address, error))
}

/// Until the program is told to end.
pub async fn run(house: Arc<House>, listener: TcpListener) {
    let (site, open, room) = (router(house.clone()), GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut ending = std::pin::pin!(told_to_end());
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { break };
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
        let _ = socket.set_nodelay(true);
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
        let service = TowerToHyperService::new(site.clone().layer(Extension(ConnectInfo(peer))));
        let connection = builder.serve_connection(TokioIo::new(socket), service).into_owned();
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // Whoever breaks a connection off knows it.
            let _ = connection.await;
            drop(place);
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
