//! The feed that other calendars read.

use api_types::{CreateFeed, FeedState, NewFeed};

use crate::client::success;
use crate::{ApiError, Client, Method, Transport};

const PATH: &str = "/calendar/feed";

impl<T: Transport + Clone> Client<T> {
    /// Reads whether the customer has a calendar feed.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// the portal has no feeds.
    pub async fn feed(&self) -> Result<FeedState, ApiError> {
        self.get(PATH).await
    }

    /// Makes a new address for the feed. An address that it had before stops working.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// the portal has no feeds.
    pub async fn create_feed(&self, asked: &CreateFeed) -> Result<NewFeed, ApiError> {
        self.post(PATH, asked).await
    }

    /// Ends the feed, so that its address stops working.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// the portal has no feeds.
    pub async fn end_feed(&self) -> Result<FeedState, ApiError> {
        let request = self.request(Method::Delete, PATH);
        success(&self.transport().send(request).await?)
    }
}
