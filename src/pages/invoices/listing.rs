//! What the list of invoices is asked for, and what its headings and its sheet
//! of columns offer. Pure: addresses in, addresses out.

use api_types::{Cursor, InvoiceFilter, InvoiceQuery, InvoiceSort};

use crate::components::{ColumnChoice, Sorting, invoice_column_words};
use crate::parts::{ListFilters, ListQuery};
use crate::route::{InvoiceColumn, InvoiceList, Route};

impl ListQuery for InvoiceList {
    type Sort = InvoiceSort;

    fn route(self) -> Route {
        Route::Invoices(self)
    }

    fn of_route(route: Route) -> Option<Self> {
        match route {
            Route::Invoices(list) => Some(list),
            _ => None,
        }
    }

    fn set_cursor(&mut self, cursor: Option<Cursor>) {
        self.query.cursor = cursor;
    }

    fn filters(&self) -> ListFilters {
        ListFilters {
            search: self.query.search.clone(),
            currency: self.query.currency,
            from: self.query.from,
            to: self.query.to,
        }
    }

    fn set_filters(&mut self, filters: ListFilters) {
        self.query.search = filters.search;
        self.query.currency = filters.currency;
        (self.query.from, self.query.to) = (filters.from, filters.to);
    }

    fn own_filters(&self) -> u32 {
        u32::from(self.query.state.is_some()) + u32::from(self.query.service.is_some())
    }

    fn not_narrowed(&self) -> Self {
        let query = InvoiceQuery {
            sort: self.query.sort,
            ..InvoiceQuery::default()
        };
        Self {
            query,
            columns: self.columns.clone(),
        }
    }

    fn order(&self) -> InvoiceSort {
        let by_due_day = matches!(
            self.query.state,
            Some(InvoiceFilter::Outstanding | InvoiceFilter::Overdue)
        );
        self.query.sort.unwrap_or(if by_due_day {
            InvoiceSort::DueFirst
        } else {
            InvoiceSort::Newest
        })
    }

    fn set_order(&mut self, order: InvoiceSort) {
        self.query.sort = Some(order);
    }
}

/// How a column's heading sorts. Totals are compared within one currency only.
pub fn sorting(list: &InvoiceList, column: InvoiceColumn, one_currency: bool) -> Option<Sorting> {
    use InvoiceSort::{DueFirst, DueLast, Largest, Newest, Number, NumberDown, Oldest, Smallest};
    let (orders, first) = match column {
        InvoiceColumn::Number => ((Number, NumberDown), Number),
        InvoiceColumn::Issued => ((Oldest, Newest), Newest),
        InvoiceColumn::Due => ((DueFirst, DueLast), DueFirst),
        InvoiceColumn::Total if one_currency => ((Smallest, Largest), Largest),
        _ => return None,
    };
    Some(list.sorting(orders, first))
}

/// Every column: those that are shown in their order, then the others. The name
/// stays, since it leads to the invoice.
pub fn column_choices(list: &InvoiceList) -> Vec<ColumnChoice> {
    let shown = list.visible_columns();
    let hidden = InvoiceColumn::ALL
        .into_iter()
        .filter(|column| !shown.contains(column));
    let all = shown.iter().copied().chain(hidden);
    all.map(|column| ColumnChoice {
        key: column.word().to_owned(),
        label: invoice_column_words(column),
        shown: shown.contains(&column),
        locked: column == InvoiceColumn::Name,
    })
    .collect()
}

/// The columns that a choice shows.
pub fn columns_of(choices: &[ColumnChoice]) -> Vec<InvoiceColumn> {
    let column = |choice: &ColumnChoice| {
        InvoiceColumn::ALL
            .into_iter()
            .find(|column| column.word() == choice.key)
    };
    let shown = choices.iter().filter(|choice| choice.shown);
    shown.filter_map(column).collect()
}

#[cfg(test)]
mod tests {
    use api_types::Day;

    use super::*;
    use crate::components::SortOrder;

    fn list(change: impl FnOnce(&mut InvoiceQuery)) -> InvoiceList {
        InvoiceList::default().asking(|list| change(&mut list.query))
    }

    #[test]
    fn another_question_begins_on_the_first_page_and_keeps_the_columns() {
        let mut before = InvoiceList::default().with_columns(vec![InvoiceColumn::Name]);
        before.query.cursor = Some(Cursor("x".to_owned()));
        let after = before.asking(|list| list.query.search = Some("yoga".to_owned()));
        assert_eq!(after.query.cursor, None);
        assert_eq!(after.columns, [InvoiceColumn::Name]);
        assert_eq!(after.not_narrowed().query, InvoiceQuery::default());
        assert_eq!(after.not_narrowed().columns, [InvoiceColumn::Name]);
    }

    #[test]
    fn filters_are_counted_and_days_are_one_of_them() {
        let day = |text| Day::parse(text).ok();
        assert_eq!(InvoiceList::default().filters_on(), 0);
        let both = list(|query| {
            query.from = day("2026-01-01");
            query.to = day("2026-02-01");
            query.state = Some(InvoiceFilter::Paid);
        });
        assert_eq!(both.filters_on(), 2);
        let searched = list(|query| query.search = Some("yoga".to_owned()));
        assert_eq!(searched.filters_on(), 0);
        assert!(searched.is_narrowed());
    }

    #[test]
    fn a_heading_tells_the_order_and_turns_it_round() {
        let sort_of = |list: &InvoiceList, column| {
            let found = sorting(list, column, true).unwrap();
            (found.order, found.href)
        };
        let usual = InvoiceList::default();
        for (list, column, order, asks) in [
            (
                &usual,
                InvoiceColumn::Issued,
                Some(SortOrder::Down),
                "oldest",
            ),
            (&usual, InvoiceColumn::Due, None, "due_first"),
            (&usual, InvoiceColumn::Total, None, "largest"),
            (&usual, InvoiceColumn::Number, None, "number"),
            (
                &list(|query| query.state = Some(InvoiceFilter::Overdue)),
                InvoiceColumn::Due,
                Some(SortOrder::Up),
                "due_last",
            ),
            (
                &list(|query| query.sort = Some(InvoiceSort::Largest)),
                InvoiceColumn::Total,
                Some(SortOrder::Down),
                "smallest",
            ),
        ] {
            let (found, href) = sort_of(list, column);
            assert_eq!(found, order, "{column:?}");
            assert!(href.ends_with(&format!("sort={asks}")), "{href}");
        }
    }

    #[test]
    fn totals_of_several_currencies_do_not_sort() {
        assert_eq!(
            sorting(&InvoiceList::default(), InvoiceColumn::Total, false),
            None
        );
    }

    #[test]
    fn a_choice_of_columns_is_read_back_in_its_order() {
        let list =
            InvoiceList::default().with_columns(vec![InvoiceColumn::Total, InvoiceColumn::Name]);
        let choices = column_choices(&list);
        assert_eq!(choices.len(), InvoiceColumn::ALL.len());
        assert_eq!(columns_of(&choices), list.columns);
        assert!(
            choices
                .iter()
                .all(|choice| choice.locked == (choice.key == "name"))
        );
    }
}
