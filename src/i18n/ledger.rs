//! The account's movements and figures in words.

use api_types::{EntryKind, Figure};
use words::key;

use super::text::t;

/// What moved the account, as in `Credit note`.
pub fn entry_kind_words(kind: EntryKind) -> String {
    t(match kind {
        EntryKind::Invoice => key::history::KIND_INVOICE,
        EntryKind::Payment => key::history::KIND_PAYMENT,
        EntryKind::Refund => key::history::KIND_REFUND,
        EntryKind::CreditNote => key::history::KIND_CREDIT_NOTE,
        EntryKind::Purchase => key::history::KIND_PURCHASE,
        EntryKind::Surcharge => key::history::KIND_SURCHARGE,
        EntryKind::Adjustment => key::history::KIND_ADJUSTMENT,
        // A word from a newer backend.
        _ => key::history::KIND_UNKNOWN,
    })
}

/// What a figure of the balance is called, as in `On its way`.
pub fn figure_words(figure: Figure) -> String {
    t(match figure {
        Figure::Owed => key::account::YOU_OWE,
        Figure::Overdue => key::account::OVERDUE,
        Figure::Credit => key::account::CREDIT,
        Figure::Held => key::account::HELD,
        Figure::OnItsWay => key::account::ON_ITS_WAY,
        _ => key::account::FIGURE_UNKNOWN,
    })
}
