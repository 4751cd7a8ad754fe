//! Signing in and out.

use api_types::{CreateSession, Session};

use crate::client::success;
use crate::{ApiError, Client, Method, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Signs in.
    pub async fn create_session(&self, request: &CreateSession) -> Result<Session, ApiError> {
        self.post("/session", request).await
    }

    /// Who is signed in; `None` if nobody is.
    pub async fn session(&self) -> Result<Option<Session>, ApiError> {
        let request = self.request(Method::Get, "/session");
        let response = self.transport().send(request).await?;
        match response.status {
            204 => Ok(None),
            _ => success(&response).map(Some),
        }
    }

    /// Signs out here. Signing out twice is no error.
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
