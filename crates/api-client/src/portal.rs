//! Whose portal it is.

use api_types::Portal;

use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Reads the provider's settings. Nobody has to be signed in for that.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn portal(&self) -> Result<Portal, ApiError> {
        self.get("/portal").await
    }
}
