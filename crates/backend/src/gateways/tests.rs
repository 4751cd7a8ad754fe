//! What is refused before a gateway is set up, and what methods become by their gateways.

use std::path::Path;
use std::time::Duration;

use api_types::Timestamp;

use super::{GatewayRegistry, check};
use crate::db::Db;
use crate::settings::Settings;

/// The settings of a portal behind a public address, with one gateway.
fn settings(gateway: &str) -> Settings {
    let text = format!(
        r##"
public_url = "https://portal.example.com"
database = "portal.sqlite"
dist = "dist"
[portal]
name = "Harbour Clinic"
brand = "#1d5fbf"
time_zone = "Europe/Dublin"
currencies = ["EUR", "JPY", "KWD", "HUF"]
{gateway}"##
    );
    Settings::parse(&text, Path::new("/etc/portico")).unwrap()
}

const SANDBOX: &str = r#"
[[gateways]]
id = "trial"
kind = "sandbox"
mode = "test"
url = "https://pay.example.com"
[gateways.credentials]
api_key = "an api key that is long"
webhook_secret = "a webhook secret that is long"
"#;

fn refused(gateway: &str, allow_sandbox: bool) -> String {
    let mut settings = settings(gateway);
    settings.security.allow_sandbox = allow_sandbox;
    check(&settings).unwrap_err().to_string()
}

#[test]
fn what_a_kind_needs_is_told_by_the_setting() {
    for (line, instead, says) in [
        (
            "kind = \"sandbox\"",
            "kind = \"gold\"",
            "gateways[0].kind: `gold` is none of",
        ),
        (
            "mode = \"test\"",
            "mode = \"live\"",
            "gateways[0].mode: a sandbox gateway moves no money",
        ),
        (
            "url = \"https://pay.example.com\"",
            "",
            "gateways[0].url: missing",
        ),
        (
            "api_key = \"an api key that is long\"",
            "",
            "gateways[0].credentials.api_key: missing: a sandbox gateway needs it",
        ),
        (
            "api_key = \"an api key that is long\"",
            "api_key = \"short\"",
            "gateways[0].credentials.api_key: it is too short: with fewer than 16",
        ),
        (
            "api_key = ",
            "pin = \"0123456789abcdef\"\napi_key = ",
            "gateways[0].credentials.pin: a sandbox gateway has only api_key, webhook_secret",
        ),
    ] {
        assert!(SANDBOX.contains(line), "{line}");
        let told = refused(&SANDBOX.replace(line, instead), true);
        assert!(told.contains(says), "{instead}: {told}");
        assert!(!told.contains("an api key that is long"), "{told}");
    }
}

#[test]
fn what_moves_no_money_starts_behind_a_public_address_only_where_that_is_said() {
    let told = refused(SANDBOX, false);
    assert!(told.contains("allow_sandbox = true"), "{told}");
    let mut allowed = settings(SANDBOX);
    allowed.security.allow_sandbox = true;
    check(&allowed).unwrap();
}

/// A card and PayPal in currencies whose smallest units PayPal and Stripe do not take.
fn with_methods(methods: &str) -> Settings {
    let gateways = r#"
[[gateways]]
id = "cards"
kind = "stripe"
mode = "test"
[gateways.credentials]
secret_key = "sk_test_0123456789"
webhook_secret = "whsec_0123456789"
[[gateways]]
id = "paypal"
kind = "paypal"
mode = "test"
[gateways.credentials]
client_id = "client-0123456789"
client_secret = "secret-0123456789"
webhook_id = "WH-0123456789"
"#;
    let mut settings = settings(&format!("{methods}{gateways}"));
    settings.security.allow_sandbox = true;
    settings
}

#[test]
fn a_method_has_to_suit_its_gateway() {
    for (method, says) in [
        (
            "[[methods]]\nid = \"paypal\"\nkind = \"wallet\"\ngateway = \"paypal\"\n\
             currencies = [\"KWD\"]\n",
            "methods[0].currencies: paypal goes through paypal, which takes none",
        ),
        (
            "[[methods]]\nid = \"paypal\"\nkind = \"wallet\"\ngateway = \"paypal\"\n\
             surcharge = { HUF = \"1.50\" }\n",
            "methods[0].surcharge.HUF: paypal goes through paypal, which takes only multiples",
        ),
        (
            "[[methods]]\nid = \"card\"\ngateway = \"cards\"\nsurcharge = { KWD = \"0.005\" }\n",
            "methods[0].surcharge.KWD: card goes through cards",
        ),
        (
            "[[methods]]\nid = \"card\"\ngateway = \"cards\"\nmaximum = { EUR = \"0.30\" }\n",
            "methods[0].maximum.EUR: card goes through cards, which takes at least",
        ),
    ] {
        let told = check(&with_methods(method)).unwrap_err().to_string();
        assert!(told.contains(says), "{told}");
    }
    let good = "[[methods]]\nid = \"card\"\ngateway = \"cards\"\nsurcharge = { KWD = \"0.010\" }\n";
    check(&with_methods(good)).unwrap();
}

#[tokio::test]
async fn payments_of_a_gateway_that_is_not_in_the_settings_are_looked_at_again() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("db.sqlite")).await.unwrap();
    let registry = GatewayRegistry::open(&with_methods(""), &db).await.unwrap();
    let made = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
    let hour = Duration::from_hours(1);
    assert_eq!(
        registry.next_read("gone", made, made),
        Some(made.plus(hour))
    );
    let later = made.plus(1000 * hour);
    assert_eq!(
        registry.next_read("gone", made, later),
        Some(later.plus(hour))
    );
    assert_eq!(registry.next_read("cards", made, later), None);
}
