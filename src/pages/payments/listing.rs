//! What the list of payments is asked for, and what its headings offer. Pure.

use api_types::{Cursor, PaymentQuery, PaymentSort};

use crate::components::PaymentSorting;
use crate::parts::{ListFilters, ListQuery};
use crate::route::Route;

impl ListQuery for PaymentQuery {
    type Sort = PaymentSort;

    fn route(self) -> Route {
        Route::Payments(self)
    }

    fn of_route(route: Route) -> Option<Self> {
        match route {
            Route::Payments(query) => Some(query),
            _ => None,
        }
    }

    fn set_cursor(&mut self, cursor: Option<Cursor>) {
        self.cursor = cursor;
    }

    fn filters(&self) -> ListFilters {
        ListFilters {
            search: self.search.clone(),
            currency: self.currency,
            from: self.from,
            to: self.to,
        }
    }

    fn set_filters(&mut self, filters: ListFilters) {
        self.search = filters.search;
        self.currency = filters.currency;
        (self.from, self.to) = (filters.from, filters.to);
    }

    fn own_filters(&self) -> u32 {
        u32::from(self.status.is_some()) + u32::from(self.kind.is_some())
    }

    fn not_narrowed(&self) -> Self {
        Self {
            sort: self.sort,
            ..Self::default()
        }
    }

    fn order(&self) -> PaymentSort {
        self.sort.unwrap_or(PaymentSort::Newest)
    }

    fn set_order(&mut self, order: PaymentSort) {
        self.sort = Some(order);
    }
}

/// How the headings sort. Totals are compared within one currency only.
pub fn sorting(query: &PaymentQuery, one_currency: bool) -> PaymentSorting {
    use PaymentSort::{Largest, Newest, Oldest, Smallest};
    PaymentSorting {
        date: Some(query.sorting((Oldest, Newest), Newest)),
        total: one_currency.then(|| query.sorting((Smallest, Largest), Largest)),
    }
}

#[cfg(test)]
mod tests {
    use api_types::{Day, PaymentKind, PaymentStatus};

    use super::*;
    use crate::components::SortOrder;

    #[test]
    fn another_question_begins_on_the_first_page() {
        let before = PaymentQuery {
            cursor: Some(Cursor("x".to_owned())),
            ..PaymentQuery::default()
        };
        let after = before.asking(|query| query.kind = Some(PaymentKind::Refund));
        assert_eq!((after.cursor.as_ref(), after.filters_on()), (None, 1));
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
        assert_eq!(narrowed.filters_on(), 2);
        let cleared = narrowed.not_narrowed();
        assert!(narrowed.is_narrowed() && !cleared.is_narrowed());
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
