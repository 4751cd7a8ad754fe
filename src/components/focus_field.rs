//! Bringing the keyboard to a field whose content is not right yet.

use crate::browser::focus;

/// Moves the keyboard to the field of this name, after a try that it stood in the way of.
pub fn focus_field(name: &str) {
    focus::to(name);
}

/// Brings the keyboard to what stands in the place of something that had it and is gone, unless
/// the customer has gone on elsewhere.
pub fn focus_instead(id: &str) {
    focus::restore(id);
}
