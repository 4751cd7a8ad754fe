//! Asking for an event.

use api_types::{BookingChoices, Event, OfferedTimes, RequestEvent, TimesQuery};

use crate::query::Query;
use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Reads which services the customer can ask for.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// the portal takes no requests for events.
    pub async fn booking(&self) -> Result<BookingChoices, ApiError> {
        self.get("/booking").await
    }

    /// Reads the times at which a service is offered.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// nothing can be asked for or moved, and `not_found` if the account does not have the event
    /// that is to be moved.
    pub async fn offered_times(&self, query: &TimesQuery) -> Result<OfferedTimes, ApiError> {
        let path = Query::default()
            .with("service", Some(&query.service))
            .with("video", query.video.then_some(true))
            .with("from", Some(query.from))
            .with("to", Some(query.to))
            .with("zone", Some(&query.zone))
            .with("moving", query.moving.as_ref())
            .on("/booking/times");
        self.get(&path).await
    }

    /// Asks for an offered time. The key is made once per intent, so that sending it again after a
    /// lost answer does not ask for a second event.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `time_taken` if
    /// the time is not offered or not offered any more, `terms_changed` if the price is no longer
    /// the one in the request, and `not_changeable` if as many requests are open as may be.
    pub async fn request_event(
        &self,
        key: &str,
        request: &RequestEvent,
    ) -> Result<Event, ApiError> {
        self.post_once("/events", key, request).await
    }
}
