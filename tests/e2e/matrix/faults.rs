//! What the gateway and the portal's settings are told in a cell.

use checkout_matrix::{Cell, Dimension as _, Opener, Outcome};
use provider_stand_ins::WebhookMode;
use sandbox_gateway::{Coop, Faults};

/// The portal's policy, as its settings have it.
pub fn coop_of_portal(cell: &Cell) -> &'static str {
    match cell.portal {
        Opener::None => "unsafe-none",
        other => other.word(),
    }
}

/// The policy of a real provider's pages, as its stand-in has it.
pub fn coop_of_provider(cell: &Cell) -> Option<String> {
    match cell.gateway {
        Opener::None => None,
        other => Some(other.word().to_owned()),
    }
}

/// What becomes of a real provider's notifications; late ones are kept first.
pub fn webhooks_of_provider(cell: &Cell) -> WebhookMode {
    match cell.outcome {
        Outcome::WebhookFirst => WebhookMode::First,
        Outcome::WebhookLast => WebhookMode::Hold,
        Outcome::WebhookLost => WebhookMode::Drop,
        Outcome::WebhookDoubled => WebhookMode::Twice,
        _ => WebhookMode::Send,
    }
}

/// What the gateway does wrong.
pub fn of_gateway(cell: &Cell) -> Faults {
    let mut faults = Faults {
        coop: match cell.gateway {
            Opener::None => None,
            Opener::AllowPopups => Some(Coop::SameOriginAllowPopups),
            Opener::SameOrigin => Some(Coop::SameOrigin),
        },
        ..Faults::default()
    };
    match cell.outcome {
        Outcome::WebhookFirst => faults.webhook_first = true,
        Outcome::WebhookLast => faults.webhook_late = Some(4_000),
        Outcome::WebhookLost => faults.webhook_lost = true,
        Outcome::WebhookDoubled => faults.webhook_doubled = true,
        _ => {}
    }
    faults
}
