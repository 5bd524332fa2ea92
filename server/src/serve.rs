//! Listening, and ending in good order: what was begun is finished, what would never end is ended.

use crate::{
    house::House,
    http::{IsTls, router},
    places::Places,
    tls::{self, Tls},
    trouble::Trouble,
};
use axum::{Extension, Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use std::{net::SocketAddr, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
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
pub async fn run(house: Arc<House>, listener: TcpListener, tls: Option<Tls>, limits: Limits) {
    let (open, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(limits.connections)));
    let plain = tls.as_ref().map(tls::answers);
    let site = Arc::new(Site { main: router(house.clone()), tls, plain, limits });
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
        let (site, watcher) = (site.clone(), open.watcher());
        tokio::spawn(async move {
            site.serve(socket, peer, watcher).await;
            drop((place, seat));
        });
    }
    drop(listener);
    house.is_closing.send_replace(true);
    let _ = tokio::time::timeout(FINISH_WITHIN, open.shutdown()).await;
    house.store.close().await;
}

/// What is served to one connection after the other.
struct Site {
    main: Router,
    tls: Option<Tls>,
    /// For whoever comes to the https port without it.
    plain: Option<Router>,
    limits: Limits,
}

impl Site {
    async fn serve(&self, socket: TcpStream, peer: SocketAddr, watcher: Watcher) {
        let _ = socket.set_nodelay(true);
        let (Some(tls), Some(plain)) = (&self.tls, &self.plain) else {
            return self.answer(self.hurried(socket), self.main.clone(), peer, watcher).await;
        };
        // A handshake's first byte; every word of plain http begins with a letter.
        const HANDSHAKE: u8 = 0x16;
        let mut first = [0];
        match timeout(self.limits.headers_within, socket.peek(&mut first)).await {
            Ok(Ok(1)) if first == [HANDSHAKE] => {
                let handshake = tls.acceptor.accept(self.hurried(socket));
                if let Ok(Ok(secure)) = timeout(self.limits.headers_within, handshake).await {
                    self.answer(secure, self.main.clone().layer(Extension(IsTls)), peer, watcher).await;
                }
            }
            Ok(Ok(1)) => self.answer(self.hurried(socket), plain.clone(), peer, watcher).await,
            _ => {}
        }
    }

    fn hurried(&self, socket: TcpStream) -> Pin<Box<TimeoutStream<TcpStream>>> {
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(self.limits.stalled_within));
        Box::pin(socket)
    }

    async fn answer(
        &self,
        socket: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        router: Router,
        peer: SocketAddr,
        watcher: Watcher,
    ) {
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(self.limits.headers_within);
        let service = TowerToHyperService::new(router.layer(Extension(ConnectInfo(peer))));
        let connection = builder.serve_connection(TokioIo::new(socket), service).into_owned();
        // Whoever breaks a connection off knows it.
        let _ = watcher.watch(connection).await;
    }
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
