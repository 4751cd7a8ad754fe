//! A provider who offers times, and customers who ask for them.

use std::ops::Deref;
use std::time::Duration;

use api_types::{CustomerId, Day, Event, OfferedTimes, Problem, Timestamp, Weekday};
use backend::app::App;
use backend::db::closures::{self, NewClosure};
use backend::db::customers::{self, Customer};
use backend::db::events::{self, NewEvent};
use backend::db::offers::{self, NewOffer};
use backend::settings::{CalendarSettings, CancelRules, Requests, RescheduleRules, Settings};
use serde_json::{Value, json};

use crate::checkout::{CheckoutSite, open_site, token};
use crate::gateway::FakeGateway;
use crate::records::{customer, euros};
use crate::site::{Answer, SignedIn};

/// The path of events.
pub const EVENTS: &str = "/api/v1/events";
/// A service without a deposit.
pub const PHYSIO: &str = "Physiotherapy";
/// A service with a deposit.
pub const COUNSELLING: &str = "Counselling";
/// The first time of physiotherapy.
pub const MONDAY: &str = "2026-11-23T09:00:00Z";
/// The first time of counselling.
pub const TUESDAY: &str = "2026-11-24T10:00:00Z";

/// A provider who offers physiotherapy on Mondays, and counselling for a deposit on Tuesdays.
pub struct BookingSite {
    /// The backend and its payment provider.
    pub site: CheckoutSite,
}

/// All that can be done with a site where people pay can be done with this one.
impl Deref for BookingSite {
    type Target = CheckoutSite;

    fn deref(&self) -> &CheckoutSite {
        &self.site
    }
}

impl BookingSite {
    /// Opens one with the usual rules.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// Opens one with other rules.
    pub async fn with(change: impl FnOnce(&mut CalendarSettings)) -> Self {
        Self::with_settings(|settings| change(&mut settings.calendar)).await
    }

    /// Opens one with other settings.
    pub async fn with_settings(change: impl FnOnce(&mut Settings)) -> Self {
        let gateway = FakeGateway::open().await;
        let site = open_site(&gateway.url(), |settings| {
            settings.calendar = calendar();
            change(settings);
        })
        .await;
        let site = Self {
            site: CheckoutSite { site, gateway },
        };
        site.offer(&physio()).await;
        site.offer(&counselling()).await;
        site
    }

    /// The backend.
    pub fn app(&self) -> &App {
        &self.site.app
    }

    /// Ada, signed in.
    pub async fn ada(&self) -> SignedIn<'_> {
        self.site.ada().await
    }

    /// Ben, signed in.
    pub async fn ben(&self) -> SignedIn<'_> {
        self.site.signed_in("ben").await
    }

    /// Minutes go by.
    pub fn minutes(&self, minutes: u64) {
        self.site.advance(minutes);
    }

    /// It is another time from now on.
    pub fn at(&self, instant: &str) {
        self.site.clock.set(Timestamp::parse(instant).unwrap());
    }

    /// Offers times.
    pub async fn offer(&self, new: &NewOffer) {
        let put = self.app().db();
        put.write(async |tx| offers::put(tx, new).await)
            .await
            .unwrap();
    }

    /// Closes for a while: one person, or all.
    pub async fn close(&self, person: Option<&str>, from: &str, to: &str) {
        let new = NewClosure {
            id: format!("{person:?} {from}"),
            person: person.map(str::to_owned),
            starts_at: Timestamp::parse(from).unwrap(),
            ends_at: Timestamp::parse(to).unwrap(),
        };
        let put = self.app().db();
        put.write(async |tx| closures::put(tx, &new).await)
            .await
            .unwrap();
    }

    /// Puts an event as an import does.
    pub async fn put(&self, event: &NewEvent) {
        let now = self.app().now();
        let put = self.app().db();
        put.write(async |tx| {
            events::put(tx, event, now).await?;
            customers::touch(tx, &event.customer).await
        })
        .await
        .unwrap();
    }

    /// Says who may come along with Ada.
    pub async fn with_attendees(&self, names: &[&str]) {
        let customer = Customer {
            attendees: names.iter().map(|name| (*name).to_owned()).collect(),
            ..customer("ada")
        };
        let now = self.app().now();
        let put = self.app().db();
        put.write(async |tx| customers::put(tx, &customer, now).await)
            .await
            .unwrap();
    }
}

/// What is allowed, where a test says nothing else.
fn calendar() -> CalendarSettings {
    CalendarSettings {
        requests: Requests::Book,
        lead: Duration::from_secs(12 * 3600),
        horizon_days: 60,
        most_open: 3,
        hold: Duration::from_secs(20 * 60),
        cancel: Some(CancelRules {
            free_before: Duration::from_secs(24 * 3600),
            late_percent: 50,
        }),
        reschedule: Some(RescheduleRules {
            before: Duration::from_secs(24 * 3600),
            most: Some(2),
        }),
        discussion: true,
        ..CalendarSettings::default()
    }
}

/// Mondays from 9 to 12, on the hour.
pub fn physio() -> NewOffer {
    NewOffer {
        id: "O-1".to_owned(),
        service: PHYSIO.to_owned(),
        person: "Dr Reyes".to_owned(),
        weekday: Weekday::Monday,
        from_minute: 9 * 60,
        to_minute: 12 * 60,
        zone: "Europe/Dublin".to_owned(),
        minutes: 45,
        every_minutes: 60,
        location: Some("1 Quay Street".to_owned()),
        video: false,
        fee: Some(euros("65.00")),
        deposit: None,
        first_on: None,
        last_on: None,
        known_only: false,
    }
}

/// Tuesdays at 10 and 11, at the place or by video, for a deposit.
pub fn counselling() -> NewOffer {
    NewOffer {
        id: "O-2".to_owned(),
        service: COUNSELLING.to_owned(),
        person: "Dr Okafor".to_owned(),
        weekday: Weekday::Tuesday,
        from_minute: 10 * 60,
        to_minute: 12 * 60,
        minutes: 50,
        video: true,
        fee: Some(euros("80.00")),
        deposit: Some(euros("20.00")),
        ..physio()
    }
}

/// An event of Ada's that the provider has put in.
pub fn booked(id: &str, starts_at: &str, ends_at: &str) -> NewEvent {
    NewEvent {
        id: id.parse().unwrap(),
        customer: CustomerId::parse("ada").unwrap(),
        service: PHYSIO.to_owned(),
        title: "Physiotherapy, 45 minutes".to_owned(),
        starts_at: Timestamp::parse(starts_at).unwrap(),
        ends_at: Timestamp::parse(ends_at).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        all_day: None,
        location: Some("1 Quay Street".to_owned()),
        video: false,
        video_url: None,
        people: vec!["Dr Reyes".to_owned(), "Grace".to_owned()],
        host: Some("Dr Reyes".to_owned()),
        status: api_types::EventStatus::Booked,
        fee: Some(euros("65.00")),
        deposit: None,
        deposit_due_on: None,
        invoice: None,
        needs_confirmation: true,
        confirmed_at: None,
        note: None,
    }
}

/// A request for physiotherapy at a time.
pub fn physio_at(starts_at: &str) -> Value {
    json!({
        "service": PHYSIO, "person": "Dr Reyes", "starts_at": starts_at, "video": false,
        "displayed_fee": {"amount": "65.00", "currency": "EUR"},
    })
}

/// A request for counselling at a time.
pub fn counselling_at(starts_at: &str) -> Value {
    json!({
        "service": COUNSELLING, "person": "Dr Okafor", "starts_at": starts_at, "video": true,
        "displayed_fee": {"amount": "80.00", "currency": "EUR"},
    })
}

impl SignedIn<'_> {
    /// Sends a write with a key of its own.
    pub async fn write(&self, path: &str, body: &Value) -> Answer {
        let request = self.request_to_write(path, &token(), &body.to_string());
        self.site.send(request).await
    }

    /// Asks for an event.
    pub async fn request_event(&self, asked: &Value) -> Answer {
        self.write(EVENTS, asked).await
    }

    /// Asks for what has to be had.
    pub async fn has(&self, asked: &Value) -> Event {
        let answer = self.request_event(asked).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()
    }

    /// An event as it stands now.
    pub async fn event(&self, id: &str) -> Event {
        self.get(&format!("{EVENTS}/{id}")).await.json()
    }

    /// Asks to move an event.
    pub async fn move_to(&self, event: &Event, person: &str, starts_at: &str) -> Answer {
        let path = format!("{EVENTS}/{}/time", event.event.id);
        let to = json!({"person": person, "starts_at": starts_at});
        self.write(&path, &to).await
    }

    /// Asks to cancel an event for the charge that was displayed.
    pub async fn cancel_event(&self, event: &Event, charge: Value) -> Answer {
        let path = format!("{EVENTS}/{}/cancellation", event.event.id);
        self.write(&path, &json!({ "displayed_charge": charge }))
            .await
    }

    /// Writes about an event.
    pub async fn say(&self, event: &Event, subject: &str, text: &str) -> Answer {
        let path = format!("{EVENTS}/{}/messages", event.event.id);
        self.write(&path, &json!({"subject": subject, "text": text}))
            .await
    }

    /// Asks for times by a query.
    pub async fn ask_times(&self, query: &str) -> Answer {
        let path = format!("/api/v1/booking/times?{query}");
        self.get(&path).await
    }

    /// The offered times of some days in Dublin, as the clock there shows them.
    pub async fn times(&self, service: &str, from: &str, to: &str) -> OfferedTimes {
        let query = format!("service={service}&from={from}&to={to}&zone=Europe/Dublin");
        let answer = self.ask_times(&query).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

/// When the times of some days begin.
pub fn begin(times: &OfferedTimes) -> Vec<String> {
    let days = times.days.iter();
    days.flat_map(|day| &day.times)
        .map(|time| time.starts_at.to_string())
        .collect()
}

/// A day.
pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The one field that is wrong, and how.
pub fn fault(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 422, "{answer:?}");
    let problem: Problem = answer.json();
    let mut fields = problem.field_errors.into_iter();
    let (name, error) = fields.next().unwrap();
    assert!(fields.next().is_none());
    (name, error.code)
}
