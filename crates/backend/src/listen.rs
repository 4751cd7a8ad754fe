//! Connections: each is served by a task of its own, until the backend stops. What is usually
//! left to `axum::serve` is here, because that waits for ever for the head of a request, and takes
//! one of hundreds of kilobytes: a caller who sends it a byte a minute would hold a connection as
//! long as they like.

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
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long a request's head may take from its first byte, and an idle connection stays open.
pub(crate) const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// The longest head of a request, with its first line; one that is longer is answered 431.
const MOST_HEAD_BYTES: usize = 64 * 1024;
/// The most header lines of a request; one that has more is answered 431.
const MOST_HEADERS: usize = 1024;
/// How much of a request that was refused by its head is still read, and for how long.
const MOST_DRAINED_BYTES: u64 = 1024 * 1024;
const DRAINED_WITHIN: Duration = Duration::from_secs(2);
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
    async fn run(mut self, stopping: CancellationToken) {
        let Err(error) = self.answer_requests(stopping).await else {
            return;
        };
        // The other end went away, was too slow, or sent what is no request.
        tracing::debug!(%error, "a connection ended early");
        if error.is_parse_too_large() {
            drain(&mut self.socket).await;
        }
    }

    async fn answer_requests(&mut self, stopping: CancellationToken) -> hyper::Result<()> {
        let (router, peer) = (self.router.clone(), self.peer);
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_within)
            .max_header_size(MOST_HEAD_BYTES)
            .max_headers(MOST_HEADERS)
            .serve_connection(TokioIo::new(&mut self.socket), service);
        let mut serving = pin!(serving);
        tokio::select! {
            served = serving.as_mut() => served,
            () = stopping.cancelled() => {
                serving.as_mut().graceful_shutdown();
                serving.await
            }
        }
    }
}

/// Reads the rest of what the other end sends, within bounds: a socket that is closed with bytes
/// unread resets the connection, and the answer may be lost with it.
async fn drain(socket: &mut TcpStream) {
    let rest = async {
        socket.shutdown().await?;
        tokio::io::copy(&mut socket.take(MOST_DRAINED_BYTES), &mut sink()).await
    };
    // What goes wrong here goes wrong at the other end.
    let _ = tokio::time::timeout(DRAINED_WITHIN, rest).await;
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

    /// A request whose head has so many bytes, in lines of so many at most.
    fn request_of(bytes: usize, line: usize) -> Vec<u8> {
        let mut head = b"GET /who HTTP/1.1\r\nhost: a\r\nconnection: close\r\n".to_vec();
        let end = b"\r\n".len();
        while head.len() + end < bytes {
            let rest = bytes - end - head.len();
            // What is left over has to be long enough for a line of its own.
            let this = if rest < 2 * line { rest } else { line };
            head.extend(b"x: ");
            head.extend(vec![b'y'; this - b"x: \r\n".len()]);
            head.extend(b"\r\n");
        }
        head.extend(b"\r\n");
        assert_eq!(head.len(), bytes);
        head
    }

    async fn answer_to(request: &[u8]) -> String {
        let (address, _stop) = open(LONGEST).await;
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(request).await.unwrap();
        // A reset would be an error here.
        let mut said = String::new();
        let read = socket.read_to_string(&mut said);
        tokio::time::timeout(LONGEST, read).await.unwrap().unwrap();
        said
    }

    #[tokio::test]
    async fn a_head_is_taken_up_to_64_kilobytes_and_answered_431_beyond() {
        const KB: usize = 1024;
        // In one long line, and in lines of a few dozen bytes.
        for line in [128 * KB, 80] {
            for (bytes, begins) in [
                (63 * KB, "HTTP/1.1 200 OK\r\n"),
                (64 * KB, "HTTP/1.1 200 OK\r\n"),
                (
                    64 * KB + 1,
                    "HTTP/1.1 431 Request Header Fields Too Large\r\n",
                ),
                (65 * KB, "HTTP/1.1 431 Request Header Fields Too Large\r\n"),
                (300 * KB, "HTTP/1.1 431 Request Header Fields Too Large\r\n"),
                (900 * KB, "HTTP/1.1 431 Request Header Fields Too Large\r\n"),
            ] {
                let said = answer_to(&request_of(bytes, line)).await;
                assert!(said.starts_with(begins), "{bytes} by {line}: {said}");
                let ends = said.contains("connection: close\r\n");
                assert!(ends, "{bytes} by {line}: {said}");
            }
        }
    }

    #[tokio::test]
    async fn more_header_lines_than_anybody_needs_are_answered_431() {
        for (lines, begins) in [(1000, "HTTP/1.1 200 OK"), (1100, "HTTP/1.1 431 ")] {
            let mut head = "GET /who HTTP/1.1\r\nhost: a\r\nconnection: close\r\n".to_owned();
            head.push_str(&"x: y\r\n".repeat(lines));
            head.push_str("\r\n");
            let said = answer_to(head.as_bytes()).await;
            assert!(said.starts_with(begins), "{lines}: {said}");
        }
    }

    #[tokio::test]
    async fn a_long_head_that_never_ends_is_answered_before_it_does() {
        let head = request_of(65 * 1024, 80);
        let said = answer_to(head.strip_suffix(b"\r\n\r\n").unwrap()).await;
        assert!(said.starts_with("HTTP/1.1 431 "), "{said}");
    }
}
