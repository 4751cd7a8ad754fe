//! The backend as a process: a socket, and an end.

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use backend::serve::serve;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use test_support::Site;

async fn read_until(socket: &mut TcpStream, wanted: &str) -> String {
    let mut read = String::new();
    while !read.contains(wanted) {
        let mut bytes = [0; 1024];
        let n = socket.read(&mut bytes).await.unwrap();
        assert_ne!(n, 0, "it ended after {read}");
        read.push_str(std::str::from_utf8(&bytes[..n]).unwrap());
    }
    read
}

#[tokio::test]
async fn stopping_ends_the_streams_and_does_not_hang() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(site.app.clone(), listener, async {
        let _ = stopped.await;
    }));
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/v1/stream HTTP/1.1\r\nhost: localhost:8080\r\ncookie: {}\r\n\
         portico-person: ada\r\n\r\n",
        ada.cookie
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    read_until(&mut socket, "\"changed\":\"account\"").await;

    stop.send(()).unwrap();
    let served = tokio::time::timeout(Duration::from_secs(5), serving).await;
    served.expect("it stops within seconds").unwrap().unwrap();
    let mut rest = Vec::new();
    socket.read_to_end(&mut rest).await.unwrap();
}

#[tokio::test]
async fn a_backend_with_settings_that_do_not_go_together_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings =
        backend::settings::Settings::for_loopback(1, folder.path(), &folder.path().join("db"));
    settings.portal.time_zone = "Mars/Olympus".to_owned();
    let opened = backend::app::App::open(settings, backend::clock::Clock::system()).await;
    assert!(opened.unwrap_err().to_string().contains("Mars/Olympus"));
}

#[tokio::test]
async fn a_head_request_gets_the_headers_alone() {
    let site = Site::open().await;
    let request = test_support::request(Method::HEAD, "/api/v1/portal");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
}
