//! What the list of payments is asked for, and what its headings offer. Pure.

use api_types::{PaymentQuery, PaymentSort};

use crate::components::{PaymentSorting, SortOrder, Sorting};
use crate::route::Route;

/// Another question, from its first page on.
pub fn asking(query: &PaymentQuery, change: impl FnOnce(&mut PaymentQuery)) -> PaymentQuery {
    let mut query = query.clone();
    change(&mut query);
    query.cursor = None;
    query
}

/// The list with nothing narrowing it, in its order.
pub fn not_narrowed(query: &PaymentQuery) -> PaymentQuery {
    PaymentQuery {
        sort: query.sort,
        ..PaymentQuery::default()
    }
}

/// How many filters narrow the list; the search stands beside them.
pub fn filters_on(query: &PaymentQuery) -> u32 {
    let on = [
        query.status.is_some(),
        query.kind.is_some(),
        query.currency.is_some(),
        query.from.is_some() || query.to.is_some(),
    ];
    on.into_iter().map(u32::from).sum()
}

/// Whether anything narrows the list at all.
pub fn is_narrowed(query: &PaymentQuery) -> bool {
    query.search.is_some() || filters_on(query) > 0
}

/// How the headings sort. Totals are compared within one currency only.
pub fn sorting(query: &PaymentQuery, one_currency: bool) -> PaymentSorting {
    let by_total = sorted_by(
        query,
        PaymentSort::Smallest,
        PaymentSort::Largest,
        PaymentSort::Largest,
    );
    PaymentSorting {
        date: Some(sorted_by(
            query,
            PaymentSort::Oldest,
            PaymentSort::Newest,
            PaymentSort::Newest,
        )),
        total: one_currency.then_some(by_total),
    }
}

fn sorted_by(
    query: &PaymentQuery,
    up: PaymentSort,
    down: PaymentSort,
    first: PaymentSort,
) -> Sorting {
    let now = query.sort.unwrap_or(PaymentSort::Newest);
    let (order, next) = match now {
        _ if now == up => (Some(SortOrder::Up), down),
        _ if now == down => (Some(SortOrder::Down), up),
        _ => (None, first),
    };
    let asked = asking(query, |query| query.sort = Some(next));
    Sorting {
        href: Route::Payments(asked).href(),
        order,
    }
}

#[cfg(test)]
mod tests {
    use api_types::{Cursor, Day, PaymentKind, PaymentStatus};

    use super::*;

    #[test]
    fn another_question_begins_on_the_first_page() {
        let before = PaymentQuery {
            cursor: Some(Cursor("x".to_owned())),
            ..PaymentQuery::default()
        };
        let after = asking(&before, |query| query.kind = Some(PaymentKind::Refund));
        assert_eq!((after.cursor.as_ref(), filters_on(&after)), (None, 1));
    }

    #[test]
    fn clearing_keeps_the_order_and_nothing_else() {
        let narrowed = PaymentQuery {
            status: Some(PaymentStatus::Pending),
            search: Some("card".to_owned()),
            from: Day::parse("2026-01-01").ok(),
            sort: Some(PaymentSort::Oldest),
            ..PaymentQuery::default()
        };
        assert_eq!(filters_on(&narrowed), 2);
        let cleared = not_narrowed(&narrowed);
        assert!(is_narrowed(&narrowed) && !is_narrowed(&cleared));
        assert_eq!(cleared.sort, Some(PaymentSort::Oldest));
    }

    #[test]
    fn a_heading_turns_the_order_round_that_it_tells() {
        let usual = sorting(&PaymentQuery::default(), true);
        let (date, total) = (usual.date.unwrap(), usual.total.unwrap());
        assert_eq!(date.order, Some(SortOrder::Down));
        assert!(date.href.ends_with("sort=oldest"), "{}", date.href);
        assert_eq!(total.order, None);
        assert!(total.href.ends_with("sort=largest"), "{}", total.href);
        assert_eq!(sorting(&PaymentQuery::default(), false).total, None);
    }
}
