//! What narrows the list of invoices.

use api_types::InvoiceFilter;
use leptos::prelude::*;

use crate::components::Choice;
use crate::i18n::{key, t};
use crate::parts::Listed;
use crate::route::InvoiceList;
use crate::state::use_home;

/// The filters: state, currency, service and days.
#[component]
pub(super) fn Filters(
    /// The list that the address asks for.
    list: Listed<InvoiceList>,
    /// The names of the customer's services.
    services: Memo<Vec<String>>,
) -> impl IntoView {
    view! {
        {list
            .select(
                (key::invoices::COLUMN_STATUS, "state"),
                states(),
                |list| list.query.state.map(|state| state.as_str().to_owned()),
                |list, chosen| {
                    let mut known = InvoiceFilter::ALL.iter().copied();
                    list.query.state = known.find(|state| state.as_str() == chosen);
                },
            )}
        {list.currency()}
        {move || service(list, services)}
        {list.days(key::invoices::COLUMN_ISSUED, "issued")}
    }
}

/// The names of the customer's services.
pub(super) fn services() -> Memo<Vec<String>> {
    let home = use_home();
    Memo::new(move |_| {
        let names = home.of(|home| {
            let services = home.services.iter();
            services.map(|service| service.service.clone()).collect()
        });
        names.unwrap_or_default()
    })
}

fn states() -> impl Iterator<Item = Choice> {
    InvoiceFilter::ALL.iter().filter_map(|state| {
        let words = match state {
            InvoiceFilter::Outstanding => key::invoices::FILTER_OPEN,
            InvoiceFilter::Overdue => key::invoices::STATE_OVERDUE,
            InvoiceFilter::Pending => key::invoices::STATE_PENDING,
            InvoiceFilter::Paid => key::invoices::STATE_PAID,
            InvoiceFilter::Refunded => key::invoices::STATE_REFUNDED,
            InvoiceFilter::Void => key::invoices::FILTER_VOID,
            _ => return None,
        };
        Some(Choice::new(state.as_str(), t(words)))
    })
}

/// Only where the customer has some, or the address names one.
fn service(list: Listed<InvoiceList>, services: Memo<Vec<String>>) -> Option<impl IntoView> {
    let asked = list.query.with_untracked(|list| list.query.service.clone());
    let mut names = services.get();
    names.extend(asked.filter(|asked| !services.with_untracked(|names| names.contains(asked))));
    (!names.is_empty()).then(|| {
        list.select(
            (key::invoices::COLUMN_SERVICE, "service"),
            names
                .into_iter()
                .map(|name| Choice::new(name.clone(), name)),
            |list| list.query.service.clone(),
            |list, name| list.query.service = Some(name).filter(|name| !name.is_empty()),
        )
    })
}
