//! What the window asks without a session has a pace.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use serde_json::json;

use test_support::{CheckoutSite, problem, request, token};

/// More than any number of the portal's own windows asks at once.
const FLOOD: usize = 700;

fn from(address: &str, method: Method, path: &str, body: Body) -> Request<Body> {
    let ip: IpAddr = address.parse().unwrap();
    request(method, path)
        .header("content-type", "application/json")
        .extension(ConnectInfo(SocketAddr::new(ip, 40_000)))
        .body(body)
        .unwrap()
}

#[tokio::test]
async fn a_flood_is_told_to_wait_and_nobody_else_is() {
    let token = json!({ "token": token() }).to_string();
    let nonce = json!({"c": "co_1", "n": "guess"}).to_string();
    let asks: [(Method, &str, &str, u16); 3] = [
        (Method::POST, "/api/v1/pay/launch", &token, 200),
        (Method::POST, "/api/v1/pay/status", &nonce, 404),
        (Method::GET, "/api/v1/pay/A-1/return?s=guess", "", 404),
    ];
    for (method, path, body, usual) in asks {
        let site = CheckoutSite::open().await;
        let ask = async |address: &str| {
            let body = Body::from(body.to_owned());
            let request = from(address, method.clone(), path, body);
            site.send(request).await
        };
        let mut last = ask("192.0.2.1").await;
        assert_eq!(last.status, usual, "{path}");
        for _ in 0..FLOOD {
            last = ask("192.0.2.1").await;
        }
        assert_eq!(last.code(), problem(429, "too_many_tries"), "{path}");
        let wait: u64 = last.header("retry-after").parse().unwrap();
        assert!((1..=2).contains(&wait), "{path}: {wait}");
        assert_eq!(ask("192.0.2.2").await.status, usual, "{path}");
        site.seconds(wait);
        assert_eq!(ask("192.0.2.1").await.status, usual, "{path}");
    }
}
