//! What no rule fits is kept once and decided once; notifications are kept once too.

use super::portal::{Portal, at, money};
use crate::db::reviews::{self, NewReview, Resolution, Review, ReviewKind};
use crate::db::webhook_events::{self, EventReference};
use crate::db::{DbError, ReadTx, WriteTx};

fn short(amount: &str) -> NewReview {
    NewReview {
        kind: ReviewKind::Mismatch,
        customer: None,
        checkout: None,
        attempt: None,
        payment: None,
        gateway: "sandbox".to_owned(),
        provider_ref: "ch_1".to_owned(),
        amount: Some(money(amount)),
        asked: Some(money("45.00 EUR")),
    }
}

async fn note(portal: &Portal, new: &NewReview, when: &str) -> bool {
    let note = async |tx: &WriteTx| reviews::note(tx, new, at(when)).await;
    portal.db.write::<_, DbError>(note).await.unwrap()
}

async fn resolve(portal: &Portal, id: &str, what: Resolution, when: &str) -> bool {
    let resolve = async |tx: &WriteTx| reviews::resolve(tx, id, what, Some("seen"), at(when)).await;
    portal.db.write::<_, DbError>(resolve).await.unwrap()
}

async fn list(portal: &Portal, all: bool) -> Vec<Review> {
    let list = async |tx: &ReadTx| reviews::list(tx, all).await;
    portal.db.read::<_, DbError>(list).await.unwrap()
}

#[tokio::test]
async fn the_same_news_makes_one_review_of_what_came_last() {
    let portal = Portal::empty().await;
    assert!(note(&portal, &short("40.00 EUR"), "2026-11-21T10:00:00Z").await);
    assert!(!note(&portal, &short("42.00 EUR"), "2026-11-21T11:00:00Z").await);
    let other = NewReview {
        kind: ReviewKind::Dispute,
        ..short("40.00 EUR")
    };
    assert!(note(&portal, &other, "2026-11-21T12:00:00Z").await);
    let found = list(&portal, false).await;
    let kinds: Vec<_> = found.iter().map(|review| review.found.kind).collect();
    assert_eq!(kinds, [ReviewKind::Mismatch, ReviewKind::Dispute]);
    assert_eq!(found[0].found, short("42.00 EUR"));
    assert_eq!(found[0].created_at, at("2026-11-21T10:00:00Z"));
}

#[tokio::test]
async fn what_is_decided_stays_so_and_what_is_only_noted_can_still_be_decided() {
    let portal = Portal::empty().await;
    note(&portal, &short("40.00 EUR"), "2026-11-21T10:00:00Z").await;
    let id = list(&portal, false).await[0].id.clone();
    assert!(resolve(&portal, &id, Resolution::Noted, "2026-11-21T11:00:00Z").await);
    assert!(list(&portal, false).await.is_empty());
    assert!(resolve(&portal, &id, Resolution::Taken, "2026-11-21T12:00:00Z").await);
    assert!(!resolve(&portal, &id, Resolution::Refused, "2026-11-21T13:00:00Z").await);
    // News of it changes nothing any more.
    note(&portal, &short("45.00 EUR"), "2026-11-21T14:00:00Z").await;
    let all = list(&portal, true).await;
    let resolved = all[0].resolved.as_ref().unwrap();
    assert_eq!(resolved.resolution, Resolution::Taken);
    assert_eq!(resolved.at, at("2026-11-21T12:00:00Z"));
    assert_eq!(all[0].found, short("40.00 EUR"));
    assert!(
        !resolve(
            &portal,
            "rv_none",
            Resolution::Noted,
            "2026-11-21T13:00:00Z"
        )
        .await
    );
}

#[tokio::test]
async fn a_notification_is_new_once_and_waits_until_it_is_dealt_with() {
    let portal = Portal::empty().await;
    let (now, later) = (at("2026-11-21T10:00:00Z"), at("2026-11-21T10:00:15Z"));
    let receive = async |tx: &WriteTx| {
        let named = EventReference::own("A-1");
        webhook_events::record_received(tx, "sandbox", ("evt_1", &named), now, later).await
    };
    assert!(portal.db.write::<_, DbError>(receive).await.unwrap());
    assert!(!portal.db.write::<_, DbError>(receive).await.unwrap());
    let due = async |when| {
        let due = async |tx: &ReadTx| webhook_events::due(tx, when, 9).await;
        portal.db.read::<_, DbError>(due).await.unwrap().len()
    };
    assert_eq!((due(now).await, due(later).await), (0, 1));
    let done = async |tx: &WriteTx| webhook_events::try_next_at(tx, "sandbox", "evt_1", None).await;
    portal.db.write::<_, DbError>(done).await.unwrap();
    assert_eq!(due(later).await, 0);
}
