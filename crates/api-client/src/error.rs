//! What can come of a call instead of a value.

use std::fmt;

use api_types::{Code, Problem};

use crate::{Response, TransportError};

/// Why a call gave no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server could not be reached, or did not answer in time.
    Away(TransportError),
    /// The server refused, and says why.
    Refused(Box<Problem>),
    /// The answer is not one of this API's, e.g. because a proxy gave it.
    Garbled {
        /// The HTTP status of the answer.
        status: u16,
    },
}

impl ApiError {
    /// Reads an answer that is no success.
    pub(crate) fn of(response: &Response) -> Self {
        match serde_json::from_str::<Problem>(&response.body) {
            Ok(problem) => Self::Refused(Box::new(problem)),
            Err(_) => Self::Garbled {
                status: response.status,
            },
        }
    }

    /// The stable code, where the server gave one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Away(_) | Self::Garbled { .. } => None,
        }
    }

    /// Whether asking the same again may well succeed.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Away(_) => true,
            Self::Garbled { status } => *status >= 500,
            Self::Refused(problem) => {
                problem.status >= 500 || matches!(problem.code, Code::StillRunning)
            }
        }
    }
}

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        Self::Away(error)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away(_) => f.write_str("the server cannot be reached"),
            Self::Refused(problem) => write!(f, "refused: {}", problem.code.as_str()),
            Self::Garbled { status } => {
                write!(f, "an answer of status {status} that cannot be read")
            }
        }
    }
}

impl std::error::Error for ApiError {}
