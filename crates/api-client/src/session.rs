//! Signing in and out.

use api_types::{CreateSession, Session};

use crate::client::success;
use crate::{ApiError, Client, Method, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Signs in.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers
    /// `wrong_credentials` if e-mail and password do not fit each other, and `too_many_tries` if
    /// the customer has to wait before the next try.
    pub async fn create_session(&self, request: &CreateSession) -> Result<Session, ApiError> {
        self.post("/session", request).await
    }

    /// Reads who is signed in; `None` if nobody is.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn session(&self) -> Result<Option<Session>, ApiError> {
        let request = self.request(Method::Get, "/session");
        let response = self.transport().send(request).await?;
        match response.status {
            204 => Ok(None),
            _ => success(&response).map(Some),
        }
    }

    /// Signs out. Signing out when nobody is signed in is no error, because the result is the same.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). The session then goes on.
    pub async fn delete_session(&self) -> Result<(), ApiError> {
        let response = self
            .transport()
            .send(self.request(Method::Delete, "/session"))
            .await?;
        match response.status {
            200..300 | 401 => Ok(()),
            _ => Err(ApiError::of(&response)),
        }
    }
}
