//! An event in a list and on its page: when it is, what it costs, what is said about it.

use api_types::{
    AllDay, Day, EventFilters, EventId, EventMoney, EventMoneyState, EventStatus, EventSummary,
    ServiceOverview, Timestamp,
};
use leptos::prelude::*;
use portico::components::{
    AttendanceButtons, EventFigures, EventRow, MessageForm, RadioChoice, RadioField,
};
use portico::i18n;
use portico::parts::EventOptions;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, euros, settled, speak};

pub fn event(from: &str, to: &str, zone: &str) -> EventSummary {
    EventSummary {
        id: EventId::parse("E-1015").unwrap(),
        service: "Physiotherapy".to_owned(),
        title: "Physiotherapy, 45 minutes".to_owned(),
        starts_at: Timestamp::parse(from).unwrap(),
        ends_at: Timestamp::parse(to).unwrap(),
        zone: zone.to_owned(),
        all_day: None,
        status: EventStatus::Booked,
        hold_until: None,
        location: Some("Room 2".to_owned()),
        video: false,
        video_url: None,
        people: vec!["Ada".to_owned(), "Ben".to_owned()],
        needs_confirmation: false,
        confirmed_at: None,
        money: Some(money()),
    }
}

pub fn in_dublin() -> EventSummary {
    event(
        "2026-11-24T14:00:00Z",
        "2026-11-24T14:45:00Z",
        "Europe/Dublin",
    )
}

/// A service whose events have hours.
pub fn overview() -> ServiceOverview {
    ServiceOverview {
        service: "Physiotherapy".to_owned(),
        since: Timestamp::parse("2026-11-17T10:00:00Z").ok(),
        since_all_day: None,
        attended: 8,
        upcoming: 2,
        next_at: Timestamp::parse("2026-12-01T14:00:00Z").ok(),
        next_all_day: None,
        next_zone: Some("Europe/Dublin".to_owned()),
    }
}

fn money() -> EventMoney {
    EventMoney {
        fee: euros(14_000),
        deposit: Some(euros(4000)),
        deposit_due_on: Day::parse("2026-11-30").ok(),
        paid: euros(4000),
        on_its_way: euros(0),
        balance: euros(10_000),
        refunded: euros(0),
        state: EventMoneyState::PartPaid,
        invoice: None,
    }
}

/// Intl writes narrow blanks between an hour and its dash.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
fn an_events_hours_are_told_here_and_where_it_takes_place() {
    speak();
    let dublin = in_dublin();
    let when = plain(&i18n::event_when(&dublin));
    for part in ["Tue", "24 Nov 2026", "14:00", "14:45", "GMT"] {
        assert!(when.contains(part), "{part} in {when}");
    }
    assert!(!i18n::zone_differs(&dublin));
    let tokyo = event("2026-11-24T23:30:00Z", "2026-11-25T00:30:00Z", "Asia/Tokyo");
    assert!(i18n::zone_differs(&tokyo));
    let there = plain(&i18n::event_when_there(&tokyo).unwrap());
    for part in ["25 Nov 2026", "08:30", "09:30", "Asia/Tokyo"] {
        assert!(there.contains(part), "{part} in {there}");
    }
    // Over midnight the end has its day; the day of the beginning stands before.
    let hours = plain(&i18n::event_hours(&tokyo));
    assert_eq!(hours, "23:30 – Wed 25 Nov 2026, 00:30");
    let until_midnight = event("2026-11-24T23:00:00Z", "2026-11-25T00:00:00Z", "Asia/Tokyo");
    let hours = plain(&i18n::event_hours(&until_midnight));
    assert_eq!(hours, "23:00 – 00:00", "it ends on its own day");
}

#[wasm_bindgen_test]
fn zones_whose_clocks_agree_are_no_difference() {
    speak();
    let (from, to) = ("2026-11-24T14:00:00Z", "2026-11-24T15:00:00Z");
    assert!(!i18n::zone_differs(&event(from, to, "Europe/London")));
    assert!(i18n::zone_differs(&event(from, to, "Europe/Paris")));
    let unknown = event(from, to, "Mars/Olympus");
    assert!(!i18n::zone_differs(&unknown), "nothing is known of it");
    assert_eq!(i18n::event_when_there(&unknown), None);
}

#[wasm_bindgen_test]
fn an_event_without_hours_keeps_its_days_in_every_zone() {
    speak();
    let mut days = event("2026-12-28T15:00:00Z", "2026-12-30T15:00:00Z", "Asia/Tokyo");
    days.all_day = Some(AllDay {
        first: Day::parse("2026-12-29").unwrap(),
        last: Day::parse("2026-12-30").unwrap(),
    });
    let when = plain(&i18n::event_when(&days));
    assert!(
        when.contains("29") && when.contains("30 Dec 2026"),
        "{when}"
    );
    assert!(!when.contains(':'), "{when}");
    assert!(!i18n::zone_differs(&days));
    assert_eq!(i18n::event_hours(&days), "All day");
}

#[wasm_bindgen_test]
fn a_length_of_time_is_told_in_whole_words() {
    speak();
    for (minutes, words) in [
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (1500, "1 day 1 hour"),
    ] {
        assert_eq!(i18n::duration_words(minutes), words);
    }
}

fn row(event: EventSummary, past: bool) -> Stage {
    Stage::show(move || {
        view! { <EventRow event=event href="calendar/events/E-1015" past=past /> }.into_any()
    })
}

#[wasm_bindgen_test]
fn an_events_date_is_the_link_and_its_title_is_read_with_it() {
    let stage = row(in_dublin(), false);
    assert_eq!(stage.text(".event_row a"), "Tue 24 Nov 2026");
    assert_eq!(
        stage.attribute(".event_row a", "href").as_deref(),
        Some("calendar/events/E-1015")
    );
    let title = stage.attribute(".event_row a", "aria-describedby").unwrap();
    assert_eq!(
        stage.text(&format!("#{title}")),
        "Physiotherapy, 45 minutes"
    );
    let all = stage.text(".event_row");
    for part in ["Room 2", "With Ada, Ben", "€100.00", "Part paid"] {
        assert!(all.contains(part), "{part} in {all}");
    }
    assert!(
        !all.contains("Booked"),
        "what simply takes place says nothing"
    );
    assert_eq!(stage.count(".event_row a"), 1);
}

#[wasm_bindgen_test]
fn a_video_session_awaits_its_link_until_it_is_over() {
    let mut video = in_dublin();
    video.video = true;
    let words = "Awaiting video session link";
    assert!(row(video.clone(), false).text(".event_row").contains(words));
    assert!(!row(video.clone(), true).text(".event_row").contains(words));
    video.status = EventStatus::Cancelled;
    let cancelled = row(video, false).text(".event_row");
    assert!(
        cancelled.contains("Cancelled") && !cancelled.contains(words),
        "{cancelled}"
    );
}

#[wasm_bindgen_test]
async fn the_figures_change_in_place_and_leave_out_what_there_is_none_of() {
    let money = RwSignal::new(money());
    let stage = Stage::show(move || view! { <EventFigures money=money /> }.into_any());
    let figure = |stage: &Stage, name: &str| {
        stage.attribute(&format!("[data-figure='{name}'] .amount"), "value")
    };
    assert_eq!(figure(&stage, "deposit").as_deref(), Some("40.00"));
    assert!(
        stage
            .text("[data-figure='deposit']")
            .contains("Due 30 Nov 2026")
    );
    assert_eq!(figure(&stage, "balance").as_deref(), Some("100.00"));
    assert_eq!(figure(&stage, "on_its_way"), None);
    let balance = stage.find("[data-figure='balance'] .amount");
    money.update(|money| money.on_its_way = euros(2500));
    settled().await;
    assert_eq!(figure(&stage, "on_its_way").as_deref(), Some("25.00"));
    money.update(|money| money.balance = euros(7500));
    settled().await;
    assert_eq!(figure(&stage, "balance").as_deref(), Some("75.00"));
    assert!(stage.find("[data-figure='balance'] .amount") == balance);
}

#[wasm_bindgen_test]
async fn confirming_takes_two_steps_and_the_keyboard_comes_along() {
    let confirmed = RwSignal::new(0);
    let busy = RwSignal::new(false);
    let stage = Stage::show(move || {
        view! {
            <AttendanceButtons
                id="confirm"
                busy=busy
                on_confirm=Callback::new(move |()| confirmed.update(|times| *times += 1))
            />
        }
        .into_any()
    });
    assert_eq!(stage.text("#confirm-ask"), "Confirm Attendance");
    stage.click("#confirm-ask");
    settled().await;
    assert_eq!(confirmed.get_untracked(), 0, "one press says nothing yet");
    assert_eq!(stage.focused(), "confirm-yes");
    stage.click("button:last-child");
    settled().await;
    assert_eq!(stage.focused(), "confirm-ask", "not now leads back");
    stage.click("#confirm-ask");
    settled().await;
    stage.click("#confirm-yes");
    assert_eq!(confirmed.get_untracked(), 1);
    busy.set(true);
    settled().await;
    stage.click("#confirm-yes");
    assert_eq!(confirmed.get_untracked(), 1, "it is being said already");
}

#[wasm_bindgen_test]
async fn a_message_keeps_what_was_typed_and_says_what_is_wrong_beside_it() {
    let (subject, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let (busy, sent) = (RwSignal::new(false), RwSignal::new(0));
    let stage = Stage::show(move || {
        view! {
            <MessageForm
                subject=subject
                text=text
                subject_error=Signal::stored(None::<String>)
                text_error=wrong
                busy=busy
                on_send=Callback::new(move |()| sent.update(|times| *times += 1))
            />
        }
        .into_any()
    });
    stage.type_into("#message-subject", "Parking");
    assert_eq!(subject.get_untracked(), "Parking");
    stage.click("button");
    assert_eq!(sent.get_untracked(), 1);
    wrong.set(Some("Fill in this field.".to_owned()));
    settled().await;
    assert_eq!(stage.text("#message-text-error"), "Fill in this field.");
    assert_eq!(
        stage.attribute("#message-text", "aria-invalid").as_deref(),
        Some("true")
    );
    assert_eq!(stage.value("#message-subject"), "Parking");
    busy.set(true);
    settled().await;
    stage.fire("form", "submit");
    assert_eq!(sent.get_untracked(), 1, "it is being sent already");
}

#[wasm_bindgen_test]
async fn a_choice_says_what_each_part_costs_and_means() {
    let value = RwSignal::new("deposit");
    let choice = |value, amount, note: &str| RadioChoice {
        value,
        label: value.to_owned(),
        amount: Some(euros(amount)),
        note: note.to_owned(),
    };
    let choices = vec![
        choice("deposit", 4000, "€100.00 remains to be paid."),
        choice("balance", 14_000, "Nothing remains to be paid."),
    ];
    let stage = Stage::show(move || {
        view! {
            <RadioField
                label="How much?"
                name="part"
                choices=Signal::stored(choices)
                value=value
                on_change=Callback::new(move |chosen| value.set(chosen))
            />
        }
        .into_any()
    });
    assert!(stage.is_checked("#part-deposit") && !stage.is_checked("#part-balance"));
    assert!(stage.text("label[for=part-deposit]").contains("€40.00"));
    let note = stage
        .attribute("#part-deposit", "aria-describedby")
        .unwrap();
    assert_eq!(
        stage.text(&format!("#{note}")),
        "€100.00 remains to be paid."
    );
    stage.click("#part-balance");
    settled().await;
    assert_eq!(value.get_untracked(), "balance");
    assert!(stage.is_checked("#part-balance") && !stage.is_checked("#part-deposit"));
}

#[wasm_bindgen_test]
async fn event_options_narrow_at_once_and_are_taken_off_together() {
    let filters = RwSignal::new(EventFilters::default());
    let services = RwSignal::new(vec!["Physiotherapy".to_owned(), "Yoga".to_owned()]);
    let stage = Stage::show(move || {
        view! {
            <EventOptions
                filters=filters
                services=services
                dates=true
                on_change=Callback::new(move |wanted| filters.set(wanted))
            />
        }
        .into_any()
    });
    settled().await;
    assert_eq!(stage.text(".filter_bar > [role=status]"), "All events");
    let wide = stage.find("#event-options-button").is_none();
    if wide {
        assert_eq!(
            stage.attribute("[role=group]", "aria-label").as_deref(),
            Some("Event Options")
        );
    } else {
        assert!(
            stage
                .text("#event-options-button")
                .starts_with("Event Options")
        );
        stage.click("#event-options-button");
        settled().await;
    }
    stage.choose("#event-service", "Yoga");
    stage.choose("#event-status", "held");
    stage.click("#event-unpaid");
    settled().await;
    let wanted = EventFilters {
        service: Some("Yoga".to_owned()),
        status: Some(EventStatus::Held),
        unpaid: true,
        ..EventFilters::default()
    };
    assert_eq!(filters.get_untracked(), wanted);
    assert_eq!(
        stage.text(".filter_bar > [role=status]"),
        "Yoga, On hold, Unpaid only"
    );
    stage.choose("#event-status", "");
    settled().await;
    assert_eq!(filters.get_untracked().status, None);
    let clear = if wide {
        ".filter_bar__row > .button"
    } else {
        ".sheet__actions .button"
    };
    stage.click(clear);
    settled().await;
    assert_eq!(filters.get_untracked(), EventFilters::default());
    assert_eq!(stage.value("#event-service"), "");
}
