//! Starting again: what a snapshot file brings back, what it never holds, and when not to start.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use sandbox_gateway::{Gateway, GatewaySettings, StartError};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bench::{Bench, GOOD, PENDING, SLOW, id_of, settings};
use crate::merchant::Merchant;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("gateway-{:032x}", rand::random::<u128>()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("gateway.json")
    }

    fn settings(&self) -> GatewaySettings {
        GatewaySettings {
            data: Some(self.file()),
            ..settings()
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn restarted(bench: Bench, settings: GatewaySettings) -> Bench {
    let Bench {
        gateway, merchant, ..
    } = bench;
    gateway.stop().await;
    Bench::open_with(settings, merchant).await
}

#[tokio::test]
async fn payments_and_keys_are_known_after_a_restart() {
    let folder = Folder::new();
    let bench = Bench::open_with(folder.settings(), Merchant::open().await).await;
    let order = bench.order();
    let pending: Value = bench.create_as("one", &order).await.json().await.unwrap();
    let pending = id_of(&pending);
    bench.pay(&pending, PENDING).await;

    let bench = restarted(bench, folder.settings()).await;
    assert_eq!(bench.status(&pending).await, "processing");
    let again: Value = bench.create_as("one", &order).await.json().await.unwrap();
    assert_eq!(id_of(&again), pending);
}

#[tokio::test]
async fn a_webhook_that_has_not_left_comes_after_a_restart() {
    let folder = Folder::new();
    let bench = Bench::open_with(folder.settings(), Merchant::open().await).await;
    let id = bench.create().await;
    bench.faults(json!({"webhook-late": 1000})).await;
    bench.cancel(&id).await;
    let mut bench = restarted(bench, folder.settings()).await;
    let told = bench.merchant.next().await;
    assert_eq!((told.payment(), told.status()), (id.as_str(), "cancelled"));
}

#[tokio::test]
async fn money_that_was_on_its_way_arrives_after_a_restart() {
    let folder = Folder::new();
    let settings = || GatewaySettings {
        slow_card_takes: Duration::from_secs(1),
        ..folder.settings()
    };
    let mut bench = Bench::open_with(settings(), Merchant::open().await).await;
    let id = bench.create().await;
    bench.pay(&id, SLOW).await;
    assert_eq!(bench.merchant.next().await.status(), "processing");
    let mut bench = restarted(bench, settings()).await;
    // The stop may have come before the gateway noted that the first webhook had arrived.
    while bench.merchant.next().await.status() != "paid" {}
    assert_eq!(bench.status(&id).await, "paid");
}

#[tokio::test]
async fn card_numbers_and_secrets_are_not_in_the_file() {
    let folder = Folder::new();
    let bench = Bench::open_with(folder.settings(), Merchant::open().await).await;
    let id = bench.create().await;
    bench.fill_in(&id, GOOD, "12/34", "739").await;
    let file = fs::read_to_string(folder.file()).unwrap();
    assert!(file.contains(&id) && file.contains("\"last4\":\"4242\""));
    let digits: String = file
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    for secret in ["42424242", "12/34", "\"739\"", "sk_test", "whsec_test"] {
        assert!(!digits.contains(secret), "{secret}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let bench = Bench::open_with(folder.settings(), Merchant::open().await).await;
    bench.create().await;
    assert_eq!(
        fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_a_reason_not_to_start() {
    let folder = Folder::new();
    fs::write(folder.file(), "not a snapshot").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refused = Gateway::start(listener, folder.settings())
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, StartError::Snapshot(_)), "{refused}");
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "not a snapshot");
}

#[tokio::test]
async fn empty_secrets_are_a_reason_not_to_start() {
    for (api_key, webhook_secret) in [("", "whsec_test"), ("sk_test", "")] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = GatewaySettings::new(api_key, webhook_secret);
        let refused = Gateway::start(listener, settings).await.err().unwrap();
        assert!(matches!(refused, StartError::Secret(_)), "{refused}");
    }
}

#[tokio::test]
async fn what_cannot_be_saved_is_not_confirmed() {
    let folder = Folder::new();
    let bench = Bench::open_with(folder.settings(), Merchant::open().await).await;
    // A folder in the place of the file cannot be replaced by a file.
    fs::create_dir(folder.file()).unwrap();
    let refused = bench.create_as("one", &bench.order()).await;
    assert_eq!(refused.status().as_u16(), 500);
    assert_eq!(
        refused.json::<Value>().await.unwrap()["code"],
        json!("internal")
    );
    fs::remove_dir(folder.file()).unwrap();
    assert_eq!(
        bench
            .create_as("one", &bench.order())
            .await
            .status()
            .as_u16(),
        201
    );
    assert!(folder.file().is_file());
}
