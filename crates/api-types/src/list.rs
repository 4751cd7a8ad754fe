//! Pages of lists: opaque keyset cursors, never page numbers.

use serde::{Deserialize, Serialize};

/// A place in a list, made by the backend and given back to it unread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(transparent)]
pub struct Cursor(pub String);

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the order asked for.
    pub data: Vec<T>,
    /// Where the next page starts; `None` on the last one.
    pub next_cursor: Option<Cursor>,
    /// Where the page before starts; `None` on the first one.
    #[serde(default)]
    pub previous_cursor: Option<Cursor>,
    /// The customer's version when the page was read.
    pub version: u64,
}
