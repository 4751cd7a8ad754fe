//! What the server pushes.

use std::pin::Pin;
use std::task::{Context, Poll};

use api_types::Change;
use futures_util::Stream;

use crate::{ApiError, Chunks, Client, EventParser, Method, ServerEvent, Transport};

/// The changes that the server tells, until the connection ends.
pub struct Changes {
    chunks: Chunks,
    parser: EventParser,
    heard: std::collections::VecDeque<ServerEvent>,
}

impl<T: Transport + Clone> Client<T> {
    /// Listens for changes of the account. `last_heard` is the account's version that the caller
    /// already knows: every later change is told at once.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `feature_off` if
    /// the portal pushes nothing. A connection that breaks off later ends [`Changes`] without an
    /// error.
    pub async fn changes(&self, last_heard: Option<u64>) -> Result<Changes, ApiError> {
        let mut request = self.in_background().request(Method::Get, "/stream");
        request
            .headers
            .push(("Accept", "text/event-stream".to_owned()));
        if let Some(version) = last_heard {
            request.headers.push(("Last-Event-ID", version.to_string()));
        }
        match self.transport().open(request).await? {
            Ok(chunks) => Ok(Changes {
                chunks,
                parser: EventParser::default(),
                heard: Default::default(),
            }),
            Err(response) => Err(ApiError::of(&response)),
        }
    }
}

impl Stream for Changes {
    type Item = Change;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Change>> {
        loop {
            while let Some(event) = self.heard.pop_front() {
                // An event that this build cannot read is none of its business.
                if let Ok(change) = serde_json::from_str(&event.data) {
                    return Poll::Ready(Some(change));
                }
            }
            match self.chunks.as_mut().poll_next(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(bytes))) => {
                    let heard = self.parser.feed(&bytes);
                    self.heard.extend(heard);
                }
                Poll::Ready(Some(Err(_)) | None) => return Poll::Ready(None),
            }
        }
    }
}
