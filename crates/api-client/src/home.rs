//! The first screen, and what can be done from it.

use api_types::{Home, Timestamp};

use crate::client::Renewable;
use crate::{ApiError, Client, Transport};

impl Renewable for Home {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// Reads what the first screen shows besides the balance.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn home(&self) -> Result<Home, ApiError> {
        self.get_dated("/home").await
    }
}
