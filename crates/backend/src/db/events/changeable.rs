//! Whether an event can be moved or cancelled, where nothing allows it.

use api_types::{CancelTerms, NotChangeable, RescheduleTerms};

/// An event cannot be moved.
pub(super) fn reschedule_terms() -> RescheduleTerms {
    RescheduleTerms {
        allowed: false,
        reason: Some(NotChangeable::Off),
        until: None,
        left: None,
    }
}

/// An event cannot be cancelled.
pub(super) fn cancel_terms() -> CancelTerms {
    CancelTerms {
        allowed: false,
        reason: Some(NotChangeable::Off),
        free_until: None,
        charge: None,
        returned: None,
        owed: None,
    }
}
