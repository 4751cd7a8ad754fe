//! The calendar's settings: what is read of them, and what is refused.

use std::time::Duration;

use api_types::LinkPlace;

use super::tests::{WHOLE, parse};
use super::{CancelRules, Requests, RescheduleRules};

const WITH_ALL: &str = r#"
[calendar]
requests = "book"
lead_hours = 3
horizon_days = 14
most_open = 2
hold_minutes = 45
discussion = true
feed = false
map = "https://maps.example.com/?q={place}"

[calendar.cancel]
free_hours = 48
late_percent = 50

[calendar.reschedule]
hours = 6
most = 1

[[links]]
place = "calendar"
title = "Your goals"
url = "https://www.example.com/goals"
"#;

#[test]
fn every_setting_of_the_calendar_is_read() {
    let settings = parse(&format!("{WHOLE}{WITH_ALL}")).unwrap();
    let calendar = &settings.calendar;
    assert_eq!(calendar.requests, Requests::Book);
    assert_eq!(calendar.lead, Duration::from_secs(3 * 3600));
    assert_eq!((calendar.horizon_days, calendar.most_open), (14, 2));
    assert_eq!(calendar.hold, Duration::from_secs(45 * 60));
    assert!(calendar.discussion && !calendar.feed);
    assert_eq!(
        calendar.map.as_deref(),
        Some("https://maps.example.com/?q={place}")
    );
    let cancel = CancelRules {
        free_before: Duration::from_secs(48 * 3600),
        late_percent: 50,
    };
    assert_eq!(calendar.cancel, Some(cancel));
    let reschedule = RescheduleRules {
        before: Duration::from_secs(6 * 3600),
        most: Some(1),
    };
    assert_eq!(calendar.reschedule, Some(reschedule));
    assert_eq!(settings.portal.links[0].place, LinkPlace::Calendar);
}

#[test]
fn what_needs_the_providers_attention_is_off_unless_told() {
    let settings = parse(WHOLE).unwrap();
    let told = settings.features();
    assert!(!told.requests && !told.discussion && told.feed);
    assert!(settings.calendar.cancel.is_none() && settings.calendar.reschedule.is_none());
}

#[test]
fn features_say_what_the_calendar_allows() {
    for (line, requests, discussion, feed) in [
        ("requests = \"ask\"", true, false, true),
        ("requests = \"book\"", true, false, true),
        ("requests = \"off\"", false, false, true),
        ("discussion = true", false, true, true),
        ("feed = false", false, false, false),
    ] {
        let settings = parse(&format!("{WHOLE}\n[calendar]\n{line}\n")).unwrap();
        let told = settings.features();
        assert_eq!(
            (told.requests, told.discussion, told.feed),
            (requests, discussion, feed),
            "{line}"
        );
        assert!(told.pay && told.push, "{line}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_the_reason() {
    for (lines, says) in [
        ("requests = \"perhaps\"", "unknown variant `perhaps`"),
        ("horizon_days = 0", "calendar.horizon_days is 0"),
        ("horizon_days = 367", "calendar.horizon_days is 367"),
        ("horizon_days = 1\nlead_hours = 24", "calendar.lead_hours"),
        ("most_open = 0", "calendar.requests = \"off\""),
        ("hold_minutes = 0", "calendar.hold_minutes"),
        ("hours = 1", "unknown field `hours`"),
        ("cancel = { free_hours = 1, late_percent = 101 }", "is 101"),
        ("cancel = { late_percent = 10 }", "free_hours"),
        (
            "reschedule = { hours = 1, most = 0 }",
            "[calendar.reschedule] out",
        ),
        ("map = \"http://a.example/{place}\"", "calendar.map"),
        ("map = \"https://a.example/\"", "calendar.map"),
        ("map = \"https://{place}.example/\"", "calendar.map"),
    ] {
        let read = parse(&format!("{WHOLE}\n[calendar]\n{lines}\n"));
        let told = read.map(|_| ()).unwrap_err().to_string();
        assert!(told.contains(says), "{lines}: {told}");
    }
}
