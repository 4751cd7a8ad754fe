//! Who is signed in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CustomerId, Timestamp};

/// A typed password. It has no way to be shown: `Debug` prints dots.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Password))]
#[serde(transparent)]
pub struct Password(pub String);

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
    pub email: String,
    /// The password.
    pub password: Password,
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
