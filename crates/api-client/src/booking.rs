//! Asking for an event.

use api_types::{BookingChoices, Event, OfferedTimes, RequestEvent, TimesQuery};

use crate::query::Query;
use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// What can be asked for.
    pub async fn booking(&self) -> Result<BookingChoices, ApiError> {
        self.get("/booking").await
    }

    /// When it can be had.
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

    /// Asks for an offered time.
    pub async fn request_event(&self, key: &str, wish: &RequestEvent) -> Result<Event, ApiError> {
        self.post_once("/events", key, wish).await
    }
}
