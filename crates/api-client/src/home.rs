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
    /// What stands on the first screen besides the balance.
    pub async fn home(&self) -> Result<Home, ApiError> {
        self.get_dated("/home").await
    }
}
