//! Writing about an event: three times until the provider answers.

use api_types::{Event, EventStatus};
use backend::db::booking;
use serde_json::json;

use test_support::{BookingSite, EVENTS, MONDAY, fault, physio_at, problem, token};

#[tokio::test]
async fn three_messages_go_before_an_answer() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    assert_eq!(event.discussion.as_ref().unwrap().left, 3);
    for left in [2, 1, 0] {
        let answer = ada.say(&event, " Towels ", " Do I bring one?\n").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let after: Event = answer.json();
        assert_eq!(after.discussion.unwrap().left, left);
    }
    let refused = ada.say(&event, "Towels", "Please").await;
    assert_eq!(refused.code(), problem(409, "wait_for_answer"));

    site.minutes(1);
    let (id, now) = (&event.event.id, site.app().now());
    let answer = ("Towels", "There are some.");
    site.app()
        .db()
        .write(async |tx| booking::answer(tx, id, answer, now).await)
        .await
        .unwrap();
    let answer = ada.say(&event, "Towels", "Thank you").await;
    let discussion = answer.json::<Event>().discussion.unwrap();
    assert_eq!(discussion.left, 2);
    let said: Vec<_> = discussion
        .messages
        .iter()
        .map(|message| (message.from_provider, message.text.as_str()))
        .collect();
    let mine = (false, "Do I bring one?");
    let theirs = (true, "There are some.");
    assert_eq!(said, [mine, mine, mine, theirs, (false, "Thank you")]);
    assert_eq!(discussion.messages[0].subject, "Towels");
    assert_eq!(discussion.messages[3].sent_at, now);
}

#[tokio::test]
async fn the_same_message_again_is_sent_once() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    let path = format!("{EVENTS}/{}/messages", event.event.id);
    let (key, message) = (token(), json!({"subject": "A", "text": "B"}).to_string());
    for _ in 0..2 {
        let answer = site
            .site
            .site
            .send(ada.request_to_write(&path, &key, &message))
            .await;
        let discussion = answer.json::<Event>().discussion.unwrap();
        assert_eq!((discussion.messages.len(), discussion.left), (1, 2));
    }
}

#[tokio::test]
async fn an_empty_or_endless_message_is_refused() {
    let site = BookingSite::open().await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    let event = ada.has(&physio_at(MONDAY)).await;
    let long = |letters: usize| "é".repeat(letters);
    for (subject, text, field, code) in [
        (" ".to_owned(), "B".to_owned(), "subject", "missing"),
        (long(121), "B".to_owned(), "subject", "too_long"),
        ("A".to_owned(), String::new(), "text", "missing"),
        ("A".to_owned(), long(4001), "text", "too_long"),
    ] {
        let answer = ada.say(&event, &subject, &text).await;
        assert_eq!(fault(&answer), (field.to_owned(), code.to_owned()));
    }
    let most = ada.say(&event, &long(120), &long(4000)).await;
    assert_eq!(most.status, 200, "{most:?}");
    let theirs = ben.say(&event, "A", "B").await;
    assert_eq!(theirs.code(), problem(404, "not_found"));
}

#[tokio::test]
async fn what_is_over_can_still_be_written_about() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let mut put = test_support::booked("E-1", "2026-11-02T09:00:00Z", "2026-11-02T09:45:00Z");
    put.status = EventStatus::Attended;
    site.put(&put).await;
    let event = ada.event("E-1").await;
    let answer = ada.say(&event, "The exercises", "How often?").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}
