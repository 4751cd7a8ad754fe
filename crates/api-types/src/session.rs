//! Who is signed in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::described::described;
use crate::{CustomerId, Timestamp};

/// A typed password. It has no way to be shown: `Debug` prints dots.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

described!(
    Password,
    crate::schema::text_of(&["A typed password."])
        .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
            utoipa::openapi::KnownFormat::Password
        )))
        .min_length(Some(1))
        .max_length(Some(Password::MOST_CHARACTERS))
);

impl Password {
    /// The characters of the longest one that is looked at: hashing costs by length.
    pub const MOST_CHARACTERS: usize = 1024;
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// `POST /session`: sign in with e-mail and password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateSession {
    /// The sign-in name. Capitals and surrounding blanks do not count.
    #[cfg_attr(feature = "openapi", schema(schema_with = email_schema))]
    pub email: String,
    /// The password.
    pub password: Password,
}

impl CreateSession {
    /// The characters of the longest address that mail can go to (RFC 5321), with some room.
    pub const MOST_EMAIL_CHARACTERS: usize = 320;
}

#[cfg(feature = "openapi")]
fn email_schema() -> utoipa::openapi::Object {
    crate::schema::text_schema(CreateSession::MOST_EMAIL_CHARACTERS)
        .description(Some(
            "The sign-in name. Capitals and surrounding blanks do not count.",
        ))
        .build()
}

/// The session that a request belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Who is signed in.
    pub customer: CustomerId,
    /// The name to greet with.
    pub name: String,
    /// The sign-in name.
    pub email: String,
    /// When the session ends if nothing is done.
    pub idle_ends_at: Timestamp,
    /// When the session ends whatever is done.
    pub ends_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let request = CreateSession {
            email: "a@example.com".to_owned(),
            password: Password("correct horse".to_owned()),
        };
        assert!(!format!("{request:?}").contains("horse"));
    }
}
