//! Which times are offered: by the offer's own clock, less what is closed, taken, too soon
//! or too far.

use backend::db::offers::NewOffer;

use test_support::{BookingSite, COUNSELLING, MONDAY, PHYSIO, begin, booked, day, physio};

#[tokio::test]
async fn times_are_told_by_the_days_of_the_zone_that_asks() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let times = ada.times(PHYSIO, "2026-11-21", "2026-11-25").await;
    let expected = [MONDAY, "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"];
    assert_eq!(begin(&times), expected);
    let first = &times.days[0].times[0];
    assert_eq!(first.ends_at.to_string(), "2026-11-23T09:45:00Z");
    assert_eq!(
        (first.person.as_str(), first.zone.as_str()),
        ("Dr Reyes", "Europe/Dublin")
    );
    assert_eq!(first.location.as_deref(), Some("1 Quay Street"));
    assert_eq!(
        (times.today, times.last_on),
        (day("2026-11-21"), day("2027-01-20"))
    );
    assert_eq!(times.next_on, Some(day("2026-11-30")));

    // In Auckland these hours are late on Monday evening, and after midnight.
    let query = "service=Physiotherapy&from=2026-11-23&to=2026-11-24&zone=Pacific/Auckland";
    let times: api_types::OfferedTimes = ada.ask_times(query).await.json();
    let days: Vec<_> = times
        .days
        .iter()
        .map(|of| (of.day, of.times.len()))
        .collect();
    assert_eq!(days, [(day("2026-11-23"), 2), (day("2026-11-24"), 1)]);
    assert_eq!(times.today, day("2026-11-22"));
}

#[tokio::test]
async fn a_video_session_is_offered_where_video_is() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let of = "from=2026-11-24&to=2026-11-24&zone=Europe/Dublin";
    let ask = async |service: &str, video: bool| -> api_types::OfferedTimes {
        let query = format!("service={service}&video={video}&{of}");
        ada.ask_times(&query).await.json()
    };
    let by_video = ask(COUNSELLING, true).await;
    assert_eq!(by_video.days[0].times[0].location, None);
    let there = ask(COUNSELLING, false).await;
    assert_eq!(
        there.days[0].times[0].location.as_deref(),
        Some("1 Quay Street")
    );
    assert!(ask(PHYSIO, true).await.days.is_empty());
}

#[tokio::test]
async fn too_soon_and_too_far_is_not_offered() {
    let site = BookingSite::with(|calendar| calendar.horizon_days = 9).await;
    let ada = site.ada().await;
    // Twelve hours before ten o'clock; the last day is the ninth from today.
    site.at("2026-11-22T22:00:00.001Z");
    let times = ada.times(PHYSIO, "2026-11-22", "2026-12-20").await;
    assert_eq!(begin(&times)[0], "2026-11-23T11:00:00Z");
    assert_eq!(begin(&times).len(), 4);
    assert_eq!((times.last_on, times.next_on), (day("2026-12-01"), None));
    site.at("2026-11-22T22:00:00Z");
    let times = ada.times(PHYSIO, "2026-11-22", "2026-11-23").await;
    assert_eq!(begin(&times)[0], "2026-11-23T10:00:00Z");
}

#[tokio::test]
async fn closed_is_closed_for_one_or_for_everybody() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let open = async |service| begin(&ada.times(service, "2026-11-22", "2026-11-25").await).len();
    site.close(
        Some("Dr Okafor"),
        "2026-11-23T00:00:00Z",
        "2026-11-24T10:50:00Z",
    )
    .await;
    // What ends as another begins is in nobody's way.
    site.close(
        Some("Dr Reyes"),
        "2026-11-23T09:45:00Z",
        "2026-11-23T10:00:00Z",
    )
    .await;
    assert_eq!((open(PHYSIO).await, open(COUNSELLING).await), (3, 1));
    site.close(None, "2026-11-23T10:30:00Z", "2026-11-23T10:31:00Z")
        .await;
    assert_eq!((open(PHYSIO).await, open(COUNSELLING).await), (2, 1));
    site.close(None, "2026-11-23T00:00:00Z", "2027-06-01T00:00:00Z")
        .await;
    let times = ada.times(PHYSIO, "2026-11-22", "2026-11-25").await;
    assert!(times.days.is_empty() && times.next_on.is_none());
}

#[tokio::test]
async fn what_takes_place_is_in_the_way_and_what_does_not_is_not() {
    let site = BookingSite::open().await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    // Ada is busy with nobody who offers anything; Ben does not mind.
    let mut own = booked("E-1", "2026-11-23T09:30:00Z", "2026-11-23T10:30:00Z");
    own.host = None;
    site.put(&own).await;
    let (mine, his) = (
        ada.times(PHYSIO, "2026-11-23", "2026-11-23").await,
        ben.times(PHYSIO, "2026-11-23", "2026-11-23").await,
    );
    assert_eq!((begin(&mine).len(), begin(&his).len()), (1, 3));
    // Dr Reyes is busy with it, and so is nobody's time any more.
    own.host = Some("Dr Reyes".to_owned());
    site.put(&own).await;
    assert_eq!(
        begin(&ben.times(PHYSIO, "2026-11-23", "2026-11-23").await).len(),
        1
    );
    own.status = api_types::EventStatus::Cancelled;
    site.put(&own).await;
    assert_eq!(
        begin(&ada.times(PHYSIO, "2026-11-23", "2026-11-23").await).len(),
        3
    );
}

fn early(id: &str, zone: &str) -> NewOffer {
    NewOffer {
        id: id.to_owned(),
        service: id.to_owned(),
        person: id.to_owned(),
        weekday: api_types::Weekday::Sunday,
        from_minute: 0,
        to_minute: 4 * 60,
        zone: zone.to_owned(),
        minutes: 30,
        every_minutes: 30,
        fee: None,
        ..physio()
    }
}

#[tokio::test]
async fn a_day_on_which_the_clock_changes_offers_the_hours_that_it_has() {
    let site = BookingSite::with(|calendar| calendar.horizon_days = 366).await;
    let ada = site.ada().await;
    for (zone, change, skipped, back) in [
        // From 1:00 to 2:00, and from 2:00 back to 1:00.
        (
            "Europe/Dublin",
            "2027-03-28",
            ["00:30+00:00", "02:00+01:00"],
            "2027-10-31",
        ),
        // From 2:00 to 3:00, and from 2:00 back to 1:00.
        (
            "America/New_York",
            "2027-03-14",
            ["01:30-05:00", "03:00-04:00"],
            "2027-11-07",
        ),
        // By half an hour: from 2:00 to 2:30, and from 2:00 back to 1:30.
        (
            "Australia/Lord_Howe",
            "2027-10-03",
            ["01:30+10:30", "02:30+11:00"],
            "2027-04-04",
        ),
    ] {
        let name = zone.replace('/', "_");
        site.offer(&early(&name, zone)).await;
        let of = async |day: &str| -> Vec<String> {
            let query = format!("service={name}&from={day}&to={day}&zone={zone}");
            let times: api_types::OfferedTimes = ada.ask_times(&query).await.json();
            assert_eq!(times.days.len(), 1, "{zone} {day}");
            let tz = jiff::tz::TimeZone::get(zone).unwrap();
            let shown = |time: &api_types::OfferedTime| {
                let at: jiff::Timestamp = time.starts_at.to_string().parse().unwrap();
                at.to_zoned(tz.clone()).strftime("%H:%M%:z").to_string()
            };
            times.days[0].times.iter().map(shown).collect()
        };
        let spring = of(change).await;
        let missing = if zone == "Australia/Lord_Howe" { 1 } else { 2 };
        assert_eq!(spring.len(), 8 - missing, "{zone}: {spring:?}");
        let before = spring.iter().position(|time| time == skipped[0]).unwrap();
        assert_eq!(spring[before + 1], skipped[1], "{zone}");
        let autumn = of(back).await;
        let clocks: Vec<_> = autumn.iter().map(|time| &time[..5]).collect();
        // Each time as often as the clock shows it: first by the old distance from UTC.
        let mut all = vec!["00:00", "00:30", "01:00", "01:30"];
        let again = if zone == "Australia/Lord_Howe" {
            3..
        } else {
            2..
        };
        all.extend(all.clone().drain(again));
        let passes = all.len();
        all.extend(["02:00", "02:30", "03:00", "03:30"]);
        assert_eq!(clocks, all, "{zone}");
        for (place, time) in autumn.iter().enumerate() {
            let is_old = time[5..] == autumn[0][5..];
            assert_eq!(is_old, place < 4, "{zone}: {autumn:?}");
        }
        assert!(passes > 4, "{zone}");
    }
}
