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
    /// Reads a page of the events of `Upcoming` or of `History`.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its cursor.
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

    /// Reads the events of a range of days.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its time zone.
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

    /// Reads one event.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_found` if
    /// the account has no such event.
    pub async fn event(&self, id: &EventId) -> Result<Event, ApiError> {
        self.get_dated(&format!("/events/{id}")).await
    }

    /// Opens one event as an iCalendar file (RFC 5545).
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `not_found` if the account has no such event. If the reading breaks off later, an
    /// item of [`Chunks`] says so.
    pub async fn event_ics(&self, id: &EventId) -> Result<Chunks, ApiError> {
        self.file(&format!("/events/{id}/ics")).await
    }

    /// Confirms that the customer comes to an event. Confirming it again changes nothing.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if the
    /// event does not take place.
    pub async fn confirm_event(&self, id: &EventId) -> Result<Confirmation, ApiError> {
        let path = format!("/events/{id}/confirmation");
        self.post(&path, &serde_json::json!({})).await
    }

    /// Sends the provider a message about an event. The key is made once per intent, so that
    /// sending it again after a lost answer does not write the message twice.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `wait_for_answer`
    /// if the provider has to answer first, and `feature_off` if the portal takes no messages.
    pub async fn send_message(
        &self,
        id: &EventId,
        key: &str,
        message: &SendMessage,
    ) -> Result<Event, ApiError> {
        let path = format!("/events/{id}/messages");
        self.post_once(&path, key, message).await
    }

    /// Moves an event to another offered time. The key is made once per intent, so that sending it
    /// again after a lost answer moves the event only once.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `time_taken` if
    /// the time is not offered or not offered any more, and `not_changeable` if the event cannot be
    /// moved any more.
    pub async fn reschedule_event(
        &self,
        id: &EventId,
        key: &str,
        to: &RescheduleEvent,
    ) -> Result<Event, ApiError> {
        let path = format!("/events/{id}/time");
        self.post_once(&path, key, to).await
    }

    /// Cancels an event, on the terms that the customer was told. The key is made once per intent,
    /// so that sending it again after a lost answer cancels the event only once.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `terms_changed`
    /// if cancelling costs something else by now, and `not_changeable` if the event cannot be
    /// cancelled any more.
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
