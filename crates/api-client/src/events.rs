//! Events: lists, days, one of them, and what a customer can do about it.

use api_types::{
    CalendarDays, CalendarQuery, CancelEvent, Confirmation, Event, EventId, EventPage, EventQuery,
    RescheduleEvent, SendMessage, Timestamp,
};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Chunks, Client, Transport};

impl Renewable for Event {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl Renewable for EventPage {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl Renewable for CalendarDays {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// A page of `Upcoming` or `History`.
    pub async fn events(&self, query: &EventQuery) -> Result<EventPage, ApiError> {
        let path = Query::default()
            .with("list", Some(query.list.as_str()))
            .with("service", query.service.as_ref())
            .with("status", query.status.map(|status| status.as_str()))
            .with("from", query.from)
            .with("to", query.to)
            .with("unpaid", query.unpaid.then_some(true))
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/events");
        self.get_dated(&path).await
    }

    /// The events of some days.
    pub async fn calendar(&self, query: &CalendarQuery) -> Result<CalendarDays, ApiError> {
        let path = Query::default()
            .with("from", Some(query.from))
            .with("to", Some(query.to))
            .with("zone", Some(&query.zone))
            .with("service", query.service.as_ref())
            .with("status", query.status.map(|status| status.as_str()))
            .with("unpaid", query.unpaid.then_some(true))
            .on("/calendar");
        self.get_dated(&path).await
    }

    /// One event.
    pub async fn event(&self, id: &EventId) -> Result<Event, ApiError> {
        self.get_dated(&format!("/events/{id}")).await
    }

    /// One event as an iCalendar file (RFC 5545).
    pub async fn event_ics(&self, id: &EventId) -> Result<Chunks, ApiError> {
        self.file(&format!("/events/{id}/ics")).await
    }

    /// Says that the customer comes to an event. Saying so again changes nothing.
    pub async fn confirm_event(&self, id: &EventId) -> Result<Confirmation, ApiError> {
        let path = format!("/events/{id}/confirmation");
        self.post(&path, &serde_json::json!({})).await
    }

    /// Writes to the provider about an event.
    pub async fn send_message(
        &self,
        id: &EventId,
        key: &str,
        message: &SendMessage,
    ) -> Result<Event, ApiError> {
        let path = format!("/events/{id}/messages");
        self.post_once(&path, key, message).await
    }

    /// Moves an event to another offered time.
    pub async fn reschedule_event(
        &self,
        id: &EventId,
        key: &str,
        to: &RescheduleEvent,
    ) -> Result<Event, ApiError> {
        let path = format!("/events/{id}/time");
        self.post_once(&path, key, to).await
    }

    /// Cancels an event.
    pub async fn cancel_event(
        &self,
        id: &EventId,
        key: &str,
        told: &CancelEvent,
    ) -> Result<Event, ApiError> {
        let path = format!("/events/{id}/cancellation");
        self.post_once(&path, key, told).await
    }
}
