//! The feed that other calendars read.

use api_types::{CreateFeed, FeedState, NewFeed};

use crate::client::success;
use crate::{ApiError, Client, Method, Transport};

const PATH: &str = "/calendar/feed";

impl<T: Transport + Clone> Client<T> {
    /// Whether there is a feed.
    pub async fn feed(&self) -> Result<FeedState, ApiError> {
        self.get(PATH).await
    }

    /// Makes a new address for it; one that there was before ends.
    pub async fn create_feed(&self, wish: &CreateFeed) -> Result<NewFeed, ApiError> {
        self.post(PATH, wish).await
    }

    /// Ends it.
    pub async fn end_feed(&self) -> Result<FeedState, ApiError> {
        let request = self.request(Method::Delete, PATH);
        success(&self.transport().send(request).await?)
    }
}
