//! Which way to pay this device used last, so that it comes first the next time: its id, and
//! nothing of who paid, for what or how much.

use api_types::MethodId;

use super::machine::{Machine, Phase};
use crate::browser::storage::{self, Remembered};

/// Remembers the method of a checkout that money goes by, now that it has come from one phase to
/// another. A try that failed says nothing about how the customer pays.
pub(super) fn remember(before: &Phase, machine: &Machine) {
    let method = machine.checkout.as_ref().map(|checkout| &checkout.method);
    match (before, &machine.phase) {
        (_, Phase::Confirming | Phase::Paid) => {
            storage::set(Remembered::LastMethod, method.map(MethodId::as_str));
        }
        // A transfer that was turned back has not been made.
        (Phase::Confirming, Phase::Cancelled) => storage::set(Remembered::LastMethod, None),
        _ => {}
    }
}

/// The method that was used last, whether or not the portal still has it.
pub fn recall() -> Option<MethodId> {
    MethodId::parse(&storage::get(Remembered::LastMethod)?).ok()
}
