//! Signing in with wrong words, and too often.

use std::time::Duration;

use api_types::{CustomerId, Problem};
use backend::db::customers;
use backend::passwords::PasswordHash;

use crate::logs::Log;
use test_support::{Answer, PASSWORD, Site, problem, sign_in_from};

const ADA: &str = "ada@example.com";
const WRONG: &str = "a wrong password here";

async fn try_from(site: &Site, address: &str, email: &str, password: &str) -> Answer {
    site.send(sign_in_from(address, email, password)).await
}

/// What of an answer a stranger could tell apart.
fn visible(answer: &Answer) -> (u16, Vec<(String, String)>, Problem) {
    let mut problem: Problem = answer.json();
    problem.request_id.clear();
    let headers = answer.headers.iter();
    let headers = headers
        .filter(|(name, _)| name.as_str() != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    (answer.status.as_u16(), headers, problem)
}

#[tokio::test]
async fn an_unknown_email_gets_the_answer_of_a_wrong_password() {
    let site = Site::open().await;
    let known = site.sign_in(ADA, WRONG).await;
    let unknown = site.sign_in("nobody@example.com", WRONG).await;
    assert_eq!(known.code(), problem(401, "wrong_credentials"));
    assert_eq!(visible(&known), visible(&unknown));
    assert!(!known.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn what_is_missing_or_too_long_is_named() {
    let site = Site::open().await;
    let long = "x".repeat(2000);
    for (email, password, field, code) in [
        (" ", PASSWORD, "email", "missing"),
        (ADA, "", "password", "missing"),
        (&long, PASSWORD, "email", "too_long"),
        (ADA, &long, "password", "too_long"),
    ] {
        let answer = site.sign_in(email, password).await;
        assert_eq!(answer.status, 422);
        let problem: Problem = answer.json();
        assert_eq!(problem.field_errors[field].code, code);
    }
}

#[tokio::test]
async fn after_five_failures_one_has_to_wait_longer_and_longer() {
    let site = Site::open().await;
    for _ in 0..5 {
        assert_eq!(site.sign_in(ADA, WRONG).await.status, 401);
    }
    for seconds in [2_u64, 4, 8, 16] {
        let early = site.sign_in(ADA, PASSWORD).await;
        assert_eq!(early.code(), problem(429, "too_many_tries"));
        assert_eq!(early.header("retry-after"), seconds.to_string());
        let told: Problem = early.json();
        assert_eq!(told.retry_after, Some(seconds));
        site.clock.advance(Duration::from_secs(seconds));
        assert_eq!(site.sign_in(ADA, WRONG).await.status, 401);
    }
    site.clock.advance(Duration::from_secs(32));
    assert_eq!(site.sign_in(ADA, PASSWORD).await.status, 200);
    // Having signed in, all is forgotten.
    for _ in 0..4 {
        assert_eq!(site.sign_in(ADA, WRONG).await.status, 401);
    }
    assert_eq!(site.sign_in(ADA, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn unknown_emails_wait_just_as_known_ones_do() {
    let site = Site::open().await;
    for email in [ADA, "nobody@example.com"] {
        for _ in 0..5 {
            assert_eq!(try_from(&site, "192.0.2.9", email, WRONG).await.status, 401);
        }
        let answer = try_from(&site, "192.0.2.9", email, WRONG).await;
        assert_eq!(answer.code(), problem(429, "too_many_tries"), "{email}");
    }
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_a_hundred_guesses() {
    let site = Site::open().await;
    let tries = (0..100).map(|_| site.sign_in(ADA, WRONG));
    let answers = futures_util::future::join_all(tries).await;
    let looked_at = answers.iter().filter(|a| a.status == 401).count();
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn a_stranger_elsewhere_does_not_keep_the_owner_out() {
    let site = Site::open().await;
    let home = "198.51.100.7";
    assert_eq!(try_from(&site, home, ADA, PASSWORD).await.status, 200);
    // From many addresses, so that only the cap by account is left.
    let mut held_back = 0;
    for n in 0..60 {
        let answer = try_from(&site, &format!("192.0.2.{n}"), ADA, WRONG).await;
        held_back += u32::from(answer.status == 429);
    }
    assert!(held_back > 30, "{held_back}");
    let strange = try_from(&site, "203.0.113.1", ADA, PASSWORD).await;
    assert_eq!(strange.code(), problem(429, "too_many_tries"));
    assert_eq!(try_from(&site, home, ADA, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn the_cap_by_account_is_short() {
    let site = Site::open().await;
    let mut n = 0_u32;
    for _ in 0..40 {
        n += 1;
        let address = format!("10.0.{}.{}", n / 250, n % 250);
        let answer = try_from(&site, &address, ADA, WRONG).await;
        if answer.status == 429 {
            let told: Problem = answer.json();
            let wait = told.retry_after.unwrap();
            assert!(wait <= 60, "{wait}");
            site.clock.advance(Duration::from_secs(wait));
        }
    }
    site.advance(1);
    let answer = try_from(&site, "203.0.113.1", ADA, PASSWORD).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn one_address_cannot_go_through_all_accounts() {
    let site = Site::open().await;
    let mut looked_at = 0;
    for n in 0..100 {
        let email = format!("customer{n}@example.com");
        let answer = try_from(&site, "192.0.2.1", &email, WRONG).await;
        looked_at += u32::from(answer.status == 401);
    }
    assert_eq!(looked_at, 30);
    let elsewhere = try_from(&site, "192.0.2.2", "one@example.com", WRONG).await;
    assert_eq!(elsewhere.status, 401);
}

async fn store(site: &Site, hash: &str) {
    let (ada, hash) = (CustomerId::parse("ada").unwrap(), hash.to_owned());
    let hash = PasswordHash::from_stored(hash);
    let store = async |tx: &_| customers::set_password(tx, &ada, &hash).await;
    site.app.db().write(store).await.unwrap();
}

#[tokio::test]
async fn a_hash_made_with_other_parameters_is_still_good() {
    let site = Site::open().await;
    // The password is `password`; from the tests of Argon2's authors.
    for hash in [
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
    ] {
        store(&site, hash).await;
        assert_eq!(site.sign_in(ADA, "password").await.status, 200, "{hash}");
        assert_eq!(site.sign_in(ADA, PASSWORD).await.status, 401, "{hash}");
    }
}

#[tokio::test]
async fn a_hash_that_cannot_be_checked_is_told_to_the_log_and_to_no_stranger() {
    let site = Site::open().await;
    let log = Log::default();
    let _logging = log.start();
    for (hash, says) in [
        (
            "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
            "asks for 65536 KiB of memory, and at most 19456",
        ),
        ("$2b$12$abcdefghijklmnopqrstuv", "the stored hash"),
        ("", "no PHC string"),
    ] {
        store(&site, hash).await;
        let known = site.sign_in(ADA, PASSWORD).await;
        let unknown = site.sign_in("nobody@example.com", PASSWORD).await;
        assert_eq!(known.code(), problem(401, "wrong_credentials"), "{hash}");
        assert_eq!(visible(&known), visible(&unknown), "{hash}");
        let said = log.text();
        assert!(
            said.contains(says) && said.contains("set-password"),
            "{said}"
        );
        assert!(!said.contains("c29tZXNhbHQ"), "{said}");
    }
}

#[tokio::test]
async fn one_network_cannot_fill_the_queue_for_all_others() {
    let site = Site::open().await;
    let flood = (0..100).map(|n| {
        let email = format!("customer{n}@example.com");
        let site = &site;
        async move { try_from(site, "192.0.2.1", &email, WRONG).await }
    });
    let owner = try_from(&site, "198.51.100.7", ADA, PASSWORD);
    let flood = futures_util::future::join_all(flood);
    let (flood, owner) = futures_util::future::join(flood, owner).await;
    let turned_away = flood.iter().filter(|answer| answer.status == 429);
    assert_eq!(turned_away.count(), 100 - 16);
    let first = flood.iter().find(|answer| answer.status == 429).unwrap();
    assert_eq!(first.header("retry-after"), "1");
    assert_eq!(owner.status, 200);
}
