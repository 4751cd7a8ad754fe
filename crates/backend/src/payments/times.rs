//! The durations of checkouts in one place, but for those that are the gateways' (`Schedule`).

use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// How long a bank transfer is waited for.
pub(super) const TRANSFER_WAITS: Duration = Duration::from_hours(30 * 24);
/// How long a launch token can be used.
pub(super) const TOKEN_LIVES: Duration = Duration::from_mins(10);
/// How long the nonce of a return message gives access to the status.
pub(super) const NONCE_LIVES: Duration = DAY;
/// How long spent tokens and notifications are kept.
pub(super) const KEPT: Duration = Duration::from_hours(30 * 24);
/// How often a customer request makes the provider be read at most, per checkout.
pub(super) const READ_EVERY: Duration = Duration::from_secs(5);
/// When the background reads an attempt first: after the create call has surely ended.
pub(super) const FIRST_LOOK: Duration = Duration::from_secs(12);
/// After how long a failed create call is repeated.
pub(super) const ASK_AGAIN: Duration = Duration::from_secs(3);
/// For how long the create call is repeated.
pub(super) const ASK_FOR: Duration = Duration::from_mins(2);
/// How long after its end a checkout waits for a provider that lets it expire by itself.
pub(super) const GRACE: Duration = MINUTE;
/// How long after its end a checkout waits for a provider that cannot be reached.
pub(super) const AWAY_GRACE: Duration = Duration::from_mins(15);
/// After how long a notification that could not be applied is rechecked: the shortest and the
/// longest pause.
pub(super) const NOTIFIED_AGAIN: Duration = Duration::from_secs(15);
pub(super) const NOTIFIED_AGAIN_AT_LAST: Duration = HOUR;
/// For how long a notification that names no attempt is rechecked.
pub(super) const UNKNOWN_FOR: Duration = Duration::from_mins(10);
/// After how long a refund whose outcome is not known is looked at again: the shortest and the
/// longest pause.
pub(super) const REFUND_AGAIN: Duration = Duration::from_secs(15);
pub(super) const REFUND_AGAIN_AT_LAST: Duration = HOUR;
/// How often a payment is read whose fee the provider has not told yet, and for how long.
pub(super) const FEE_AGAIN: Duration = Duration::from_mins(10);
pub(super) const FEE_WITHIN: Duration = DAY;
/// How often a payment is read whose dispute is not decided.
pub(super) const DISPUTE_AGAIN: Duration = DAY;
/// How recent an attempt is that recovery reads at once after a start.
pub(super) const AT_ONCE_AFTER_START: Duration = HOUR;

/// How long the answer to a new checkout waits for the provider.
pub(super) const CREATE_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// How long every other request waits for the provider.
pub(super) const READ_ANSWERS_WITHIN: Duration = Duration::from_secs(4);
