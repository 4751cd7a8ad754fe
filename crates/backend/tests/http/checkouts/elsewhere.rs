//! What another process does on the same database: who looks sees it by themselves.

use std::process::{Command, Output};

use api_types::{Change, Changed, Checkout, CheckoutStatus, DocumentState, MoneyState};
use backend::app::App;
use serde_json::json;

use crate::stream::Events;
use test_support::{CHECKOUTS, CheckoutSite, Site, euro, put_invoice_of, token};

/// Another backend on the database of a site, as an import is one.
async fn another(site: &Site) -> App {
    let settings = site.app.settings().clone();
    App::open(settings, site.clock.clone()).await.unwrap()
}

fn account(version: u64) -> Option<Change> {
    Some(Change {
        changed: Changed::Account,
        checkout: None,
        version,
    })
}

#[tokio::test]
async fn whoever_looks_is_told_of_what_another_process_has_changed() {
    let site = CheckoutSite::with_invoice().await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    let mut hers = Events::open(&ada).await;
    let mut at_home = Events::open(&ada).await;
    let mut his = Events::open(&ben).await;
    for events in [&mut hers, &mut at_home] {
        assert_eq!(events.change().await, account(2));
    }
    assert_eq!(his.change().await, account(1));

    let elsewhere = another(&site).await;
    let invoice = ("INV-2", (1000, "EUR"), DocumentState::Open);
    put_invoice_of(&elsewhere, invoice.0, invoice.1, invoice.2).await;
    for events in [&mut hers, &mut at_home] {
        assert_eq!(events.change().await, account(3));
    }
    // Nothing of his has changed, so this is the next thing that he is told.
    site.app
        .publish(&"ben".parse().unwrap(), account(9).unwrap());
    assert_eq!(his.change().await, account(9));
}

#[tokio::test]
async fn an_invoice_that_is_voided_elsewhere_ends_its_checkout() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let mut events = Events::open(&ada).await;
    events.change().await;
    let elsewhere = another(&site).await;
    let void = DocumentState::Void;
    put_invoice_of(&elsewhere, "INV-1", (4500, "EUR"), void).await;
    while ada.checkout(&checkout).await.status != CheckoutStatus::Cancelled {
        events.change().await.unwrap();
    }
    let reference = site.gateway.reference();
    assert_eq!(site.gateway.status(&reference), "cancelled");
}

/// Runs the backend's own program on the database of a site.
fn command(site: &Site, folder: &std::path::Path, args: &[&str]) -> Output {
    let settings = site.app.settings();
    let file = folder.join("settings.toml");
    let text = format!(
        "public_url = \"http://localhost:8080\"\ndatabase = {:?}\ndist = \"dist\"\n[portal]\n\
         name = \"Harbour Clinic\"\nbrand = \"#1d5fbf\"\ntime_zone = \"Europe/Dublin\"\n\
         currencies = [\"EUR\"]\n",
        settings.database
    );
    std::fs::write(&file, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_backend"))
        .arg("--config")
        .arg(&file)
        .args(args)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(said).unwrap()
}

#[tokio::test]
async fn a_transfer_that_is_settled_on_the_command_line_is_seen_at_once() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let body = json!({
        "for": {"kind": "invoice", "invoice": "INV-1"}, "method": "transfer",
        "displayed_total": euro("45.00"),
    });
    let request = ada.request_to_write(CHECKOUTS, &token(), &body.to_string());
    let checkout: Checkout = site.send(request).await.json();
    let payment = checkout.payment.unwrap().to_string();
    let reference = checkout.instructions.unwrap().reference;
    let mut events = Events::open(&ada).await;
    let before = events.change().await.unwrap().version;

    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| command(&site, folder.path(), args);
    let list = run(&["list-pending"]);
    assert!(list.status.success(), "{}", said(&list));
    for part in [&payment, &reference, "45.00 EUR", "ada", "INV-1"] {
        assert!(said(&list).contains(part), "{part}: {}", said(&list));
    }
    let wrong = run(&["settle-payment", &payment, "--received", "45"]);
    assert_eq!(wrong.status.code(), Some(1), "{}", said(&wrong));
    assert!(said(&wrong).contains("--received"), "{}", said(&wrong));
    let settled = run(&["settle-payment", &payment]);
    assert!(settled.status.success(), "{}", said(&settled));
    assert!(said(&settled).contains("45.00 EUR have come"));

    assert_eq!(events.change().await, account(before + 1));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    let again = run(&["settle-payment", &payment]);
    assert!(again.status.success() && said(&again).contains("settled before"));
    let late = run(&["cancel-payment", &payment]);
    assert_eq!(late.status.code(), Some(1), "{}", said(&late));
    assert_eq!(said(&run(&["list-pending"])), "");
    let unknown = run(&["cancel-payment", "pm_nothing"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains("there is no payment pm_nothing"));
}
