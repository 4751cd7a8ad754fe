//! The parts of My Account.

use leptos::prelude::*;

use crate::components::{Tab, Tabs};
use crate::i18n::{key, t};
use crate::route::{Route, StatementChoice};

/// A part of My Account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountTab {
    /// `Event Balance`
    Balance,
    /// `History`
    History,
    /// `Statement`
    Statement,
}

/// The ways from one part to the others.
#[component]
pub fn AccountTabs(
    /// The one on screen.
    current: AccountTab,
) -> impl IntoView {
    let tab = |route: &Route, label, of: Option<AccountTab>| Tab {
        href: route.href(),
        label: t(label),
        current: of == Some(current),
        count: None,
    };
    let statement = Route::Statement(StatementChoice::default());
    let tabs = vec![
        tab(
            &Route::ACCOUNT,
            key::account::TAB_EVENT_BALANCE,
            Some(AccountTab::Balance),
        ),
        tab(&Route::all_invoices(), key::account::TAB_INVOICES, None),
        tab(
            &Route::all_history(),
            key::account::TAB_HISTORY,
            Some(AccountTab::History),
        ),
        tab(
            &statement,
            key::account::TAB_STATEMENT,
            Some(AccountTab::Statement),
        ),
    ];
    view! { <Tabs name=t(key::account::TITLE) tabs=tabs /> }
}
