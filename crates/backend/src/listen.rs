//! Connections: each is served by a task of its own, until the backend stops. What is usually
//! left to `axum::serve` is here, because that waits for ever for the head of a request: a
//! caller who sends it a byte a minute would hold a connection as long as they like.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long a request's head may take from its first byte, and an idle connection stays open.
pub(crate) const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// How long nothing is accepted when the system has no room for connections.
const ROOM_AFTER: Duration = Duration::from_secs(1);

/// Serves connections until `stop` is done; then those that are open end with their answers.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    head_within: Duration,
    stop: impl Future<Output = ()>,
) {
    let (connections, stopping) = (TaskTracker::new(), CancellationToken::new());
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, peer)) => {
                let serving = connection(socket, peer, router.clone(), head_within);
                let stopping = stopping.clone();
                connections.spawn(async move { serving.run(stopping).await });
            }
            Err(error) => not_accepted(&error).await,
        }
    }
    drop(listener);
    stopping.cancel();
    connections.close();
    connections.wait().await;
}

/// One connection, ready to be served.
struct Connection {
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_within: Duration,
}

fn connection(
    socket: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_within: Duration,
) -> Connection {
    // An event of a few bytes must not wait for more to fill a packet.
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket could not be told to send at once");
    }
    Connection {
        socket,
        peer,
        router,
        head_within,
    }
}

impl Connection {
    async fn run(self, stopping: CancellationToken) {
        let (router, peer) = (self.router, self.peer);
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_within)
            .serve_connection(TokioIo::new(self.socket), service);
        let mut serving = pin!(serving);
        let served = tokio::select! {
            served = serving.as_mut() => served,
            () = stopping.cancelled() => {
                serving.as_mut().graceful_shutdown();
                serving.await
            }
        };
        if let Err(error) = served {
            // The other end went away, or was too slow.
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// A connection that ended before it began is none of our concern; anything else is a lack of
/// room that passes.
async fn not_accepted(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if ![ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind()) {
        tracing::error!(%error, "connections cannot be accepted");
        tokio::time::sleep(ROOM_AFTER).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;

    const LONGEST: Duration = Duration::from_secs(20);

    async fn open(head_within: Duration) -> (SocketAddr, oneshot::Sender<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let who = get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string());
        let router = Router::new().route("/who", who);
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::spawn(serve(listener, router, head_within, stopped));
        (address, stop)
    }

    async fn all_it_says(socket: &mut TcpStream) -> String {
        let mut said = String::new();
        let read = socket.read_to_string(&mut said);
        let _ = tokio::time::timeout(LONGEST, read).await.unwrap();
        said
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_to_its_end_ends_the_connection() {
        let (address, _stop) = open(Duration::from_millis(20)).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /who HTTP/1.1\r\nhost: a")
            .await
            .unwrap();
        let said = all_it_says(&mut slow).await;
        assert!(!said.contains("200 OK"), "{said}");
    }

    #[tokio::test]
    async fn a_request_is_answered_and_knows_where_it_comes_from() {
        let (address, _stop) = open(LONGEST).await;
        let mut socket = TcpStream::connect(address).await.unwrap();
        let request = b"GET /who HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        socket.write_all(request).await.unwrap();
        let said = all_it_says(&mut socket).await;
        let own = socket.local_addr().unwrap().to_string();
        assert!(
            said.starts_with("HTTP/1.1 200 OK") && said.ends_with(&own),
            "{said}"
        );
    }

    #[tokio::test]
    async fn stopping_ends_what_is_idle() {
        let (address, stop) = open(LONGEST).await;
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket
            .write_all(b"GET /who HTTP/1.1\r\nhost: a\r\n\r\n")
            .await
            .unwrap();
        let mut first = [0; 15];
        socket.read_exact(&mut first).await.unwrap();
        stop.send(()).unwrap();
        all_it_says(&mut socket).await;
    }
}
