//! Moving an event to another offered time, within the provider's rules.

use api_types::{EventStatus, NotChangeable, OfferedTimes};
use backend::settings::RescheduleRules;
use serde_json::json;

use test_support::{
    BookingSite, EVENTS, MONDAY, PHYSIO, begin, booked, euros, physio_at, problem, token,
};

const NEXT: &str = "2026-11-30T09:00:00Z";

#[tokio::test]
async fn a_moved_event_is_the_same_event_at_another_time() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let mut put = booked("E-1", "2026-11-25T09:00:00Z", "2026-11-25T10:00:00Z");
    put.confirmed_at = Some(site.app().now());
    site.put(&put).await;
    let before = ada.event("E-1").await;
    assert!(before.reschedule.allowed);
    assert_eq!(before.reschedule.left, Some(2));
    assert_eq!(
        before.reschedule.until.unwrap().to_string(),
        "2026-11-24T09:00:00Z"
    );
    let answer = ada.move_to(&before, "Dr Reyes", MONDAY).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let moved: api_types::Event = answer.json();
    assert_eq!(moved.event.id, before.event.id);
    assert_eq!(moved.event.title, "Physiotherapy, 45 minutes");
    assert_eq!(moved.event.starts_at.to_string(), MONDAY);
    assert_eq!(moved.event.ends_at.to_string(), "2026-11-23T09:45:00Z");
    assert_eq!(moved.event.people, ["Dr Reyes", "Grace"]);
    assert_eq!(moved.event.money.as_ref().unwrap().fee, euros("65.00"));
    // The customer's word was for another time.
    assert_eq!((before.can_confirm, moved.can_confirm), (false, true));
    assert_eq!(moved.reschedule.left, Some(1));
    assert_eq!(moved.version, before.version + 1);
    // Its old time is free again for whoever has offered it, and the new one is not.
    let ben = site.ben().await;
    let refused = ben.request_event(&physio_at(MONDAY)).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));
}

#[tokio::test]
async fn an_event_is_not_in_its_own_way() {
    let site = BookingSite::open().await;
    let mut offer = test_support::physio();
    offer.every_minutes = 15;
    site.offer(&offer).await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    let query = format!(
        "service=anything&from=2026-11-23&to=2026-11-23&zone=Europe/Dublin&moving={}",
        event.event.id
    );
    let times: OfferedTimes = ada.ask_times(&query).await.json();
    // Its own service counts, and all of the morning is free for it.
    assert_eq!(begin(&times).len(), 10);
    assert_eq!(
        begin(&ada.times(PHYSIO, "2026-11-23", "2026-11-23").await).len(),
        7
    );
    let quarter_past = "2026-11-23T09:15:00Z";
    let answer = ada.move_to(&event, "Dr Reyes", quarter_past).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let ben = site.ben().await;
    let theirs = ben.ask_times(&query).await;
    assert_eq!(theirs.code(), problem(404, "not_found"));
    let theirs = ben.move_to(&event, "Dr Reyes", NEXT).await;
    assert_eq!(theirs.code(), problem(404, "not_found"));
}

#[tokio::test]
async fn a_time_that_somebody_has_by_now_is_refused_and_nothing_is_changed() {
    let site = BookingSite::open().await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    let event = ada.has(&physio_at(MONDAY)).await;
    ben.has(&physio_at(NEXT)).await;
    let refused = ada.move_to(&event, "Dr Reyes", NEXT).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));
    let after = ada.event(event.event.id.as_str()).await;
    assert_eq!((after.event, after.version), (event.event, event.version));
}

#[tokio::test]
async fn the_same_move_again_moves_once() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    let path = format!("{EVENTS}/{}/time", event.event.id);
    let (key, to) = (
        token(),
        json!({"person": "Dr Reyes", "starts_at": NEXT}).to_string(),
    );
    for _ in 0..2 {
        let answer = site.send(ada.request_to_write(&path, &key, &to)).await;
        let moved: api_types::Event = answer.json();
        assert_eq!(moved.reschedule.left, Some(1));
    }
}

#[tokio::test]
async fn each_reason_for_not_moving_is_told_and_held() {
    let site = BookingSite::with(|calendar| {
        calendar.reschedule = Some(RescheduleRules {
            before: std::time::Duration::from_secs(24 * 3600),
            most: Some(1),
        });
    })
    .await;
    let ada = site.ada().await;
    let often = ada.has(&physio_at(MONDAY)).await;
    let moved = ada.move_to(&often, "Dr Reyes", NEXT).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    site.add_invoice("ada", "INV-1", "2026-12-01", 6500).await;
    let late = ("2026-11-22T09:00:00Z", "2026-11-22T10:00:00Z");
    let far = ("2026-12-02T09:00:00Z", "2026-12-02T10:00:00Z");
    let past = ("2026-11-21T11:30:00Z", "2026-11-21T12:30:00Z");
    for (id, (from, to), reason) in [
        ("late", late, NotChangeable::TooLate),
        ("begun", past, NotChangeable::Over),
        ("invoiced", far, NotChangeable::Invoiced),
        ("cancelled", far, NotChangeable::Ended),
        ("other", far, NotChangeable::NotOffered),
    ] {
        let mut put = booked(id, from, to);
        put.host = None;
        match id {
            "invoiced" => put.invoice = Some("INV-1".parse().unwrap()),
            "cancelled" => put.status = EventStatus::Cancelled,
            "other" => put.service = "Surgery".to_owned(),
            _ => {}
        }
        site.put(&put).await;
        let event = ada.event(id).await;
        assert_eq!(event.reschedule.reason, Some(reason), "{id}");
        assert!(!event.reschedule.allowed, "{id}");
        let refused = ada.move_to(&event, "Dr Reyes", MONDAY).await;
        assert_eq!(refused.code(), problem(409, "not_changeable"), "{id}");
    }
    let often = ada.event(often.event.id.as_str()).await;
    assert_eq!(often.reschedule.reason, Some(NotChangeable::TooOften));
    let refused = ada.move_to(&often, "Dr Reyes", MONDAY).await;
    assert_eq!(refused.code(), problem(409, "not_changeable"));
}
