//! A file of many rows: how much memory it takes to write, and whether another reader finds
//! in it what was written.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use api_types::CustomerId;
use axum::body::{Body, Bytes};
use axum::http::{Request, header, request};
use backend::app::App;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::rows::PASSWORD;

/// Reads the file with Python, whose csv is none of ours.
const PYTHON: &str = "import csv, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    rows = csv.reader(file)
    head = next(rows)
    count = cents = 0
    for row in rows:
        assert len(row) == len(head), row
        assert row[2].startswith('By card, at the desk; '), row
        count += 1
        cents += round(float(row[4]) * 100)
print(count, cents)";

/// Downloads all payments of a customer, and tells what that took.
pub async fn measure(app: &App, who: &CustomerId, rows: u32, folder: &Path) {
    let cookie = sign_in(app, who).await;
    let request = asks("GET", "/api/v1/payments/csv")
        .header(header::COOKIE, cookie)
        .header("portico-person", who.as_str())
        .body(Body::empty())
        .unwrap();
    let path = folder.join("payments.csv");
    let mut file = File::create(&path).unwrap();
    let (before, began) = (resident_kib(), Instant::now());
    let mut response = backend::http::router(app).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let (mut parts, mut bytes, mut largest, mut most) = (0_u32, 0, 0, before);
    while let Some(frame) = response.body_mut().frame().await {
        let part: Bytes = frame.unwrap().into_data().unwrap();
        file.write_all(&part).unwrap();
        (parts, bytes, largest) = (parts + 1, bytes + part.len(), largest.max(part.len()));
        if parts.is_multiple_of(50) {
            most = most.max(resident_kib());
        }
    }
    drop(file);
    println!(
        "\na file of {rows} payments: {bytes} bytes in {parts} parts, {:?}",
        began.elapsed()
    );
    println!("its largest part: {largest} bytes");
    println!(
        "memory: {before} KiB before, {most} KiB at most: {} KiB more",
        most - before
    );
    read_back(&path, rows);
}

fn read_back(path: &Path, rows: u32) {
    let read = Command::new("python3")
        .args(["-c", PYTHON])
        .arg(path)
        .output();
    let Ok(read) = read else {
        println!("python3 is not here, so nobody else has read the file");
        return;
    };
    let said = String::from_utf8_lossy(&read.stdout);
    let rows = u64::from(rows);
    let expected = format!("{rows} {}", rows * (rows + 1) / 2);
    assert_eq!(
        said.trim(),
        expected,
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    println!("python's csv reads {rows} rows that add up");
}

async fn sign_in(app: &App, who: &CustomerId) -> String {
    let body = serde_json::json!({ "email": format!("{who}@example.com"), "password": PASSWORD });
    let request = asks("POST", "/api/v1/session")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::CONTENT_TYPE, "application/json")
        .header("portico-request", "1")
        .extension(axum::extract::ConnectInfo(std::net::SocketAddr::from((
            [192, 0, 2, 1],
            40_000,
        ))))
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = backend::http::router(app).oneshot(request).await.unwrap();
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn asks(method: &str, path: &str) -> request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:8080")
}

/// What this process holds of the machine's memory; zero where the system does not say.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
