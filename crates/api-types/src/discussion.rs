//! What customers and the provider write to each other about an event.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What was written about an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Discussion {
    /// Everything, the oldest first.
    pub messages: Vec<Message>,
    /// How many more the customer may send before the provider answers; at most 3.
    #[cfg_attr(feature = "openapi", schema(maximum = 3))]
    pub left: u8,
}

impl Discussion {
    /// How many messages a customer may send before the provider answers.
    pub const MOST_UNANSWERED: u8 = 3;
}

/// A message about an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Whether the provider wrote it.
    pub from_provider: bool,
    /// What it is about.
    pub subject: String,
    /// What it says: plain text.
    pub text: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// `POST /events/{id}/messages`; answered with the [`Event`](crate::Event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendMessage {
    /// What it is about: 1 to 120 characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = subject_schema))]
    pub subject: String,
    /// What it says: 1 to 4,000 characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = text_schema))]
    pub text: String,
}

impl SendMessage {
    /// The characters of the longest subject.
    pub const MOST_SUBJECT_CHARACTERS: usize = 120;
    /// The characters of the longest text.
    pub const MOST_TEXT_CHARACTERS: usize = 4_000;
}

#[cfg(feature = "openapi")]
fn subject_schema() -> utoipa::openapi::Object {
    crate::schema::text_schema(SendMessage::MOST_SUBJECT_CHARACTERS)
        .description(Some("What it is about."))
        .build()
}

#[cfg(feature = "openapi")]
fn text_schema() -> utoipa::openapi::Object {
    crate::schema::text_schema(SendMessage::MOST_TEXT_CHARACTERS)
        .description(Some("What it says."))
        .build()
}
