//! The drawn icons: 24 units square, one stroke width, no fill.

use api_types::MethodKind;
use leptos::prelude::*;

/// What there is a drawing of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A house.
    Home,
    /// A wallet.
    Account,
    /// A sheet of paper.
    Invoices,
    /// Two arrows, to and fro.
    Payments,
    /// A month sheet.
    Calendar,
    /// A tick.
    Done,
    /// A cross.
    Cross,
    /// An exclamation mark in a circle.
    Alert,
    /// An i in a circle.
    Info,
    /// A clock.
    Clock,
    /// A closed padlock.
    Lock,
    /// An arrow out of a frame.
    Window,
    /// An arrow to the end of the line.
    Forward,
    /// An arrow to the start of the line.
    Backward,
    /// An arrow out of a door.
    LogOut,
    /// An envelope.
    Mail,
    /// A telephone.
    Phone,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// A magnifying glass.
    Search,
    /// A funnel of lines.
    Filter,
    /// Columns.
    Columns,
    /// An arrow down into a tray.
    Download,
    /// A printer.
    Print,
    /// A payment card.
    PaymentCard,
    /// A house with columns.
    Bank,
}

impl Glyph {
    /// The mark of a kind of payment method. It is drawn here: no provider's logo is shown.
    pub fn of_method(kind: MethodKind) -> Self {
        match kind {
            MethodKind::Card => Self::PaymentCard,
            MethodKind::Wallet => Self::Account,
            MethodKind::BankTransfer => Self::Bank,
            // A kind from a newer backend is a payment all the same.
            _ => Self::Payments,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Home => "M4 10.6 12 4l8 6.6V19a1 1 0 0 1-1 1h-4.3v-5.6H9.3V20H5a1 1 0 0 1-1-1z",
            Self::Account => {
                "M4 7.6A2.6 2.6 0 0 1 6.6 5H17v3.2M4 7.6V17a2 2 0 0 0 2 2h13a1 1 0 0 0 1-1V9.2a1 \
                 1 0 0 0-1-1H4.1M20 12h-3.6a1.6 1.6 0 0 0 0 3.2H20"
            }
            Self::Invoices => {
                "M6.5 3.5H14l4.5 4.6v11.4a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM13.7 \
                 3.6v4.8h4.7M9 12.5h6M9 16.2h6"
            }
            Self::Payments => {
                "M4.5 8.5h14.7M15.6 4.9l3.6 3.6-3.6 3.6M19.5 15.5H4.8M8.4 11.9l-3.6 3.6 3.6 3.6"
            }
            Self::Calendar => {
                "M5 5.5h14a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1zM4 \
                 10.2h16M8.5 3.5v4M15.5 3.5v4"
            }
            Self::Done => "M5 12.7l4.6 4.6L19 7.2",
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Alert => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.8v5M12 16.1v.1",
            Self::Info => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11.2v5M12 7.9v.1",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.4V12l3 2.2",
            Self::Lock => {
                "M8 10.5V8a4 4 0 0 1 8 0v2.5M6.5 10.5h11a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1h-11a1 1 0 \
                 0 1-1-1v-7.5a1 1 0 0 1 1-1z"
            }
            Self::Window => {
                "M13.5 4.5h6v6M19.5 4.5 11.2 12.8M17.5 13.8v4.7a1 1 0 0 1-1 1h-11a1 1 0 0 \
                 1-1-1v-11a1 1 0 0 1 1-1h4.7"
            }
            Self::Forward => "M9.5 6l6 6-6 6",
            Self::Backward => "M14.5 6l-6 6 6 6",
            Self::Mail => {
                "M5 5.5h14a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM4.3 \
                 7l7.7 5.8L19.7 7"
            }
            Self::Phone => {
                "M8.5 3.5h7a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-15a1 1 0 0 1 \
                 1-1zM11.2 17.5h1.6"
            }
            Self::Up => "M6 14.5l6-6 6 6",
            Self::Down => "M6 9.5l6 6 6-6",
            Self::Search => "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l4.5 4.5",
            Self::Filter => "M4.5 7h15M7.5 12h9M10.5 17h3",
            Self::Columns => "M4.5 5h15v14h-15zM9.5 5v14M14.5 5v14",
            Self::Download => "M12 4.5v10M8 10.8l4 4 4-4M4.5 15.5v4h15v-4",
            Self::Print => "M7.5 8.5v-4h9v4M7.5 16.5h-3v-8h15v8h-3M7.5 13.5h9v6h-9z",
            Self::PaymentCard => "M4 5.5h16v13H4zM4 9.5h16M7 15h4",
            Self::Bank => "M4 9.5h16L12 4zM6 10v7M12 10v7M18 10v7M4 20h16",
            Self::LogOut => {
                "M13.5 4.5h-7a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h7M10.5 12H20M16.4 8.4 20 12l-3.6 3.6"
            }
        }
    }

    /// Whether it points along the line, and so turns round where lines run the other way.
    fn points_along(self) -> bool {
        matches!(self, Self::Forward | Self::Backward | Self::LogOut)
    }
}

/// A drawing that stands beside words; a screen reader passes over it.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:icon--along=glyph.points_along()
            viewBox="0 0 24 24"
            aria-hidden="true"
        >
            <path d=glyph.path() />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_method_has_a_mark_of_its_own() {
        let marks: Vec<Glyph> = MethodKind::ALL
            .iter()
            .chain([&MethodKind::Unknown])
            .map(|kind| Glyph::of_method(*kind))
            .collect();
        for (at, mark) in marks.iter().enumerate() {
            assert!(
                !marks.iter().skip(at + 1).any(|other| other == mark),
                "{mark:?}"
            );
        }
    }
}
