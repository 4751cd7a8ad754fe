//! The first screen, and what can be done from it.

use api_types::{Confirmation, EventId, Home, Timestamp};

use crate::client::Renewable;
use crate::{ApiError, Client, Transport};

impl Renewable for Home {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// What stands on the first screen besides the balance.
    pub async fn home(&self) -> Result<Home, ApiError> {
        self.get_dated("/home").await
    }

    /// Says that the customer comes to an event. Saying so again changes nothing.
    pub async fn confirm_event(&self, id: &EventId) -> Result<Confirmation, ApiError> {
        let path = format!("/events/{id}/confirmation");
        self.post(&path, &serde_json::json!({})).await
    }
}
