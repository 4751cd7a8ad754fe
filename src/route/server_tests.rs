//! Whatever an address of a list says, what the server is asked for is what it takes. On the host
//! only: the libraries that this needs are not built for the browser.

use api_types::{EventList, EventQuery};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Route;
use super::query::escape;

/// What a list asks the server for, read as the server reads it.
fn is_taken<Q: Serialize + DeserializeOwned>(query: &Q) -> bool {
    let asked = serde_json::to_value(query).unwrap();
    serde_json::from_value::<Q>(asked).is_ok()
}

proptest! {
    #[test]
    fn whatever_an_address_says_the_server_is_asked_for_what_it_knows(
        names in prop::collection::vec(prop::sample::select(vec![
            "state", "sort", "status", "kind", "order", "currency", "from", "to", "cursor",
            "figure", "limit", "unpaid", "outstanding", "service", "search", "columns",
        ]), 1..6),
        values in prop::collection::vec("[a-z]{0,9}|EUR|owed|newest|2026-02-[0-9]{2}|[!-~é ]{0,9}", 6),
    ) {
        let pairs = names.iter().zip(&values);
        let pairs: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let query = pairs.join("&");
        for path in ["/invoices", "/payments", "/account", "/account/history", "/calendar",
            "/calendar/history"] {
            let taken = match Route::parse(path, &query) {
                Some(Route::Invoices(list)) => is_taken(&list.query),
                Some(Route::Payments(asked)) => is_taken(&asked),
                Some(Route::Account { figure }) => figure.is_none_or(|asked| is_taken(&asked)),
                Some(Route::History(asked)) => is_taken(&asked),
                Some(Route::Calendar(list) | Route::CalendarHistory(list)) => {
                    let half = EventList::Upcoming;
                    is_taken(&EventQuery::of(half, &list.filters, list.cursor))
                }
                other => panic!("{path}?{query} is {other:?}"),
            };
            prop_assert!(taken, "{}?{}", path, query);
        }
    }
}
