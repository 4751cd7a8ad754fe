//! Whose portal it is.

use api_types::Portal;

use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// The provider's settings; anyone may read them.
    pub async fn portal(&self) -> Result<Portal, ApiError> {
        self.get("/portal").await
    }
}
